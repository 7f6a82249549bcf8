import { flushCompileCache } from 'node:module'
import { lineOf } from '../../composition/log-line.ts'
import type { CommandContext } from '../../composition/context.ts'
import { readConfig } from '../../config.ts'

/** Each part loads only what it runs, since processes are started again and again. */
const parts: Readonly<Record<string, (context: CommandContext) => Promise<unknown>>> = {
  async sink(of) {
    const { startSink } = await import('../../composition/sink/sink.ts')
    return startSink(of)
  },
  async processors(of) {
    const { startProcessors } = await import('../../composition/engine/engine.ts')
    const { noMetrics } = await import('../../streams/metrics.ts')
    return startProcessors(of, noMetrics)
  },
  async deliveries(of) {
    const { createMetrics } = await import('../../api/operations/metrics.ts')
    const { startDeliveries } = await import('../../composition/deliveries/deliveries.ts')
    return startDeliveries(of, createMetrics())
  },
  async api(of) {
    const { createMetrics } = await import('../../api/operations/metrics.ts')
    const { startApi } = await import('../../composition/api/api.ts')
    return startApi(of, createMetrics(), () => [])
  },
  async outbox(of) {
    const { startOutbox } = await import('../../composition/outbox.ts')
    return startOutbox(of)
  },
}

/**
 * Runs parts of the platform in a process of their own, to be killed: `node platform-process.ts PART…`, configured by
 * the environment.
 */
const context: CommandContext = {
  config: readConfig(),
  log: (level, message, fields) => void (level === 'error' && console.error(lineOf(message, fields))),
  print: () => {},
  stopped: new AbortController().signal,
  fail(error) {
    console.error(error)
    process.exit(1)
  },
}
for (const part of process.argv.slice(2)) await parts[part]!(context)
console.log('ready')
// Keeps the compiled code for the next process, since this one is killed before it could exit normally.
flushCompileCache()
