import { lineOf } from '../../composition/log-line.ts'
import type { CommandContext } from '../../composition/context.ts'
import { createMetrics } from '../../api/operations/metrics.ts'
import { startDeliveries } from '../../composition/deliveries/deliveries.ts'
import { startProcessors } from '../../composition/engine/engine.ts'
import { startSink } from '../../composition/sink/sink.ts'
import { readConfig } from '../../config.ts'
import { noMetrics } from '../../streams/metrics.ts'

const parts: Readonly<Record<string, (context: CommandContext) => Promise<unknown>>> = {
  sink: (of) => startSink(of),
  processors: (of) => startProcessors(of, noMetrics),
  deliveries: (of) => startDeliveries(of, createMetrics()),
}

/**
 * One part of the platform as a process of its own, to be killed: `node platform-process.ts sink|processors|deliveries`,
 * configured by the environment.
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
await parts[process.argv[2]!]!(context)
console.log('ready')
