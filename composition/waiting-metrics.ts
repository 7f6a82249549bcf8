import type { ApiMetrics } from '../api/operations/metrics.ts'
import { lagOf, troubleOf, type RunningPart } from './running-part.ts'

/** Wraps the metrics to add the readiness and lag of each part of this process on each scrape. */
export function withPartMetrics(metrics: ApiMetrics, parts: () => readonly RunningPart[]): ApiMetrics {
  return {
    ...metrics,
    text() {
      for (const part of parts()) {
        metrics.partReady(part.name, troubleOf(part) === undefined)
        const lag = lagOf(part)
        if (lag !== undefined) metrics.waiting(part.name, lag)
      }
      return metrics.text()
    },
  }
}
