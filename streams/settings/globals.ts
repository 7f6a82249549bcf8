import type { Fetcher, KafkaClient, RecordBatch } from '../../kafka/client.ts'
import { decodeValue } from '../../kafka/records/record-access.ts'
import type { Model, Processor } from '../../processors/processor.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { readText } from '../../schemas/avro/quick-strings.ts'
import type { Release } from '../../schemas/models/releases.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import type { GlobalTopic } from '../../schemas/topic.ts'
import {
  emptyTables,
  globalsVersion,
  globalTopicsOf,
  withRecord,
  type GlobalTables,
  type GlobalsVersion,
} from './global-tables.ts'
import type { Health } from '../health.ts'
import type { Log } from '../log.ts'
import type { Naming } from '../naming.ts'
import { describeNewTopics } from '../input/new-topics.ts'
import { idsOf } from '../input/replaced-topics.ts'
import { pause } from '../task/loop.ts'

const PIECE = 'Following the global topics'
const BACK_OFF_MS = 3_000

/** Follows the newest globals. Every global topic has been read to its end before the reader is returned. */
export interface GlobalsReader {
  current(): GlobalsVersion
  /** Topic ids of the global topics, by name. */
  topicIds(): ReadonlyMap<string, string>
  /** Returns the time, in ms since the epoch, up to which the globals are complete. */
  asOf(): number
  close(): Promise<void>
}

export interface GlobalsReaderOptions {
  readonly client: KafkaClient
  readonly naming: Naming
  readonly registry: Registry
  /** Processors whose tables are read. */
  readonly processors: readonly Processor[]
  /** Builds a model from the release’s artefact. */
  readonly loadModel: (release: Release) => Model
  readonly log: Log
  /** Called after each change, between transactions of the reader. */
  readonly onChange?: () => void
  /** Reports a failure while the globals can’t be followed and the current settings may be stale. */
  readonly health?: Health
}

export async function openGlobals(options: GlobalsReaderOptions): Promise<GlobalsReader> {
  const { client, naming } = options
  const topics = globalTopicsOf(options.processors)
  const tables = emptyTables(topics)
  const reading: GlobalsReading = {
    options,
    topics,
    names: topics.map((topic) => naming.topic(topic)),
    fetcher: client.fetcher({ bufferedBytesMax: 8 << 20 }),
    next: new Map(),
    topicIds: new Map(),
    lastResponseAt: 0,
    tables,
    current: globalsVersion(tables, []),
  }
  await readToEnd(reading).catch(async (error: unknown) => {
    await reading.fetcher.close()
    throw error
  })
  reading.lastResponseAt = Date.now()
  const closing = new AbortController()
  const following = followUntil(closing.signal, reading)
  return {
    current: () => reading.current,
    topicIds: () => reading.topicIds,
    asOf: () => reading.lastResponseAt,
    async close() {
      closing.abort()
      await reading.fetcher.close()
      await following
    },
  }
}

/** Progress in the global topics, and the tables at that point. */
interface GlobalsReading {
  readonly options: GlobalsReaderOptions
  readonly topics: readonly GlobalTopic[]
  /** Names of the topics on the broker. */
  readonly names: readonly string[]
  readonly fetcher: Fetcher
  /** Offset from which each topic is read after a failure. */
  readonly next: Map<string, number>
  topicIds: ReadonlyMap<string, string>
  lastResponseAt: number
  tables: GlobalTables
  current: GlobalsVersion
}

/** Applies the records that have arrived to the tables; returns whether anything changed. */
function take(reading: GlobalsReading): boolean {
  const { options, topics, names, fetcher, next } = reading
  let changed = false
  for (const topic of topics) {
    const name = options.naming.topic(topic)
    for (let batch = fetcher.take(name, 0); batch !== undefined; batch = fetcher.take(name, 0))
      changed = takeBatch(reading, topic, batch) || changed
  }
  for (const name of names) next.set(name, fetcher.position(name, 0))
  const positions = topics.map((topic) => ({ topic: topic.name, offset: next.get(options.naming.topic(topic))! }))
  reading.current = globalsVersion(reading.tables, positions)
  return changed
}

function takeBatch(reading: GlobalsReading, topic: GlobalTopic, batch: RecordBatch): boolean {
  const { naming, registry, log, loadModel } = reading.options
  const codec = codecOf(topic, registry)
  let changed = false
  for (let index = 0; index < batch.count; index++) {
    try {
      const value = decodeValue(batch, index, codec)
      const offset = batch.offsets[index]!
      reading.tables = withRecord(reading.tables, topic, keyOf(batch, index), value, loadModel, offset)
      changed = true
    } catch (error) {
      // A record that can’t be read does not replace the current version.
      log('error', 'A global record can’t be read: the former version stays current', {
        topic: naming.topic(topic),
        offset: batch.offsets[index],
        error,
      })
    }
  }
  return changed
}

/**
 * Reads every topic to its end, from the last position or initially from the earliest offset. Returns whether anything
 * changed. A topic that was recreated meanwhile is an error.
 */
async function readToEnd(reading: GlobalsReading): Promise<boolean> {
  const { options, names, fetcher, next } = reading
  const { client } = options
  if (reading.topicIds.size === 0) reading.topicIds = idsOf(names, await describeNewTopics(client, names))
  const ends = new Map<string, number>()
  for (const topic of names) {
    const at = { topic, partition: 0 }
    const earliest = await client.listOffset(at, 'earliest')
    ends.set(topic, await client.listOffset(at, 'latest_stable'))
    await fetcher.assign(at, Math.max(next.get(topic) ?? 0, earliest), reading.topicIds.get(topic))
  }
  let changed = take(reading)
  while ([...ends].some(([topic, end]) => fetcher.position(topic, 0) < end)) {
    await fetcher.wait(1_000)
    changed = take(reading) || changed
  }
  return changed
}

async function follow(reading: GlobalsReading): Promise<never> {
  const { options, names, fetcher } = reading
  for (;;) {
    await fetcher.wait(1_000)
    if (take(reading)) options.onChange?.()
    for (const topic of names) {
      const failing = fetcher.failing(topic, 0)
      if (failing !== undefined) throw failing
    }
    reading.lastResponseAt = Math.min(
      ...names.map((topic) => fetcher.lastResponseAt(topic, 0) ?? reading.lastResponseAt),
    )
    if (names.every((topic) => fetcher.lastResponseAt(topic, 0) !== undefined)) options.health?.worked(PIECE)
  }
}

/** Follows the topics until the signal aborts; after a failure it reads them to the end again. */
async function followUntil(signal: AbortSignal, reading: GlobalsReading): Promise<void> {
  const { onChange, health, log } = reading.options
  for (let failed = false; !signal.aborted; failed = true) {
    try {
      if (failed && (await readToEnd(reading))) onChange?.()
      await follow(reading)
    } catch (error) {
      if (signal.aborted) return
      health?.failed(PIECE, error)
      log('error', 'Can’t read the global topics, so that current settings may be stale. Trying again', { error })
      await pause(BACK_OFF_MS, signal)
    }
  }
}

/** Returns the key of a record. Throws `NotUtf8Error`. */
export function keyOf(batch: RecordBatch, index: number): string {
  const start = batch.keyStarts[index]!
  return readText(batch.bytes, start, start + Math.max(0, batch.keyLengths[index]!))
}
