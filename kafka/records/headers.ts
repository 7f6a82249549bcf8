import type { Header, RecordBatch } from '../client.ts'
import { KafkaError } from '../errors.ts'
import { ByteCursor } from './varint.ts'

/** Reads the headers of one record. Values are views into the batch. */
export function headersOf(batch: RecordBatch, index: number): Header[] {
  const cursor = new ByteCursor(batch.bytes, batch.headerStarts[index]!)
  const headers: Header[] = []
  for (let left = cursor.readVarint(); left > 0; left--) {
    const key = take(cursor)
    headers.push({ key: key?.toString() ?? '', value: take(cursor) })
    // Otherwise a wrong header count would fill the memory with empty headers.
    if (cursor.position > batch.bytes.length) {
      const where = `${batch.topic}-${batch.partition} at offset ${batch.offsets[index]}`
      throw new KafkaError(
        `${where}: headers reach beyond their batch: fix its producer`,
        'CORRUPT_MESSAGE',
        'abortable',
      )
    }
  }
  return headers
}

function take(cursor: ByteCursor): Buffer | null {
  const length = cursor.readVarint()
  if (length < 0) return null
  const start = cursor.position
  cursor.position += length
  return cursor.bytes.subarray(start, start + length)
}
