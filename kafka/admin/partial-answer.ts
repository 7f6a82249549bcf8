/**
 * The wire layer throws where one part of an answer (a topic of many) has an error code. The whole answer hangs on the error, and each
 * part is better judged by itself. Use it as `request.catch(partialAnswer)`.
 */
export function partialAnswer<Answer>(error: unknown): Answer {
  const response = (error as { response?: Answer }).response
  if (response) return response
  throw error
}
