import type { RecordCodec } from '../../schemas/avro/record-codec.ts'
import { StateFormatError } from './state-format-error.ts'

/** A record's value as bytes and back: Float64 slots as they lie in memory (little endian), Avro for the rest. */
export interface StateCodec<T = unknown> {
  /** Bytes that are the caller's. */
  encode(value: T): Buffer
  /** The same bytes for who copies them at once: they change with the next call for any record. */
  encodeShared(value: T): Buffer
  /** The value owns its memory: changing it leaves the bytes as they are. */
  decode(bytes: Buffer): T
}

/** @param count how many numbers a record has; 0: as many as there are */
export function slotsCodec(name: string, count: number): StateCodec<Float64Array> {
  return {
    encode: (slots) => Buffer.from(sharedBytes(slots)),
    encodeShared: sharedBytes,
    decode(bytes) {
      if (bytes.length !== (count || bytes.length >>> 3) << 3)
        throw new StateFormatError(
          `A record ${name} of the state has ${bytes.length} bytes, and should be ${count || 'some'} numbers.`,
        )
      const slots = new Float64Array(bytes.length >>> 3)
      new Uint8Array(slots.buffer).set(bytes)
      return slots
    },
  }
}

export function avroCodec<T>(name: string, { encode, decode }: RecordCodec<T>): StateCodec<T> {
  return {
    encode,
    encodeShared: encode,
    decode(bytes) {
      try {
        return decode(bytes)
      } catch (cause) {
        throw new StateFormatError(`A record ${name} of the state can’t be read: ${(cause as Error).message}`, {
          cause,
        })
      }
    },
  }
}

interface SharedSlots {
  readonly slots: Float64Array
  readonly bytes: Buffer
}

/** By number of slots: a view costs more to make than the numbers to copy. */
const shared: (SharedSlots | undefined)[] = []

function sharedBytes(slots: Float64Array): Buffer {
  let place = shared[slots.length]
  if (place === undefined) {
    const own = new Float64Array(slots.length)
    place = { slots: own, bytes: Buffer.from(own.buffer) }
    if (slots.length <= 1_024) shared[slots.length] = place
  }
  place.slots.set(slots)
  return place.bytes
}
