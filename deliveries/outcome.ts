/**
 * What became of one attempt. `delivered`: taken. `again`: it may be taken later. `refused`: the same message would be
 * refused again. `gone`: the receiver wants no more of them at all.
 */
export interface Outcome {
  readonly kind: 'delivered' | 'again' | 'refused' | 'gone'
  /** For the operator: what was answered, or went wrong. */
  readonly answer: string
  /** The receiver's own words, cut; for who tests a channel. */
  readonly said?: string
  /** Status code of HTTP or SMTP. */
  readonly status?: number
  /** How long the receiver asks to wait, ms. */
  readonly waitMs?: number
}

/** In words for the operator; no values of ours are in these errors. */
export function failureOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { code } = error as { code?: unknown }
  const message = error.message === '' && error.cause instanceof Error ? error.cause.message : error.message
  const words = message === '' && error instanceof AggregateError ? failureOf(error.errors[0]) : message
  return typeof code === 'string' && !words.includes(code) ? `${words} (${code})` : words
}
