/** Window for rates and latencies, in seconds. */
const WINDOW_S = 10
const LATENCIES_MAX = 2_048

/** Rates and latencies over the last `WINDOW_S` seconds, in bounded memory. */
export interface RecentStats {
  recordCommit(events: number, scored: number): void
  recordLatency(milliseconds: number): void
  snapshot(): {
    readonly eventsPerSecond: number
    readonly scoresPerSecond: number
    readonly latencyMsMedian: number | null
    readonly latencyMsP99: number | null
  }
}

interface Second {
  readonly at: number
  events: number
  scored: number
  readonly latencies: number[]
}

/** `now`: returns the time in ms. */
export function createRecentStats(now: () => number): RecentStats {
  const seconds: Second[] = []

  function forgetOld(second: number): void {
    while (seconds.length > 0 && seconds[0]!.at <= second - WINDOW_S) seconds.shift()
  }

  function current(): Second {
    const at = Math.floor(now() / 1000)
    forgetOld(at)
    let second = seconds.at(-1)
    if (second?.at !== at) seconds.push((second = { at, events: 0, scored: 0, latencies: [] }))
    return second
  }

  return {
    recordCommit(events, scored) {
      const second = current()
      second.events += events
      second.scored += scored
    },
    recordLatency(milliseconds) {
      const { latencies } = current()
      if (latencies.length < LATENCIES_MAX / WINDOW_S) latencies.push(milliseconds)
    },
    snapshot() {
      forgetOld(Math.floor(now() / 1000))
      const latencies = seconds.flatMap((second) => second.latencies).sort((one, other) => one - other)
      return {
        eventsPerSecond: seconds.reduce((sum, { events }) => sum + events, 0) / WINDOW_S,
        scoresPerSecond: seconds.reduce((sum, { scored }) => sum + scored, 0) / WINDOW_S,
        latencyMsMedian: quantile(latencies, 0.5),
        latencyMsP99: quantile(latencies, 0.99),
      }
    },
  }
}

/** Returns a quantile by the nearest-rank method; null without values. */
function quantile(sorted: readonly number[], share: number): number | null {
  return sorted.length === 0 ? null : sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!
}
