import type { Kind } from '../processors/processor.ts'
import { recordCodec } from '../schemas/codec.ts'

/** A record's value as bytes and back: Float64 slots as they lie in memory (little endian), Avro for the rest. */
export interface StateCodec<T = unknown> {
  /** Bytes that are the caller's. */
  encode(value: T): Buffer
  /** The same bytes for who copies them at once: they change with the next call for any record. */
  encodeShared(value: T): Buffer
  /** The value owns its memory: changing it leaves the bytes as they are. */
  decode(bytes: Buffer): T
}

const slotsCodec: StateCodec<Float64Array> = {
  encode: (slots) => Buffer.from(sharedBytes(slots)),
  encodeShared: sharedBytes,
  decode(bytes) {
    const slots = new Float64Array(bytes.length >>> 3)
    new Uint8Array(slots.buffer).set(bytes)
    return slots
  },
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

export function stateCodec<T>(kind: Kind<T>): StateCodec<T> {
  if (kind.schema === undefined) return slotsCodec as unknown as StateCodec<T>
  const { encode, decode } = recordCodec(kind.schema)
  return { encode, encodeShared: encode, decode }
}
