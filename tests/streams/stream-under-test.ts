import { lineOf } from '../../composition/log-line.ts'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAdmin } from '../../kafka/admin/admin.ts'
import { createKafkaClient } from '../../kafka/kafka-client.ts'
import { createPlainProducer } from '../../kafka/producer/plain-producer.ts'
import type { KafkaClient } from '../../kafka/client.ts'
import type { Model, Processor } from '../../processors/processor.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { clock } from '../../schemas/platform/clock.ts'
import type { Release } from '../../schemas/models/releases.ts'
import { releasedRegistry, type Registry } from '../../schemas/release/registry.ts'
import type { Message, Topic } from '../../schemas/topic.ts'
import type { EngineTuning } from '../../streams/engine-options.ts'
import { startEngine, type Engine } from '../../streams/engine.ts'
import type { StreamMetrics } from '../../streams/metrics.ts'
import { createNaming, type Naming } from '../../streams/naming.ts'
import { platformTopics } from '../../streams/platform-topics.ts'
import { brokers, uniqueName, waitFor } from '../support/services.ts'
import { nothingRead, readOn, type Read } from './read-on.ts'
import { topics } from '../../subjects/subjects.ts'

/** A deployment of its own on the test broker: a unique prefix, its topics, and helpers for tests. */
export interface StreamUnderTest {
  readonly prefix: string
  readonly naming: Naming
  readonly registry: Registry
  readonly client: KafkaClient
  readonly directory: string
  publish(messages: readonly Message[]): Promise<void>
  /** Publishes raw bytes, as a careless producer would. */
  publishRaw(topic: Topic, key: string | null, value: Buffer | null, partition?: number): Promise<void>
  /** Deletes a topic, by its name on the broker, and recreates it; returns its new id. */
  replace(topic: string): Promise<string>
  /** Deletes the records written so far, as retention does. */
  purge(topic: Topic): Promise<void>
  /**
   * Returns all committed values of a topic so far, in order of partition and offset. Records read before are cached,
   * so it can be called repeatedly.
   */
  readAll<T>(topic: Topic<T>): Promise<T[]>
  start(options?: {
    readonly tuning?: Partial<EngineTuning>
    readonly directory?: string
    /** Processors to run instead of those that the topics are for: other code with the same names and versions. */
    readonly processors?: readonly Processor[]
    readonly loadModel?: (release: Release) => Model
    readonly log?: (message: string) => void
    readonly metrics?: StreamMetrics
    readonly acceptedTopics?: ReadonlySet<string>
    readonly processName?: string
  }): Promise<Engine>
  close(): Promise<void>
}

export const fastTuning: Partial<EngineTuning> = {
  commitIntervalMs: 10,
  checkpointIntervalMs: 200,
  sessionTimeoutMs: 6_000,
}

export interface StreamOptions {
  readonly partitions?: number
  /** Global topics of the test, and a registry that knows them. */
  readonly globalTopics?: readonly Topic[]
  readonly registry?: Registry
}

/**
 * Returns the engine’s own topics, every setting, and what these processors read and write; all topics if there are no
 * processors. Each topic is work for the broker during the whole run.
 */
function topicsOf(processors: readonly Processor[]): readonly Topic[] {
  if (processors.length === 0) return topics
  const own = new Set(
    processors.flatMap(({ inputs, outputs }) => [...inputs.map(({ topic }) => topic as Topic), ...outputs]),
  )
  return topics.filter(
    (topic) => topic === (clock as Topic) || !['input', 'output'].includes(topic.role) || own.has(topic),
  )
}

export async function createStream(
  processors: readonly Processor[],
  { partitions = 2, globalTopics = [], registry = releasedRegistry }: StreamOptions = {},
): Promise<StreamUnderTest> {
  const prefix = `${uniqueName('stream')}.`
  const naming = createNaming(prefix)
  const options = { brokers: brokers(), clientId: 'test' }
  const admin = createAdmin(options)
  const wanted = platformTopics(naming, { topics: topicsOf(processors), processors, partitions }).map((topic) => ({
    ...topic,
    replicationFactor: 1,
  }))
  for (const topic of globalTopics)
    wanted.push({
      name: naming.topic(topic),
      partitions: 1,
      configs: { 'cleanup.policy': 'compact' },
      replicationFactor: 1,
    })
  await admin.ensureTopics(wanted)
  const client = createKafkaClient(options)
  const producer = createPlainProducer(options)
  await producer.connect()
  const directory = mkdtempSync(join(tmpdir(), 'stream-'))
  const engines: Engine[] = []
  const reads = new Map<string, Promise<Read<unknown>>>()

  return {
    prefix,
    naming,
    registry,
    client,
    directory,
    async publish(messages) {
      for (const [topic, list] of Map.groupBy(messages, ({ topic }) => topic)) {
        const codec = codecOf(topic, registry)
        const records = list.map(({ key, value }) => ({ key, value: value === null ? null : codec.encode(value) }))
        await producer.send(naming.topic(topic), records)
      }
    },
    async publishRaw(topic, key, value, partition) {
      await producer.send(naming.topic(topic), [
        { key: key as string, value, ...(partition === undefined ? {} : { partition }) },
      ])
    },
    async replace(topic) {
      reads.delete(topic)
      const idOf = async () => (await client.describeTopics([topic]))[0]?.topicId
      const before = await idOf()
      await admin.deleteTopics([topic])
      // The controller has deleted the topic at once, the broker a moment later.
      await waitFor(async () => (await idOf()) === undefined, { what: `${topic} to be gone` })
      await admin.ensureTopics(wanted.filter(({ name }) => name === topic))
      return waitFor(
        async () => {
          const id = await idOf()
          return id !== before && id
        },
        { what: `the new ${topic}` },
      )
    },
    purge(topic) {
      reads.delete(naming.topic(topic))
      return admin.purge(naming.topic(topic))
    },
    async readAll<T>(topic: Topic<T>) {
      const name = naming.topic(topic as Topic)
      const { decode } = codecOf(topic, registry)
      const before = reads.get(name) ?? Promise.resolve(nothingRead(topic.role === 'global' ? 1 : partitions))
      const reading = (before as Promise<Read<T>>).then((read) => readOn(client, name, decode, read))
      reads.set(name, reading)
      reading.catch(() => reads.delete(name))
      return (await reading).values.flat()
    },
    async start(given = {}) {
      const engine = await startEngine({
        client,
        naming,
        registry,
        processors: given.processors ?? processors,
        loadModel: given.loadModel ?? (() => Promise.reject(new Error('no models here')) as never),
        stateDirectory: given.directory ?? directory,
        log: (level, message, fields) => {
          const line = lineOf(message, fields)
          if (given.log !== undefined) given.log(line)
          else if (level === 'error' || process.env['SCORELINE_TEST_LOG'] !== undefined) console.error(line)
        },
        onFatal: (error) => console.error(error),
        ...(given.metrics === undefined ? {} : { metrics: given.metrics }),
        ...(given.processName === undefined ? {} : { processName: given.processName }),
        ...(given.acceptedTopics === undefined ? {} : { acceptedTopics: given.acceptedTopics }),
        tuning: { ...fastTuning, ...given.tuning },
      })
      engines.push(engine)
      return engine
    },
    async close() {
      await Promise.all(engines.map((engine) => engine.stop()))
      await producer.close()
      await client.close()
      await admin.close()
    },
  }
}
