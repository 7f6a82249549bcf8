/**
 * Outcome of one attempt. `delivered`: accepted. `again`: may be accepted later. `refused`: the same message would be
 * refused again. `gone`: the receiver wants no more messages at all.
 */
export interface Outcome {
  readonly kind: 'delivered' | 'retryable' | 'refused' | 'gone'
  /** For the operator: the answer, or what went wrong. */
  readonly answer: string
  /** The receiver's own words, truncated; shown when a channel is tested. */
  readonly responseText?: string
  /** Status code of HTTP or SMTP. */
  readonly status?: number
  /** Wait that the receiver asks for, in ms. */
  readonly waitMs?: number
}

/** Describes an error for the operator. These errors contain none of our values. */
export function failureOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { code } = error as { code?: unknown }
  const message = error.message === '' && error.cause instanceof Error ? error.cause.message : error.message
  const words = message === '' && error instanceof AggregateError ? failureOf(error.errors[0]) : message
  return typeof code === 'string' && !words.includes(code) ? `${words} (${code})` : words
}
