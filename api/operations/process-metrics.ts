import { performance } from 'node:perf_hooks'
import { collectDefaultMetrics, Gauge, type Registry } from 'prom-client'

/** The default of 10 ms wakes an idle process a hundred times a second. */
const DELAY_SAMPLE_MS = 1_000
const DELAYS = ['min', 'max', 'mean', 'stddev', 'p50', 'p90', 'p99']

/**
 * Registers prom-client's process metrics and the utilisation of the event loop, which costs nothing between scrapes.
 */
export function collectProcessMetrics(registry: Registry): void {
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: DELAY_SAMPLE_MS })
  // These include the sampling interval, which at a second would dominate them.
  for (const name of DELAYS) registry.removeSingleMetric(`nodejs_eventloop_lag_${name}_seconds`)
  let before = performance.eventLoopUtilization()
  new Gauge({
    name: 'scoreline_event_loop_utilization',
    help: 'Share of the time since the last scrape in which the main thread was busy, 0 to 1.',
    registers: [registry],
    collect() {
      const now = performance.eventLoopUtilization()
      this.set(performance.eventLoopUtilization(now, before).utilization)
      before = now
    },
  })
}
