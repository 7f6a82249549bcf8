/** When a failed delivery is tried again: the wait doubles with each attempt, up to a maximum. */
export interface Backoff {
  /** ms before the second attempt. */
  readonly firstMs: number
  readonly mostMs: number
}

/** A receiver may ask for more, but not for so long that nobody remembers. */
const ASKED_MS_MAX = 24 * 3_600_000

/**
 * `attempts`: how many have failed. `random` (0 to 1) takes off up to half, so that what failed together does not come
 * back together. A receiver that asks for more time (`askedMs`) gets it.
 */
export function waitAfter({ firstMs, mostMs }: Backoff, attempts: number, random: number, askedMs = 0): number {
  const most = Math.min(mostMs, firstMs * 2 ** Math.min(attempts - 1, 40))
  return Math.round(Math.max(most * (1 - random / 2), Math.min(askedMs, ASKED_MS_MAX)))
}

/** `Retry-After` of HTTP: seconds or a date. `undefined`: neither. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? ''
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000
  const at = /GMT$/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? undefined : Math.max(0, at - now)
}
