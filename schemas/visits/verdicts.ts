/** Verdicts of a policy on visits. */
export const verdicts = ['fine', 'invalid', 'suspected_false'] as const
