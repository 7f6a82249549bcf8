/** Exponential backoff: the wait doubles with each failed attempt, up to a maximum. */
export interface Backoff {
  /** Wait before the second attempt, in ms. */
  readonly firstMs: number
  readonly maxMs: number
}

/** Upper bound of the wait that a receiver may ask for. */
const ASKED_MS_MAX = 24 * 3_600_000

/**
 * Returns the wait after `attempts` failed attempts, in ms. `random` (0 to 1) takes off up to half, so that messages
 * that failed together are not retried together. A receiver that asks for more time (`askedMs`) gets it.
 */
export function waitAfter({ firstMs, maxMs }: Backoff, attempts: number, random: number, askedMs = 0): number {
  const most = Math.min(maxMs, firstMs * 2 ** Math.min(attempts - 1, 40))
  return Math.round(Math.max(most * (1 - random / 2), Math.min(askedMs, ASKED_MS_MAX)))
}

/** Parses the HTTP header `Retry-After`, either seconds or a date; `undefined` if it is neither. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? ''
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000
  const at = /GMT$/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? undefined : Math.max(0, at - now)
}
