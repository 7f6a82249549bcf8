/**
 * The wire layer throws if one part of an answer (a topic of many) has an error code. The whole answer is attached to
 * the error, and callers can judge each part. Use it as `request.catch(partialAnswer)`.
 */
export function partialAnswer<Answer>(error: unknown): Answer {
  const response = (error as { response?: Answer }).response
  if (response) return response
  throw error
}
