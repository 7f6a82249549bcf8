/** Description of the argument that names a policy. */
export const CANDIDATE = 'a file with the policy as JSON, or the number of a former version; 0 for the built-in policy'
