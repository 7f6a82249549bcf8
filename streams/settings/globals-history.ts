import type { KafkaClient } from '../../kafka/client.ts'
import { decodeValue } from '../../kafka/records/record-access.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import { emptyTables, globalsVersion, globalTopicsOf, withRecord, type GlobalsVersion } from './global-tables.ts'
import { keyOf, type GlobalsReaderOptions } from './globals.ts'
import type { Naming } from '../naming.ts'
import { readTopicPartition } from '../input/read-partition.ts'
import { codecOf } from '../../schemas/avro/codec.ts'

/** The globals as they were. */
export interface GlobalsHistory {
  /** As a transaction saw them that had read each global topic so far. */
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
  /** `undefined`: it could not be read then, and cannot now. */
  readonly value: unknown
}

/**
 * Reads every change that the global topics still hold. What compaction has taken away is as if it had never been: what
 * rested on it differs.
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
            tables = readOrSkip(() => withRecord(tables, topic, key, value, loadModel)) ?? tables
        }
      }
      known = { name, version: globalsVersion(tables, positions) }
      return known.version
    },
  }
}

/** An unreadable change was not applied: the former version stayed current. */
function readOrSkip<Value>(read: () => Value): Value | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
