import type { Kind } from '../processors/processor.ts'
import { recordCodec } from '../schemas/codec.ts'

/** A record's value as bytes and back: Float64 slots as they lie in memory (little endian), Avro for the rest. */
export interface StateCodec<T = unknown> {
  encode(value: T): Buffer
  /** The value owns its memory: changing it leaves the bytes as they are. */
  decode(bytes: Buffer): T
}

const slotsCodec: StateCodec<Float64Array> = {
  encode(slots) {
    const bytes = Buffer.allocUnsafe(slots.byteLength)
    bytes.set(new Uint8Array(slots.buffer, slots.byteOffset, slots.byteLength))
    return bytes
  },
  decode(bytes) {
    const slots = new Float64Array(bytes.length >>> 3)
    new Uint8Array(slots.buffer).set(bytes)
    return slots
  },
}

export function stateCodec<T>(kind: Kind<T>): StateCodec<T> {
  return kind.schema === undefined ? (slotsCodec as unknown as StateCodec<T>) : recordCodec(kind.schema)
}
