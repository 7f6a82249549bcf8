import { flushCompileCache } from 'node:module'
import { lineOf } from '../../composition/log-line.ts'
import { createKafkaClient } from '../../kafka/kafka-client.ts'
import { releasedRegistry } from '../../schemas/release/registry.ts'
import { startEngine } from '../../streams/engine.ts'
import { createNaming } from '../../streams/naming.ts'
import { counting, otherCounting } from './counting-processor.ts'

/**
 * A process of its own with the counting processor, or with `both`, to be killed: `node engine-process.ts BROKERS
 * PREFIX DIRECTORY [both] [STANDBYS]`.
 */
const [brokers, prefix, directory, both = '', standbys = '0'] = process.argv.slice(2) as [
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
  processors: both === '' ? [counting] : [counting, otherCounting],
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
process.on('SIGTERM', () => void engine.stop().then(() => process.exit(0)))
console.log('ready')
// What it has compiled, for its next life: it is killed sooner than it ends.
flushCompileCache()
