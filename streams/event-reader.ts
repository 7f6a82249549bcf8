import type { RecordBatch } from '../kafka/client.ts'
import { partitionOfBytes } from '../kafka/partition-of-key.ts'
import { checkEvent, EVENT_BYTES_MAX } from '../schemas/check-event.ts'
import { codecOf } from '../schemas/codec.ts'
import { readText } from '../schemas/quick-strings.ts'
import { clock } from '../schemas/contact-centre.ts'
import { EventError } from '../schemas/event-error.ts'
import type { Registry } from '../schemas/registry.ts'
import type { Envelope } from '../schemas/schema.ts'
import type { Topic } from '../schemas/topic.ts'
import { isUsableKey, KEY_BYTES_MAX } from './record-key.ts'
import type { Arrival } from './round.ts'

/** A record as it came: an event to fold, an event that belongs to another partition, or a refusal with its cause. */
export type Reading =
  Arrival | { readonly kind: 'misplaced'; readonly partition: number } | { readonly kind: 'refused'; readonly error: EventError }

export type EventReader = (batch: RecordBatch, index: number) => Reading

/** Decodes and checks the records of one topic. `partitionCount` is the topic's: a key decides its partition as Java's default partitioner does. */
export function createEventReader(topic: Topic, registry: Registry, partitionCount: number): EventReader {
  const codec = codecOf(topic, registry)
  const fromOutside = topic.role === 'input'
  const keyed = topic !== (clock as Topic)

  return (batch, index) => {
    try {
      const { bytes } = batch
      const length = batch.valueLengths[index]!
      if (length < 0) throw new EventError('EMPTY', `${topic.name} takes events only.`)
      // A dead letter holds whatever was too large for an event.
      if (fromOutside && length > EVENT_BYTES_MAX)
        throw new EventError('TOO_LARGE', `It has ${length} bytes; ${EVENT_BYTES_MAX} are allowed.`)
      const start = batch.valueStarts[index]!
      const event = codec.decode(bytes, start, start + length) as Envelope
      const keyStart = batch.keyStarts[index]!
      const keyLength = batch.keyLengths[index]!
      const key = keyLength < 0 ? null : readKey(bytes, keyStart, keyStart + keyLength)
      if (fromOutside) {
        const writtenAt = batch.timestamps[index]!
        if (writtenAt < 0) throw new EventError('NO_TIMESTAMP', NO_TIMESTAMP_ADVICE)
        checkEvent(topic, event, { key, writtenAt })
      }
      if (key === null || !isUsableKey(key)) {
        throw new EventError(
          'INVALID',
          `The key of ${topic.name} must have 1 to ${KEY_BYTES_MAX} bytes, no NUL character and no control character in front.`,
        )
      }
      if (fromOutside && keyed) {
        const partition = partitionOfBytes(bytes, keyStart, keyStart + keyLength, partitionCount)
        if (partition !== batch.partition) return { kind: 'misplaced', partition }
      }
      return { kind: 'event', topic, partition: batch.partition, offset: batch.offsets[index]!, key, event }
    } catch (error) {
      if (error instanceof EventError) return { kind: 'refused', error }
      // Whatever else goes wrong here is in the bytes as well: it would go wrong again, and the records before it are not to blame.
      return { kind: 'refused', error: new EventError('UNDECODABLE', `${String(error)}.`, { cause: error }) }
    }
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
