import type { Header } from '../client.ts'
import { layout } from './record-batch-layout.ts'
import { varintLength } from './varint.ts'

/** Size in bytes of a length-prefixed key or value, which may be null. */
export function sizedLength(content: Uint8Array | null): number {
  return content === null ? 1 : varintLength(content.byteLength) + content.byteLength
}

/** Size in bytes of a record’s headers, including their count. */
export function headersLength(headers: readonly Header[] | undefined): number {
  if (headers === undefined) return 1
  let length = varintLength(headers.length)
  for (const { key, value } of headers) {
    const keyBytes = Buffer.byteLength(key)
    length += varintLength(keyBytes) + keyBytes + sizedLength(value)
  }
  return length
}

/** Upper bound for the fields of a record beside key, value and headers: lengths, deltas and attributes. */
export const recordOverheadBytesMax = 40

/** Upper bound of the bytes that a record adds to a batch, at any position in it. */
export function recordBytesMax(
  key: Uint8Array | null,
  value: Uint8Array | null,
  headers: readonly Header[] = [],
): number {
  let bytes = recordOverheadBytesMax + (key?.byteLength ?? 0) + (value?.byteLength ?? 0)
  for (const header of headers) bytes += 3 * header.key.length + (header.value?.byteLength ?? 0) + 10
  return bytes
}

/** Size in bytes of a batch that contains only this record. */
export function loneBatchBytes(key: Uint8Array | null, value: Uint8Array | null, headers?: readonly Header[]): number {
  const length = 3 + sizedLength(key) + sizedLength(value) + headersLength(headers)
  return layout.records + varintLength(length) + length
}
