/**
 * The wire layer throws if any part of an answer (one topic of many) has an error code, and attaches the whole answer
 * to the error. Returns that answer, so that callers can judge each part. Use it as `request.catch(partialAnswer)`.
 */
export function partialResponse<Answer>(error: unknown): Answer {
  const response = (error as { response?: Answer }).response
  if (response) return response
  throw error
}
