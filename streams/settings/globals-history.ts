import type { KafkaClient } from '../../kafka/client.ts'
import { decodeValue } from '../../kafka/records/record-access.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import { emptyTables, globalsVersion, globalTopicsOf, withRecord, type GlobalsVersion } from './global-tables.ts'
import { keyOf, type GlobalsReaderOptions } from './globals.ts'
import type { Naming } from '../naming.ts'
import { readTopicPartition } from '../input/read-partition.ts'
import { codecOf } from '../../schemas/avro/codec.ts'

/** Earlier versions of the globals. */
export interface GlobalsHistory {
  /** Returns the globals as a transaction saw them that had read the global topics up to these positions. */
  at(positions: GlobalsVersion['positions']): GlobalsVersion
}

export interface GlobalsHistoryOptions extends Pick<GlobalsReaderOptions, 'loadModel' | 'processors'> {
  readonly client: KafkaClient
  readonly naming: Naming
  readonly registry: Registry
}

interface Change {
  readonly offset: number
  readonly key: string
  /** `undefined` if the value could not be read. */
  readonly value: unknown
}

/**
 * Reads every change that the global topics still hold. Compacted versions are missing, so replayed decisions that
 * depended on them differ.
 */
export async function openGlobalsHistory(options: GlobalsHistoryOptions): Promise<GlobalsHistory> {
  const { client, naming, registry, loadModel } = options
  const topics = globalTopicsOf(options.processors)
  const changes = new Map<string, Change[]>()
  for (const topic of topics) {
    const codec = codecOf(topic, registry)
    const list: Change[] = []
    for await (const { batch, index } of readTopicPartition(client, { topic: naming.topic(topic), partition: 0 })) {
      const key = readOrSkip(() => keyOf(batch, index))
      if (key === undefined) continue
      list.push({ offset: batch.offsets[index]!, key, value: readOrSkip(() => decodeValue(batch, index, codec)) })
    }
    changes.set(topic.name, list)
  }
  let known: { readonly name: string; readonly version: GlobalsVersion } | undefined

  return {
    at(positions) {
      const name = JSON.stringify(positions)
      if (known?.name === name) return known.version
      let tables = emptyTables(topics)
      for (const topic of topics) {
        const end = positions.find((position) => position.topic === topic.name)?.offset ?? 0
        for (const { offset, key, value } of changes.get(topic.name)!) {
          if (offset < end && value !== undefined)
            tables = readOrSkip(() => withRecord(tables, topic, key, value, loadModel, offset)) ?? tables
        }
      }
      known = { name, version: globalsVersion(tables, positions) }
      return known.version
    },
  }
}

/** Returns `undefined` for an unreadable change: it was not applied at the time either. */
function readOrSkip<Value>(read: () => Value): Value | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
