/** What a policy can say of visits. */
export const verdicts = ['fine', 'invalid', 'suspected_false'] as const
