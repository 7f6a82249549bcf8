import { compareEngines } from './sb-s/compare.ts'
import type { Benchmark } from './benchmark.ts'

/** Short runs give more weight to cold starts, on both sides. */
const QUICK_EVENTS = 100_000

export const engine: Benchmark = {
  needsBroker: true,
  run({ brokers, directory, events, runs, quick, zipf, log }) {
    const size = quick
      ? {
          rounds: 1,
          events: QUICK_EVENTS,
          customers: 20_000,
          restoreEvents: 30_000,
          latency: { warmUpS: 1, seconds: 3, commitMs: [100] },
        }
      : {
          rounds: runs,
          events,
          customers: 100_000,
          restoreEvents: 1_000_000,
          latency: { warmUpS: 15, seconds: 30, commitMs: [100, 20] },
        }
    return compareEngines({
      atLeastOnce: !quick,
      brokers,
      directory,
      log,
      partitions: 4,
      distribution: zipf ? 'zipf' : 'uniform',
      ...size,
    })
  },
}
