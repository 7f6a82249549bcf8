import type { Header, RecordBatch } from '../../kafka/client.ts'
import { headersOf } from '../../kafka/records/headers.ts'

export interface ReadRecord {
  readonly offset: number
  readonly timestampMs: number
  readonly key: string | null
  readonly value: string | null
  readonly headers: readonly { readonly key: string; readonly value: string | null }[]
}

/** Returns the records of a batch as objects, with bytes as base64, so that comparisons show all of them. */
export function recordsOf(batch: RecordBatch): ReadRecord[] {
  return Array.from({ length: batch.count }, (_, i) => ({
    offset: batch.offsets[i]!,
    timestampMs: batch.timestamps[i]!,
    key: cut(batch.bytes, batch.keyStarts[i]!, batch.keyLengths[i]!),
    value: cut(batch.bytes, batch.valueStarts[i]!, batch.valueLengths[i]!),
    headers: headersOf(batch, i).map(encodeHeader),
  }))
}

export function encodeHeader({ key, value }: Header): { key: string; value: string | null } {
  return { key, value: encode(value) }
}

export function encode(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : Buffer.from(bytes).toString('base64')
}

/** Returns the values of a batch as text. */
export function valuesOf({ bytes, count, valueStarts, valueLengths }: RecordBatch): string[] {
  return Array.from({ length: count }, (_, i) =>
    bytes.toString('utf8', valueStarts[i], valueStarts[i]! + valueLengths[i]!),
  )
}

function cut(bytes: Buffer, start: number, length: number): string | null {
  return length < 0 ? null : bytes.toString('base64', start, start + length)
}
