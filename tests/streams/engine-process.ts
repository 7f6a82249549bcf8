import { createKafkaClient } from '../../kafka/kafka-client.ts'
import { releasedRegistry } from '../../schemas/registry.ts'
import { startEngine } from '../../streams/engine.ts'
import { createNaming } from '../../streams/naming.ts'
import { counting } from './counting-processor.ts'

/** A process of its own with the counting processor, to be killed: `node engine-process.ts BROKERS PREFIX DIRECTORY`. */
const [brokers, prefix, directory] = process.argv.slice(2) as [string, string, string]
const engine = await startEngine({
  client: createKafkaClient({ brokers: brokers.split(','), clientId: 'killed' }),
  naming: createNaming(prefix),
  registry: releasedRegistry,
  processors: [counting],
  loadModel: () => {
    throw new Error('This process has no models.')
  },
  stateDirectory: directory,
  log: (level, message) => void (level !== 'info' && console.error(message)),
  onFatal(error) {
    console.error(error)
    process.exit(1)
  },
  tuning: { commitIntervalMs: 5, checkpointIntervalMs: 50, sessionTimeoutMs: 6_000, recordsMax: 50 },
})
process.on('SIGTERM', () => void engine.stop().then(() => process.exit(0)))
console.log('ready')
