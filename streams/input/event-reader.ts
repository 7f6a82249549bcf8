import type { RecordBatch } from '../../kafka/client.ts'
import { partitionOfBytes } from '../../kafka/producer/partition-of-key.ts'
import { checkEvent, EVENT_BYTES_MAX } from '../../schemas/check-event.ts'
import { codecOf, type Codec } from '../../schemas/avro/codec.ts'
import { readText } from '../../schemas/avro/quick-strings.ts'
import { EventError } from '../../schemas/event-error.ts'
import { movedRecords, type MovedRecord } from '../../schemas/platform/customer-merges.ts'
import { misplacedRecords, type MisplacedRecord } from '../../schemas/platform/platform.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import type { Envelope } from '../../schemas/avro/schema.ts'
import { keepsLatest, type Topic } from '../../schemas/topic.ts'
import { mayBeMisplaced } from './misplaced.ts'
import { renamedIn } from '../../schemas/platform/renamed-in.ts'
import { isUsableKey, KEY_BYTES_MAX } from '../state/record-key.ts'
import type { Arrival } from '../task/fold-batch.ts'

/**
 * Outcome of reading a record: an event to fold, an event in the wrong partition, a refusal with its cause, or a record
 * for other readers.
 */
export type Reading =
  | Arrival
  | Misplaced
  | MovedState
  /** `key`: that of the record, if it has one that is a text. */
  | { readonly kind: 'refused'; readonly error: EventError; readonly key: string | undefined }
  | { readonly kind: 'passed' }

/** A valid event outside its key's partition. */
export interface Misplaced extends Omit<Arrival, 'kind'> {
  readonly kind: 'misplaced'
}

/** State of a former customer, from the task that held it. */
export interface MovedState {
  readonly kind: 'moved'
  readonly partition: number
  readonly offset: number
  readonly moved: MovedRecord
}

export type EventReader = (batch: RecordBatch, index: number) => Reading

/** Returns one reader per input of a processor, whose messages have this source. */
export function createReaders(
  inputs: readonly Topic[],
  source: string,
  registry: Registry,
  partitionCountOf: (topic: Topic) => number,
): EventReader[] {
  return inputs.map((topic) =>
    topic === (misplacedRecords as Topic)
      ? createMisplacedReader(inputs, registry, partitionCountOf(topic))
      : topic === (movedRecords as Topic)
        ? createMovedReader(inputs, source, registry)
        : createEventReader(topic, registry, partitionCountOf(topic)),
  )
}

/**
 * Decodes and checks the records of a topic with `partitionCount` partitions. Keys map to partitions as with Java's
 * default partitioner.
 */
export function createEventReader(topic: Topic, registry: Registry, partitionCount: number): EventReader {
  const codec = codecOf(topic, registry)
  const isChecked = mayBeMisplaced(topic)

  const mayBeWithdrawn = topic.role === 'output' && keepsLatest(topic)

  return guarded((batch, index) => {
    const { bytes } = batch
    const length = batch.valueLengths[index]!
    if (length < 0 && mayBeWithdrawn) return { kind: 'passed' }
    const event = decoded(topic, codec, bytes, batch.valueStarts[index]!, length)
    const key = keyOf(batch, index)
    checkArrival(topic, event, key, batch.timestamps[index]!)
    const offset = batch.offsets[index]!
    const isMisplaced = isChecked && partitionOf(batch, index, partitionCount) !== batch.partition
    return { kind: isMisplaced ? 'misplaced' : 'event', topic, partition: batch.partition, offset, key, event }
  })
}

/**
 * Reads records of these topics that were forwarded, as if they had been in the right partition. Each keeps its
 * original position.
 */
function createMisplacedReader(topics: readonly Topic[], registry: Registry, partitionCount: number): EventReader {
  const codec = codecOf(misplacedRecords as Topic, registry)
  const codecs = new Map(
    topics.filter(mayBeMisplaced).map((topic) => [topic.name, { topic, codec: codecOf(topic, registry) }]),
  )

  return guarded((batch, index) => {
    const start = batch.valueStarts[index]!
    const forwarded = decoded(
      misplacedRecords as Topic,
      codec,
      batch.bytes,
      start,
      batch.valueLengths[index]!,
    ) as MisplacedRecord
    const { topicId, partition, offset, key, value, writtenAt } = forwarded
    const of = codecs.get(forwarded.topic)
    if (of === undefined) return { kind: 'passed' }
    if (key !== keyOf(batch, index) || partitionOf(batch, index, partitionCount) !== batch.partition)
      throw new EventError(
        'INVALID',
        'No processor forwarded it: its key is not its record’s, or not in its partition.',
      )
    const event = decoded(of.topic, of.codec, value, 0, value.length)
    checkArrival(of.topic, event, key, writtenAt)
    return { kind: 'event', topic: of.topic, topicId, partition, offset, key, event }
  })
}

/** Reads what the tasks of the same processor have sent of former customers; an event gets the customer's names. */
function createMovedReader(topics: readonly Topic[], source: string, registry: Registry): EventReader {
  const codec = codecOf(movedRecords as Topic, registry)
  const codecs = new Map(topics.map((topic) => [topic.name, { topic, codec: codecOf(topic, registry) }]))

  return guarded((batch, index) => {
    const start = batch.valueStarts[index]!
    const bytes = batch.valueLengths[index]!
    const moved = decoded(movedRecords as Topic, codec, batch.bytes, start, bytes) as MovedRecord
    if (moved.source !== source) return { kind: 'passed' }
    const { customerId, formerId, event: late } = moved
    if (keyOf(batch, index) !== customerId)
      throw new EventError('INVALID', 'No processor sent it: its key is not its customer.')
    if (late === null) return { kind: 'moved', partition: batch.partition, offset: batch.offsets[index]!, moved }
    const of = codecs.get(late.topic)
    if (of === undefined) return { kind: 'passed' }
    const event = renamedIn(decoded(of.topic, of.codec, late.value, 0, late.value.length), formerId, customerId)
    const { partition, offset } = late
    return { kind: 'event', topic: of.topic, partition, offset, key: customerId, event, isMoved: true }
  })
}

function guarded(read: EventReader): EventReader {
  return (batch, index) => {
    try {
      return read(batch, index)
    } catch (error) {
      const key = textKeyOf(batch, index)
      if (error instanceof EventError) return { kind: 'refused', error, key }
      // Any other error is caused by the bytes too: it would recur on every retry.
      return { kind: 'refused', error: new EventError('UNDECODABLE', `${String(error)}.`, { cause: error }), key }
    }
  }
}

function textKeyOf(batch: RecordBatch, index: number): string | undefined {
  try {
    return keyOf(batch, index) ?? undefined
  } catch {
    return undefined
  }
}

const NO_TIMESTAMP_ADVICE =
  'Let its producer set one, or set message.timestamp.type=LogAppendTime on the topic, so that the broker does.'

function readKey(bytes: Buffer, start: number, end: number): string {
  try {
    return readText(bytes, start, end)
  } catch (cause) {
    throw new EventError('NOT_UTF8', `The key has ${(cause as Error).message}.`, { cause })
  }
}

function decoded(topic: Topic, codec: Codec<unknown>, bytes: Buffer, start: number, length: number): Envelope {
  if (length < 0) throw new EventError('EMPTY', `${topic.name} takes events only.`)
  // Dead letters may be larger, since they hold records that were too large for an event.
  if (topic.role === 'input' && length > EVENT_BYTES_MAX)
    throw new EventError('TOO_LARGE', `It has ${length} bytes; ${EVENT_BYTES_MAX} are allowed.`)
  return codec.decode(bytes, start, start + length) as Envelope
}

function keyOf({ bytes, keyStarts, keyLengths }: RecordBatch, index: number): string | null {
  const start = keyStarts[index]!
  const length = keyLengths[index]!
  return length < 0 ? null : readKey(bytes, start, start + length)
}

function checkArrival(topic: Topic, event: Envelope, key: string | null, writtenAt: number): asserts key is string {
  if (topic.role === 'input') {
    if (writtenAt < 0) throw new EventError('NO_TIMESTAMP', NO_TIMESTAMP_ADVICE)
    checkEvent(topic, event, { key, writtenAt })
  }
  if (key !== null && isUsableKey(key)) return
  throw new EventError(
    'INVALID',
    `The key of ${topic.name} must have 1 to ${KEY_BYTES_MAX} bytes, no NUL character and no control character in front.`,
  )
}

/** Returns the partition that the record's key maps to. */
function partitionOf({ bytes, keyStarts, keyLengths }: RecordBatch, index: number, partitionCount: number): number {
  const start = keyStarts[index]!
  return partitionOfBytes(bytes, start, start + keyLengths[index]!, partitionCount)
}
