import { join } from 'node:path'
import { createAdmin } from '../../kafka/admin/admin.ts'
import { createKafkaClient } from '../../kafka/kafka-client.ts'
import { releases } from '../../schemas/models/releases.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import type { Topic } from '../../schemas/topic.ts'
import { startEngine } from '../../streams/engine.ts'
import { inputsOf } from '../../streams/input/inputs-of.ts'
import type { Naming } from '../../streams/naming.ts'
import { platformTopics } from '../../streams/platform-topics.ts'
import { globalTopicsOf } from '../../streams/settings/global-tables.ts'
import { writtenTopics } from '../../streams/task/task-session.ts'
import { benchModel, readModelFile } from './model.ts'
import { benchProcessor } from './processor.ts'
import { benchRegistry, scoresTopic, transactionsTopic } from './schemas.ts'

/**
 * Runs SB-S on the engine until SIGTERM. Environment variables: BROKERS, APP_ID (consumer group and prefix of internal
 * topics), IN, OUT, COMMIT_MS, STATE_DIR, MODEL, STANDBYS, SESSION_MS, MEMBER (0, the first, releases the model).
 */
const {
  BROKERS = '127.0.0.1:9092',
  APP_ID = 'sb-s',
  IN = 'transactions',
  OUT = 'scores',
  COMMIT_MS = '100',
} = process.env
const { STATE_DIR = 'state', MODEL = 'model.bin', MEMBER = '0', STANDBYS = '0', SESSION_MS } = process.env

const transactions = transactionsTopic(IN)
const scores = scoresTopic(OUT)
const processor = benchProcessor(transactions, scores)
const registry = benchRegistry(transactions as Topic, scores as Topic)
const own = new Set([IN, OUT])
const naming: Naming = {
  topic: ({ name }) => (own.has(name) ? name : `${APP_ID}-${name}`),
  group: () => APP_ID,
  deployment: () => `${APP_ID}-deployment`,
  changelog: () => `${APP_ID}-changelog`,
  transactionalId: (_processor, partition) => `${APP_ID}-${partition}`,
  intakeId: (instance) => `${APP_ID}-intake-${instance}`,
  doctor: () => `${APP_ID}-doctor`,
}

const options = { brokers: BROKERS.split(','), clientId: APP_ID }
const client = createKafkaClient(options)
const [input] = await client.describeTopics([IN])
const admin = createAdmin(options)
const used = new Set<Topic>([...inputsOf(processor), ...writtenTopics(processor), ...globalTopicsOf([processor])])
const topics = [...used].filter(({ name }) => !own.has(name))
await admin.ensureTopics(platformTopics(naming, { topics, processors: [processor], partitions: input!.partitionCount }))
await admin.close()

const model = benchModel(readModelFile(MODEL), processor.features)
if (MEMBER === '0') await releaseModel()

const engine = await startEngine({
  client,
  naming,
  registry,
  processors: [processor],
  loadModel: () => model,
  stateDirectory: join(STATE_DIR, 'state'),
  log: (level, message, fields = {}) => console.log(level, message, fields),
  onFatal(error) {
    console.error(error)
    process.exit(1)
  },
  // Caches all customers of a task in memory, as the peer does.
  tuning: {
    commitIntervalMs: Number(COMMIT_MS),
    cachedRecordsMax: 100_000,
    standbyReplicas: Number(STANDBYS),
    ...(SESSION_MS ? { sessionTimeoutMs: Number(SESSION_MS) } : {}),
  },
})

process.on('SIGTERM', () => {
  void engine
    .stop()
    .then(() => client.close())
    .then(() => process.exit(0))
})

async function releaseModel(): Promise<void> {
  const producer = client.transactionalProducer(`${APP_ID}-release`)
  await producer.init()
  producer.begin()
  const release = {
    id: model.id,
    occurredAt: Date.now(),
    source: 'bench',
    task: model.task,
    modelId: model.id,
    algorithm: model.algorithm,
    featureSet: model.featureSet,
    artefact: Buffer.alloc(0),
    metrics: {},
    reason: 'the model of the comparison',
    replaces: null,
    trials: [],
  }
  const value = codecOf(releases, registry).encode(release)
  producer.append(naming.topic(releases as Topic), 0, Date.now(), Buffer.from(releases.keyOf(release)), value)
  await producer.commit()
  await producer.close()
}
