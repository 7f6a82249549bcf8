import { flushCompileCache } from 'node:module'
import { lineOf } from '../../composition/log-line.ts'
import { createKafkaClient } from '../../kafka/kafka-client.ts'
import type { Processor } from '../../processors/processor.ts'
import { releasedRegistry } from '../../schemas/release/registry.ts'
import { startEngine } from '../../streams/engine.ts'
import { createNaming } from '../../streams/naming.ts'
import { counting, otherCounting } from './counting-processor.ts'

/**
 * Runs the counting processor, with `both` two of them, or the processors of `routing`, in a process of its own, to be
 * killed: `node engine-process.ts BROKERS PREFIX DIRECTORY [both|routing] [STANDBYS]`.
 */
const [brokers, prefix, directory, which = '', standbys = '0'] = process.argv.slice(2) as [
  string,
  string,
  string,
  string?,
  string?,
]
const engine = await startEngine({
  client: createKafkaClient({ brokers: brokers.split(','), clientId: 'killed' }),
  naming: createNaming(prefix),
  registry: releasedRegistry,
  processors: which === 'routing' ? await routingProcessors() : which === '' ? [counting] : [counting, otherCounting],
  loadModel: () => {
    throw new Error('This process has no models.')
  },
  stateDirectory: directory,
  log: (level, message, fields) => void (level !== 'info' && console.error(lineOf(message, fields))),
  onFatal(error) {
    console.error(error)
    process.exit(1)
  },
  tuning: {
    commitIntervalMs: 5,
    checkpointIntervalMs: 50,
    sessionTimeoutMs: 6_000,
    recordsMax: 50,
    standbyReplicas: Number(standbys),
  },
})
/** Loaded only where they run, since processes are started again and again. */
async function routingProcessors(): Promise<readonly Processor[]> {
  const { callsToRouteProcessor } = await import('../../processors/calls/routing/calls-to-route.ts')
  const { routing } = await import('../../processors/calls/routing/routing.ts')
  return [callsToRouteProcessor, routing]
}

process.on('SIGTERM', () => void engine.stop().then(() => process.exit(0)))
console.log('ready')
// Keeps the compiled code for the next process, since this one is killed before it could exit normally.
flushCompileCache()
