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
 * What a run over a backlog came to. Events a second: from the first output's append to the last one's, by the broker's
 * clock. CPU: from the start of the process to the last output, so that starting up and warming up count; the second
 * half begins when half of the outputs are there.
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
