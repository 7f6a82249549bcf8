import type { RecordBatch } from '../client.ts'

/** One record's key as a view into its batch; `null`: it has none. */
export function keyOf({ bytes, keyStarts, keyLengths }: RecordBatch, index: number): Buffer | null {
  return part(bytes, keyStarts[index]!, keyLengths[index]!)
}

/** One record's value as a view into its batch; `null`: a tombstone. */
export function valueOf({ bytes, valueStarts, valueLengths }: RecordBatch, index: number): Buffer | null {
  return part(bytes, valueStarts[index]!, valueLengths[index]!)
}

function part(bytes: Buffer, start: number, length: number): Buffer | null {
  return length < 0 ? null : bytes.subarray(start, start + length)
}

export interface ValueCodec<Value> {
  decode(bytes: Buffer, start: number, end: number): Value
}

/** One record's value, decoded; `null`: a tombstone. */
export function decodeValue<Value>(batch: RecordBatch, index: number, codec: ValueCodec<Value>): Value | null {
  const start = batch.valueStarts[index]!
  const length = batch.valueLengths[index]!
  return length < 0 ? null : codec.decode(batch.bytes, start, start + length)
}

/**
 * The decoded values of a batch in their order, without tombstones and without what can't be decoded: anybody may write
 * to a topic, and one such record must not end the reading.
 */
export function* valuesOf<Value>(batch: RecordBatch, codec: ValueCodec<Value>): Generator<Value, void> {
  for (let index = 0; index < batch.count; index++) {
    const value = readOrSkip(batch, index, codec)
    if (value !== null) yield value
  }
}

function readOrSkip<Value>(batch: RecordBatch, index: number, codec: ValueCodec<Value>): Value | null {
  try {
    return decodeValue(batch, index, codec)
  } catch {
    return null
  }
}
