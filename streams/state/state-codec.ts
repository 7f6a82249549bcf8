import type { RecordCodec } from '../../schemas/avro/record-codec.ts'
import { StateFormatError } from './state-format-error.ts'

/** Encodes and decodes a record's value: Float64 slots as in memory (little-endian), Avro for the rest. */
export interface StateCodec<T = unknown> {
  /** Returns bytes that the caller owns. */
  encode(value: T): Buffer
  /** Returns bytes that must be copied immediately: the next call for any record overwrites them. */
  encodeShared(value: T): Buffer
  /** Returns a value that does not share memory with the bytes. */
  decode(bytes: Buffer): T
}

/** @param count numbers per record; 0 if variable */
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

/** Shared buffers by number of slots: creating a view costs more than copying the numbers. */
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
