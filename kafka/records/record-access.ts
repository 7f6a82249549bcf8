import type { RecordBatch } from '../client.ts'

/** Returns one record's key as a view into its batch; `null` if it has none. */
export function keyOf({ bytes, keyStarts, keyLengths }: RecordBatch, index: number): Buffer | null {
  return part(bytes, keyStarts[index]!, keyLengths[index]!)
}

/** Returns one record's value as a view into its batch; `null` for a tombstone. */
export function valueOf({ bytes, valueStarts, valueLengths }: RecordBatch, index: number): Buffer | null {
  return part(bytes, valueStarts[index]!, valueLengths[index]!)
}

function part(bytes: Buffer, start: number, length: number): Buffer | null {
  return length < 0 ? null : bytes.subarray(start, start + length)
}

export interface ValueCodec<Value> {
  decode(bytes: Buffer, start: number, end: number): Value
}

/** Decodes one record's value; `null` for a tombstone. */
export function decodeValue<Value>(batch: RecordBatch, index: number, codec: ValueCodec<Value>): Value | null {
  const start = batch.valueStarts[index]!
  const length = batch.valueLengths[index]!
  return length < 0 ? null : codec.decode(batch.bytes, start, start + length)
}

/**
 * Yields the decoded values of a batch in order. Skips tombstones and undecodable values: other writers may write to
 * the topic, and one bad record must not stop the reader.
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
