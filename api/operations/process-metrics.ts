import { performance } from 'node:perf_hooks'
import { collectDefaultMetrics, Gauge, type Registry } from 'prom-client'

/** The default, 10 ms, wakes an idle process a hundred times a second. */
const DELAY_SAMPLE_MS = 1_000
const DELAYS = ['min', 'max', 'mean', 'stddev', 'p50', 'p90', 'p99']

/** What prom-client tells of a process, and how busy its main thread is: that costs nothing in between. */
export function collectProcessMetrics(registry: Registry): void {
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: DELAY_SAMPLE_MS })
  // They include the time between two samples, and would say nothing else.
  for (const name of DELAYS) registry.removeSingleMetric(`nodejs_eventloop_lag_${name}_seconds`)
  let before = performance.eventLoopUtilization()
  new Gauge({
    name: 'scoreline_event_loop_utilization',
    help: 'Share of the time since the last scrape in which the main thread was at work, 0 to 1.',
    registers: [registry],
    collect() {
      const now = performance.eventLoopUtilization()
      this.set(performance.eventLoopUtilization(now, before).utilization)
      before = now
    },
  })
}
