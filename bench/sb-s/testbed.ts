import { createHash } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createAdmin } from '../../kafka/admin/admin.ts'
import type { KafkaClient } from '../../kafka/client.ts'
import { createKafkaClient } from '../../kafka/kafka-client.ts'
import type { Topic } from '../../schemas/topic.ts'
import { createGenerator, produce, type Workload } from './generate.ts'
import { makeModel } from './make-model.ts'
import { waitUntilIdle } from './wait-until-idle.ts'
import { benchRegistry, scoresTopic, transactionsTopic, type BenchScore, type BenchTransaction } from './schemas.ts'
import type { JobSettings } from './job-process.ts'
import type { Registry } from '../../schemas/release/registry.ts'

/** The environment in which jobs run: a broker, a model, and topics that are created and deleted. */
export interface Testbed {
  readonly client: KafkaClient
  readonly brokers: readonly string[]
  readonly model: Buffer
  readonly partitions: number
  /** Creates a topic of transactions and fills it with the workload's first events. */
  input(workload: Workload, events: number): Promise<Input>
  /** Creates the settings of a job, with a new output topic. */
  jobRun(input: Input, changes?: Partial<JobSettings>): Promise<JobRun>
  /** Deletes what a bout has left, and waits until broker and disk are idle. */
  cleanUp(jobRun: JobRun): Promise<void>
  close(): Promise<void>
}

export interface Input {
  readonly topic: Topic<BenchTransaction>
  readonly events: number
  /** Returns the workload's next event. */
  readonly next: () => BenchTransaction
  add(events: number): Promise<void>
}

/** One job on one input. */
export interface JobRun {
  readonly settings: JobSettings
  readonly scores: Topic<BenchScore>
  readonly registry: Registry
}

const REST_MS_MAX = 20_000

export async function openTestbed(brokers: readonly string[], directory: string, partitions: number): Promise<Testbed> {
  const options = { brokers, clientId: 'bench' }
  const client = createKafkaClient(options)
  const admin = createAdmin(options)
  const run = `bench-${process.pid}-${Date.now()}`
  const model = makeModel(1)
  const modelFile = join(directory, 'model.bin')
  mkdirSync(directory, { recursive: true })
  writeFileSync(modelFile, model)
  const modelId = createHash('sha256').update(model).digest('hex')
  let made = 0

  const createTopic = (name: string) =>
    admin.ensureTopics([
      { name, partitions, replicationFactor: 1, configs: { 'message.timestamp.type': 'LogAppendTime' } },
    ])

  async function deleteTopics(prefix: string): Promise<void> {
    await admin.deleteTopics((await admin.listTopics()).filter((name) => name.startsWith(prefix)))
  }

  return {
    client,
    brokers,
    model,
    partitions,
    async input(workload, events) {
      const topic = transactionsTopic(`${run}-transactions-${++made}`)
      await createTopic(topic.name)
      const next = createGenerator(workload)
      const registry = benchRegistry(topic as Topic, scoresTopic('unused') as Topic)
      const add = (count: number) => produce(client, { topic, registry, partitions }, next, count)
      await add(events)
      await waitUntilIdle(REST_MS_MAX)
      return { topic, events, next, add }
    },
    async jobRun({ topic }, changes = {}) {
      const applicationId = `${run}-job-${++made}`
      const scores = scoresTopic(`${applicationId}-scores`)
      await createTopic(scores.name)
      const settings: JobSettings = {
        brokers,
        applicationId,
        input: topic.name,
        output: scores.name,
        modelFile,
        modelId,
        commitMs: 100,
        threads: 1,
        guarantee: 'exactly_once_v2',
        standbys: 0,
        member: 0,
        directory: join(directory, applicationId),
        ...changes,
      }
      return { settings, scores, registry: benchRegistry(topic as Topic, scores as Topic) }
    },
    async cleanUp({ settings: { applicationId, directory: state } }) {
      await deleteTopics(applicationId)
      rmSync(state, { recursive: true, force: true })
      await waitUntilIdle(REST_MS_MAX)
    },
    async close() {
      await deleteTopics(run)
      await admin.close()
      await client.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
