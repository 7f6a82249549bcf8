import { retryAfterMs } from '../backoff.ts'
import type { Outcome } from '../outcome.ts'

/** Statuses that concern this message: the same bytes would be refused again. */
const REFUSALS = new Set([400, 405, 406, 411, 413, 414, 415, 422, 431])
const GONE = 410

/** Classifies the receiver's answer. Everything temporary or fixable is retried. */
export function outcomeOfAnswer(
  status: number,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  responseText: string,
  now: number,
): Outcome {
  const response = { status, responseText }
  if (status >= 200 && status < 300) return { kind: 'delivered', answer: `${status}`, ...response }
  if (status >= 300 && status < 400)
    return {
      kind: 'retryable',
      answer: `${status}: it redirects, which is not followed; set the address it leads to.`,
      ...response,
    }
  if (status === GONE) return { kind: 'gone', answer: `${status}: the receiver wants no more messages.`, ...response }
  if (REFUSALS.has(status))
    return { kind: 'refused', answer: `${status}: the receiver refuses this message.`, ...response }
  const waitMs = retryAfterMs([headers['retry-after']].flat()[0], now)
  return { kind: 'retryable', answer: `${status}`, ...response, ...(waitMs === undefined ? {} : { waitMs }) }
}
