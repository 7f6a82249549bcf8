import type { Usage } from '../process-usage.ts'
import { cpuAt } from './backlog.ts'

export interface Throughput {
  readonly eventsPerSecond: number
  readonly cpuSecondsPerMillion: number
  readonly eventsPerSecondSecondHalf: number
  readonly cpuSecondsPerMillionSecondHalf: number
  readonly rssMb: number
}

/**
 * Computes the throughput of a run over a backlog. Events per second: from the append of the first output to that of
 * the last, by the broker's clock. CPU: from the start of the process to the last output, including start-up and
 * warm-up; the second half begins when half of the outputs are appended.
 */
export function throughputOf(appendedAt: Float64Array, samples: readonly Usage[]): Throughput {
  const events = appendedAt.length
  const first = appendedAt[0]!
  const last = appendedAt[events - 1]!
  const half = appendedAt[events >> 1]!
  const perMillion = (cpuSeconds: number, count: number) => (cpuSeconds / count) * 1e6
  return {
    eventsPerSecond: (events * 1_000) / Math.max(1, last - first),
    cpuSecondsPerMillion: perMillion(cpuAt(samples, last), events),
    eventsPerSecondSecondHalf: ((events / 2) * 1_000) / Math.max(1, last - half),
    cpuSecondsPerMillionSecondHalf: perMillion(cpuAt(samples, last) - cpuAt(samples, half), events / 2),
    rssMb: Math.max(...samples.map(({ residentMegabytes }) => residentMegabytes)),
  }
}
