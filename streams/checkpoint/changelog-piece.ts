import type { RecordBatch } from '../../kafka/client.ts'
import { keyOf, valueOf } from '../../kafka/records/record-access.ts'

/**
 * Changelog records on their way to the store: the newest of each key, in the order of the store. Written in any other
 * order, nearly every record of a large state would rewrite a page of its own.
 */
export interface ChangelogPiece {
  /** Of the batches in it. */
  readonly bytes: number
  add(batch: RecordBatch): void
  /** The records, a few at a time, each with `true` behind the last of them. Empties the piece. */
  slices(): Generator<{ readonly records: ChangelogRecords; readonly last: boolean }>
}

export type ChangelogRecords = Iterable<readonly [key: Buffer, value: Buffer | null]>

/** Written in one go: some milliseconds, after which heartbeats and other tasks have their turn. */
const RECORDS_PER_SLICE = 2_000

export function createChangelogPiece(): ChangelogPiece {
  /** By key, as text of a byte each: where its newest record is in the two lists. */
  let places = new Map<string, number>()
  let batches: RecordBatch[] = []
  let indexes: number[] = []
  let bytes = 0

  return {
    get bytes() {
      return bytes
    },
    add(batch) {
      bytes += batch.bytes.length
      for (let index = 0; index < batch.count; index++) {
        const start = batch.keyStarts[index]!
        places.set(batch.bytes.toString('latin1', start, start + batch.keyLengths[index]!), batches.length)
        batches.push(batch)
        indexes.push(index)
      }
    },
    *slices() {
      const [ofKey, inBatches, atIndexes] = [places, batches, indexes]
      const keys = [...ofKey.keys()].sort()
      places = new Map()
      batches = []
      indexes = []
      bytes = 0
      let from = 0
      do {
        const some = keys.slice(from, (from += RECORDS_PER_SLICE))
        yield { records: recordsOf(some), last: from >= keys.length }
      } while (from < keys.length)

      function* recordsOf(some: readonly string[]): ChangelogRecords {
        for (const key of some) {
          const place = ofKey.get(key)!
          const [batch, index] = [inBatches[place]!, atIndexes[place]!]
          yield [keyOf(batch, index)!, valueOf(batch, index)]
        }
      }
    },
  }
}
