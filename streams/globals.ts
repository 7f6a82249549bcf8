import { setTimeout as delay } from 'node:timers/promises'
import type { KafkaClient, RecordBatch } from '../kafka/client.ts'
import { decodeValue } from '../kafka/record-access.ts'
import type { Globals, Model, Processor } from '../processors/processor.ts'
import { codecOf } from '../schemas/codec.ts'
import { readText } from '../schemas/quick-strings.ts'
import { dictionaries, type Dictionary } from '../schemas/dictionary.ts'
import { policies, type Policy } from '../schemas/policies.ts'
import { releases, type Release } from '../schemas/releases.ts'
import { thresholds, type Threshold } from '../schemas/thresholds.ts'
import type { Registry } from '../schemas/registry.ts'
import type { Topic } from '../schemas/topic.ts'
import type { Health } from './health.ts'
import type { Log } from './log.ts'
import type { Naming } from './naming.ts'
import { idsOf } from './replaced-topics.ts'

const PIECE = 'Following the global topics'
const BACK_OFF_MS = 3_000

/** One version of all globals: it holds for a whole transaction. */
export interface GlobalsVersion extends Globals {
  /** How far each global topic had been read. */
  readonly positions: readonly { readonly topic: string; readonly offset: number }[]
  /** Names the versions of what a processor's published decisions rest on; another name asks for a sweep. */
  decidedUnder(processor: Processor): string
}

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
  /** Turns a release into a model, from its artefact. */
  readonly loadModel: (release: Release) => Model
  readonly log: Log
  /** Called after each change, between transactions of whoever reads. */
  readonly onChange?: () => void
  /** Is told while the globals can't be followed, and what is in force may be stale. */
  readonly health?: Health
}

export interface Tables {
  readonly models: ReadonlyMap<string, Model>
  readonly policies: ReadonlyMap<string, Policy>
  readonly thresholds: ReadonlyMap<string, Threshold>
  readonly dictionaries: ReadonlyMap<string, Dictionary>
}

/** How one global topic changes the tables. A key with `null` is withdrawn. */
export interface GlobalTopic {
  readonly topic: Topic
  apply(tables: Tables, key: string, event: unknown): Tables
}

export const emptyTables: Tables = { models: new Map(), policies: new Map(), thresholds: new Map(), dictionaries: new Map() }

export async function openGlobals(options: GlobalsReaderOptions): Promise<GlobalsReader> {
  const { client, naming, registry, log } = options
  const topics = globalTopics(options)
  const names = topics.map(({ topic }) => naming.topic(topic))
  const fetcher = client.fetcher({ bufferedBytesMax: 8 << 20 })
  const closing = new AbortController()
  /** Where each topic goes on after a failure. */
  const next = new Map<string, number>()
  let topicIds: ReadonlyMap<string, string> = new Map()
  let heardAt = 0
  let tables = emptyTables
  let current: GlobalsVersion

  function take(): boolean {
    let changed = false
    for (const global of topics) {
      const codec = codecOf(global.topic, registry)
      for (;;) {
        const batch = fetcher.take(naming.topic(global.topic), 0)
        if (batch === undefined) break
        for (let index = 0; index < batch.count; index++) {
          try {
            tables = global.apply(tables, keyOf(batch, index), decodeValue(batch, index, codec))
            changed = true
          } catch (error) {
            // What can't be read can't take the place of what is in force.
            log(
              'error',
              `${naming.topic(global.topic)} at offset ${batch.offsets[index]}: ${String(error)} The former version stays in force.`,
            )
          }
        }
      }
    }
    for (const name of names) next.set(name, fetcher.position(name, 0))
    const positions = topics.map(({ topic }) => ({ topic: topic.name, offset: next.get(naming.topic(topic))! }))
    current = globalsVersion(tables, positions)
    return changed
  }

  /** Goes on where reading had come to, at first at the beginning. A topic that was made anew meanwhile is an error. */
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
          `The global topics can’t be followed, and what is in force may be stale. They are tried again: ${String(error)}`,
        )
        await delay(BACK_OFF_MS, undefined, { signal: closing.signal }).catch(() => {})
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

/** How each global topic changes the tables; a release is turned into a model once for each time that it is applied. */
export function globalTopics({ loadModel }: Pick<GlobalsReaderOptions, 'loadModel'>): readonly GlobalTopic[] {
  return [
    {
      topic: releases,
      apply: (tables, key, release) => ({
        ...tables,
        models: changed(tables.models, key, release === null ? null : loadModel(release as Release)),
      }),
    },
    {
      topic: policies,
      apply: (tables, key, policy) => ({ ...tables, policies: changed(tables.policies, key, policy as Policy | null) }),
    },
    {
      topic: thresholds,
      apply: (tables, key, threshold) => ({
        ...tables,
        thresholds: changed(tables.thresholds, key, threshold as Threshold | null),
      }),
    },
    {
      topic: dictionaries,
      apply: (tables, key, dictionary) => ({
        ...tables,
        dictionaries: changed(tables.dictionaries, key, dictionary as Dictionary | null),
      }),
    },
  ]
}

function changed<Value>(table: ReadonlyMap<string, Value>, key: string, value: Value | null): ReadonlyMap<string, Value> {
  const copy = new Map(table)
  if (value === null) copy.delete(key)
  else copy.set(key, value)
  return copy
}

export function globalsVersion(tables: Tables, positions: GlobalsVersion['positions']): GlobalsVersion {
  return {
    model: (task) => tables.models.get(task),
    policy: (name) => tables.policies.get(name),
    threshold: (task) => tables.thresholds.get(task),
    dictionary: (name) => tables.dictionaries.get(name),
    positions,
    decidedUnder({ sweepOn }) {
      const model = sweepOn?.release === undefined ? undefined : tables.models.get(sweepOn.release)?.id
      const policy = sweepOn?.policy === undefined ? undefined : tables.policies.get(sweepOn.policy)?.version
      const threshold = sweepOn?.threshold === undefined ? undefined : tables.thresholds.get(sweepOn.threshold)?.version
      const name = `${model ?? '-'}/${policy ?? '-'}/${threshold ?? '-'}`
      // Nobody else's name changes: it would ask for a sweep.
      if (sweepOn?.dictionary === undefined) return name
      return `${name}/${tables.dictionaries.get(sweepOn.dictionary)?.version ?? '-'}`
    },
  }
}

/** Throws `NotUtf8Error`. */
export function keyOf(batch: RecordBatch, index: number): string {
  const start = batch.keyStarts[index]!
  return readText(batch.bytes, start, start + Math.max(0, batch.keyLengths[index]!))
}
