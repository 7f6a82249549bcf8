import { DAY_MS, HOUR_MS, MINUTE_MS } from '../schemas/durations.ts'
import type { Arrival, Emit } from './emit.ts'
import { bernoulli, exponential, random } from './random.ts'

/**
 * Maximum lateness, below the grace period of two days that topics declare, so that late events still count in full.
 */
const LATEST_MS = 36 * HOUR_MS
const LATE_SHARE = 0.03
const DUPLICATE_SHARE = 0.007

export interface ArrivalQueue {
  readonly emit: Emit
  /** Returns everything that arrives before `endAt` and was not returned before, in order of arrival. */
  collect(endAt: number): Arrival[]
}

/**
 * Delivers events as real systems do: most within seconds, some hours late, and some twice (with the same id). Events
 * are bucketed by day of arrival, so that few are held in memory.
 */
export function arrivalQueue(seed: string, worldStartAt: number): ArrivalQueue {
  const buckets = new Map<number, Arrival[]>()
  const put = (arrival: Arrival): void => {
    const bucket = Math.floor((arrival.arrivesAt - worldStartAt) / DAY_MS)
    const arrivals = buckets.get(bucket)
    if (arrivals === undefined) buckets.set(bucket, [arrival])
    else arrivals.push(arrival)
  }
  const emit: Emit = (topic, event, delayMs, scripted) => {
    const next = random(seed, 'mail', topic.name, event.id)
    const delivery = { topic: topic.name, event: { ...event, source: 'simulator' }, ...(scripted && { scripted }) }
    let arrivesAt = event.occurredAt + Math.round(delayMs ?? 200 + exponential(next, 1_500))
    if (bernoulli(next, LATE_SHARE))
      arrivesAt = Math.max(
        arrivesAt,
        event.occurredAt + Math.round(Math.min(LATEST_MS, exponential(next, 5 * HOUR_MS))),
      )
    put({ ...delivery, arrivesAt })
    if (bernoulli(next, DUPLICATE_SHARE))
      put({ ...delivery, arrivesAt: arrivesAt + Math.round(exponential(next, 20 * MINUTE_MS)) })
  }
  let collected = 0
  const collect = (endAt: number): Arrival[] => {
    const due: Arrival[] = []
    for (; worldStartAt + collected * DAY_MS < endAt; collected++) {
      due.push(...(buckets.get(collected) ?? []))
      buckets.delete(collected)
    }
    return due.sort((left, right) => left.arrivesAt - right.arrivesAt)
  }
  return { emit, collect }
}
