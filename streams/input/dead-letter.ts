import type { RecordBatch } from '../../kafka/client.ts'
import { keyOf, valueOf } from '../../kafka/records/record-access.ts'
import { sourceOf, type Processor } from '../../processors/processor.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { EventError } from '../../schemas/event-error.ts'
import { cutText } from '../../schemas/platform/cut-letter.ts'
import { misplacedRecords, type DeadLetter, type MisplacedRecord } from '../../schemas/platform/platform.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import type { Topic } from '../../schemas/topic.ts'
import type { Naming } from '../naming.ts'
import type { DueTimer } from '../task/timers.ts'

/** A record, identified by its batch and index. */
export interface RecordRef {
  readonly batch: RecordBatch
  readonly index: number
}

/** A record that was not folded, or a clock tick with one failed timer, and the cause. */
export interface Refused {
  readonly record: RecordRef
  readonly timer?: DueTimer | undefined
  readonly error: Pick<EventError, 'code' | 'message'>
}

/** Maximum size of the record kept in its dead letter, which must fit into its own topic. */
const LETTER_VALUE_BYTES_MAX = 7 << 20
/** Maximum size kept after the broker rejected the longer dead letter. */
const CUT_VALUE_BYTES = 16 << 10

type LetterContent = Pick<DeadLetter, 'occurredAt' | 'topic' | 'partition' | 'offset' | 'key' | 'value'>

/**
 * Returns a function that makes the dead letters of a transaction, for a processor or the sink.
 *
 * @param writtenAt when the transaction began; used for records without a timestamp
 * @param cut records whose dead letters were too large
 * @returns dead letters that name the original position and bytes of a forwarded record, which is where people look
 */
export function createDeadLetters(
  processor: Pick<Processor, 'name' | 'version'>,
  naming: Naming,
  registry: Registry,
): (refused: readonly Refused[], writtenAt: number, cut?: readonly RecordRef[]) => DeadLetter[] {
  const { name } = processor
  const forwardedTopic = naming.topic(misplacedRecords as Topic)
  const codec = codecOf(misplacedRecords, registry)
  const prefix = forwardedTopic.slice(0, forwardedTopic.length - misplacedRecords.name.length)

  function forwardedRecordOf(record: RecordRef): MisplacedRecord | undefined {
    const value = record.batch.topic === forwardedTopic ? valueOf(record.batch, record.index) : null
    try {
      return value === null ? undefined : (codec.decode(value, 0, value.length) as MisplacedRecord)
    } catch (error) {
      if (error instanceof EventError) return undefined
      throw error
    }
  }

  function contentOf(record: RecordRef, transactionAt: number): LetterContent {
    const { batch, index } = record
    const forwardedRecord = forwardedRecordOf(record)
    if (forwardedRecord === undefined) {
      const { topic, partition, offsets, timestamps } = batch
      const occurredAt = timestamps[index]! < 0 ? transactionAt : timestamps[index]!
      const place = { occurredAt, topic, partition, offset: offsets[index]! }
      return { ...place, key: keyOf(record.batch, record.index), value: valueOf(record.batch, record.index) }
    }
    const { writtenAt, topic, partition, offset, key, value } = forwardedRecord
    return { occurredAt: writtenAt, topic: prefix + topic, partition, offset, key: Buffer.from(key), value }
  }

  return (refused, writtenAt, cut = []) => {
    const ids = new Set<string>()
    return refused.map(({ record, timer, error: { code, message } }) => {
      const of = contentOf(record, writtenAt)
      const place = `${name}/${of.topic}/${of.partition}/${of.offset}`
      // Several timers of one tick may fail.
      let id = place
      for (let number = 2; ids.has(id); number++) id = `${place}/${number}`
      ids.add(id)
      const isCut = cut.some(({ batch, index }) => batch === record.batch && index === record.index)
      const key = shortened('key', of.key, CUT_VALUE_BYTES)
      const value = shortened('value', of.value, isCut ? CUT_VALUE_BYTES : LETTER_VALUE_BYTES_MAX)
      const text = [message, timerText(timer), key.text, value.text].join('')
      return {
        id,
        source: sourceOf(processor),
        processor: name,
        code,
        ...of,
        message: text,
        key: key.bytes,
        value: value.bytes,
      }
    })
  }
}

function shortened(
  what: string,
  bytes: Buffer | null,
  most: number,
): { readonly bytes: Buffer | null; readonly text: string } {
  if (bytes === null || bytes.length <= most) return { bytes, text: '' }
  return {
    bytes: bytes.subarray(0, most),
    text: cutText(what, bytes.length, most),
  }
}

function timerText(timer: DueTimer | undefined): string {
  return timer === undefined ? '' : ` It was the timer ${timer.name} of ${timer.key}, which is dropped.`
}
