import type { KafkaClient, RecordBatch } from '../../kafka/client.ts'
import { decodeValue } from '../../kafka/records/record-access.ts'
import type { Model, Processor } from '../../processors/processor.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { readText } from '../../schemas/avro/quick-strings.ts'
import type { Release } from '../../schemas/models/releases.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import { emptyTables, globalsVersion, globalTopicsOf, withRecord, type GlobalsVersion } from './global-tables.ts'
import type { Health } from '../health.ts'
import type { Log } from '../log.ts'
import type { Naming } from '../naming.ts'
import { idsOf } from '../input/replaced-topics.ts'
import { pause } from '../task/loop.ts'

const PIECE = 'Following the global topics'
const BACK_OFF_MS = 3_000

/** Keeps the newest globals. It has read every global topic to its end before it is handed out. */
export interface GlobalsReader {
  current(): GlobalsVersion
  /** The incarnations of the global topics that are read, by name. */
  topicIds(): ReadonlyMap<string, string>
  /** The moment, in ms since the epoch, up to which nothing can be missing. */
  asOf(): number
  close(): Promise<void>
}

export interface GlobalsReaderOptions {
  readonly client: KafkaClient
  readonly naming: Naming
  readonly registry: Registry
  /** Whose tables are read. */
  readonly processors: readonly Processor[]
  /** Turns a release into a model, from its artefact. */
  readonly loadModel: (release: Release) => Model
  readonly log: Log
  /** Called after each change, between transactions of the reader. */
  readonly onChange?: () => void
  /** Receives a failure while the globals can’t be followed and the current versions may be stale. */
  readonly health?: Health
}

export async function openGlobals(options: GlobalsReaderOptions): Promise<GlobalsReader> {
  const { client, naming, registry, log } = options
  const topics = globalTopicsOf(options.processors)
  const names = topics.map((topic) => naming.topic(topic))
  const fetcher = client.fetcher({ bufferedBytesMax: 8 << 20 })
  const closing = new AbortController()
  /** Where each topic goes on after a failure. */
  const next = new Map<string, number>()
  let topicIds: ReadonlyMap<string, string> = new Map()
  let heardAt = 0
  let tables = emptyTables(topics)
  let current: GlobalsVersion

  function take(): boolean {
    let changed = false
    for (const topic of topics) {
      const codec = codecOf(topic, registry)
      for (;;) {
        const batch = fetcher.take(naming.topic(topic), 0)
        if (batch === undefined) break
        for (let index = 0; index < batch.count; index++) {
          try {
            tables = withRecord(tables, topic, keyOf(batch, index), decodeValue(batch, index, codec), options.loadModel)
            changed = true
          } catch (error) {
            // A record that can’t be read does not replace the current version.
            log(
              'error',
              `${naming.topic(topic)} at offset ${batch.offsets[index]}: ${String(error)} The former version stays current.`,
            )
          }
        }
      }
    }
    for (const name of names) next.set(name, fetcher.position(name, 0))
    const positions = topics.map((topic) => ({ topic: topic.name, offset: next.get(naming.topic(topic))! }))
    current = globalsVersion(tables, positions)
    return changed
  }

  /** Continues from the last position, at first from the beginning. A topic recreated meanwhile is an error. */
  async function readToEnd(): Promise<boolean> {
    topicIds = topicIds.size > 0 ? topicIds : idsOf(names, await client.describeTopics(names))
    const ends = new Map<string, number>()
    for (const topic of names) {
      const at = { topic, partition: 0 }
      const earliest = await client.listOffset(at, 'earliest')
      ends.set(topic, await client.listOffset(at, 'latest_stable'))
      await fetcher.assign(at, Math.max(next.get(topic) ?? 0, earliest), topicIds.get(topic))
    }
    let changed = take()
    while ([...ends].some(([topic, end]) => fetcher.position(topic, 0) < end)) {
      await fetcher.wait(1_000)
      changed = take() || changed
    }
    return changed
  }

  async function follow(): Promise<void> {
    for (;;) {
      await fetcher.wait(1_000)
      if (take()) options.onChange?.()
      for (const topic of names) {
        const failing = fetcher.failing(topic, 0)
        if (failing !== undefined) throw failing
      }
      heardAt = Math.min(...names.map((topic) => fetcher.heardAt(topic, 0) ?? heardAt))
      if (names.every((topic) => fetcher.heardAt(topic, 0) !== undefined)) options.health?.worked(PIECE)
    }
  }

  await readToEnd().catch(async (error: unknown) => {
    await fetcher.close()
    throw error
  })
  heardAt = Date.now()

  const following = (async () => {
    for (let failed = false; !closing.signal.aborted; failed = true) {
      try {
        if (failed && (await readToEnd())) options.onChange?.()
        await follow()
      } catch (error) {
        if (closing.signal.aborted) return
        options.health?.failed(PIECE, error)
        log(
          'error',
          `Can’t read the global topics, so that current settings may be stale. Trying again: ${String(error)}`,
        )
        await pause(BACK_OFF_MS, closing.signal)
      }
    }
  })()

  return {
    current: () => current,
    topicIds: () => topicIds,
    asOf: () => heardAt,
    async close() {
      closing.abort()
      await fetcher.close()
      await following
    },
  }
}

/** Throws `NotUtf8Error`. */
export function keyOf(batch: RecordBatch, index: number): string {
  const start = batch.keyStarts[index]!
  return readText(batch.bytes, start, start + Math.max(0, batch.keyLengths[index]!))
}
