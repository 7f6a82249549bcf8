/** Reports that the broker refuses all events of the API because a right is missing. */
export interface MissingRights {
  /** Events of this topic were refused. */
  refused(topic: string, error: Error): void
  /** Events were written: the rights are there, at least for one topic. */
  granted(): void
  /** Why no events are taken, in words for the operator; `undefined`: they are. */
  trouble(): string | undefined
  /** The topic whose events were refused last, since events were written. */
  refusedTopic(): string | undefined
}

/** ACLs reach the brokers one after the other: a shorter series of refusals is no reason to turn clients away. */
const REFUSED_MS_MIN = 10_000

/** Any success ends the series, so a right that is missing for one topic leaves the API ready for the others. */
export function createMissingRights(nowMs: () => number): MissingRights {
  let series:
    | {
        readonly sinceMs: number
        readonly lastMs: number
        readonly count: number
        readonly topic: string
        readonly message: string
      }
    | undefined
  return {
    refused(topic, { message }) {
      const lastMs = nowMs()
      series = { sinceMs: series?.sinceMs ?? lastMs, lastMs, count: (series?.count ?? 0) + 1, topic, message }
    },
    granted: () => void (series = undefined),
    refusedTopic: () => series?.topic,
    trouble() {
      if (series === undefined || series.lastMs - series.sinceMs < REFUSED_MS_MIN) return undefined
      const seconds = Math.round((nowMs() - series.sinceMs) / 1000)
      return `No events have been taken for ${seconds} s; the last ${series.count} requests were refused: ${series.message}`
    },
  }
}
