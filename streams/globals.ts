import type { KafkaClient, RecordBatch } from '../kafka/client.ts'
import type { Globals, Model, Processor } from '../processors/processor.ts'
import { codecOf } from '../schemas/codec.ts'
import { readText } from '../schemas/quick-strings.ts'
import { dictionaries, type Dictionary } from '../schemas/dictionary.ts'
import { policies, releases, thresholds, type Policy, type Release, type Threshold } from '../schemas/globals.ts'
import type { Registry } from '../schemas/registry.ts'
import type { Topic } from '../schemas/topic.ts'
import type { Log } from './log.ts'
import type { Naming } from './naming.ts'

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
  /** The globals can't be followed any more; what is in force grows stale. */
  readonly onFatal?: (error: Error) => void
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
  const fetcher = client.fetcher({ bufferedBytesMax: 8 << 20 })
  let tables = emptyTables
  let current: GlobalsVersion
  let closed = false

  function take(): boolean {
    let changed = false
    for (const global of topics) {
      const codec = codecOf(global.topic, registry)
      for (;;) {
        const batch = fetcher.take(naming.topic(global.topic), 0)
        if (batch === undefined) break
        for (let index = 0; index < batch.count; index++) {
          try {
            const value =
              batch.valueLengths[index]! < 0 ? null : codec.decode(batch.bytes, batch.valueStarts[index]!, endOf(batch, index))
            tables = global.apply(tables, keyOf(batch, index), value)
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
    const positions = topics.map(({ topic }) => ({ topic: topic.name, offset: fetcher.position(naming.topic(topic), 0) }))
    current = globalsVersion(tables, positions)
    return changed
  }

  const ends = new Map<string, number>()
  for (const { topic } of topics) {
    const partition = { topic: naming.topic(topic), partition: 0 }
    ends.set(partition.topic, await client.listOffset(partition, 'latest_stable'))
    await fetcher.assign(partition, 'earliest')
  }
  take()
  while ([...ends].some(([topic, end]) => fetcher.position(topic, 0) < end)) {
    await fetcher.wait(1_000)
    take()
  }

  const following = (async () => {
    while (!closed) {
      await fetcher.wait(1_000)
      if (!closed && take()) options.onChange?.()
    }
  })().catch((error: unknown) => {
    if (closed) return
    log('error', `The global topics can no longer be followed: ${String(error)}`)
    options.onFatal?.(error as Error)
  })

  return {
    current: () => current,
    async close() {
      closed = true
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

function endOf(batch: RecordBatch, index: number): number {
  return batch.valueStarts[index]! + batch.valueLengths[index]!
}
