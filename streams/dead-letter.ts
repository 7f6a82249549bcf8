import type { RecordBatch } from '../kafka/client.ts'
import { sourceOf, type Processor } from '../processors/processor.ts'
import { codecOf } from '../schemas/codec.ts'
import { EventError } from '../schemas/event-error.ts'
import { misplacedRecords, type DeadLetter, type MisplacedRecord } from '../schemas/platform.ts'
import type { Registry } from '../schemas/registry.ts'
import type { Topic } from '../schemas/topic.ts'
import type { Naming } from './naming.ts'

/** One record by its place in its batch. */
export interface TakenRecord {
  readonly batch: RecordBatch
  readonly index: number
}

/** A record that became no part of the state, with the cause. */
export interface Refused {
  readonly record: TakenRecord
  readonly error: EventError
}

type Letter = Pick<DeadLetter, 'occurredAt' | 'topic' | 'partition' | 'offset' | 'key' | 'value'>

/**
 * Makes dead letters of a processor. `writtenAt`: when the transaction began, which stands for the time of a record that has none. Of a record that was sent on, place and bytes are those of where it stands: there people
 * look for it.
 */
export function createLetters(
  processor: Processor,
  naming: Naming,
  registry: Registry,
): (refused: Refused, writtenAt: number) => DeadLetter {
  const { name } = processor
  const sentOn = naming.topic(misplacedRecords as Topic)
  const codec = codecOf(misplacedRecords, registry)
  const prefix = sentOn.slice(0, sentOn.length - misplacedRecords.name.length)

  function withinOf(record: TakenRecord): MisplacedRecord | undefined {
    const value = record.batch.topic === sentOn ? valueBytes(record) : null
    try {
      return value === null ? undefined : (codec.decode(value, 0, value.length) as MisplacedRecord)
    } catch (error) {
      if (error instanceof EventError) return undefined
      throw error
    }
  }

  function letter(record: TakenRecord, transactionAt: number): Letter {
    const { batch, index } = record
    const within = withinOf(record)
    if (within === undefined) {
      const { topic, partition, offsets, timestamps } = batch
      const occurredAt = timestamps[index]! < 0 ? transactionAt : timestamps[index]!
      const place = { occurredAt, topic, partition, offset: offsets[index]! }
      return { ...place, key: keyBytes(record), value: valueBytes(record) }
    }
    const { writtenAt, topic, partition, offset, key, value } = within
    return { occurredAt: writtenAt, topic: prefix + topic, partition, offset, key: Buffer.from(key), value }
  }

  return ({ record, error: { code, message } }, writtenAt) => {
    const of = letter(record, writtenAt)
    const id = `${name}/${of.topic}/${of.partition}/${of.offset}`
    return { id, source: sourceOf(processor), processor: name, code, message, ...of }
  }
}

function keyBytes({ batch, index }: TakenRecord): Buffer | null {
  const start = batch.keyStarts[index]!
  const length = batch.keyLengths[index]!
  return length < 0 ? null : batch.bytes.subarray(start, start + length)
}

export function valueBytes({ batch, index }: TakenRecord): Buffer | null {
  const start = batch.valueStarts[index]!
  const length = batch.valueLengths[index]!
  return length < 0 ? null : batch.bytes.subarray(start, start + length)
}
