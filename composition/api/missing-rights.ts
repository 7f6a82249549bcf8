/** Tracks whether the broker refuses all events of the API because a right is missing. */
export interface MissingRights {
  /** Records that events of this topic were refused. */
  refused(topic: string, error: Error): void
  /** Records that events were written, so that the rights exist for at least one topic. */
  granted(): void
  /** Returns why no events are accepted, for the operator; `undefined` if they are. */
  trouble(): string | undefined
  /** Returns the topic refused last; `undefined` if events have been written since. */
  refusedTopic(): string | undefined
}

/**
 * Shortest series of refusals that makes the API unready. ACLs reach the brokers one after another, so shorter series
 * are not worth turning clients away.
 */
const REFUSED_MS_MIN = 10_000

/** Tracks a series of refusals. Any success ends it: a right missing for one topic leaves the API ready for others. */
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
