import type { RecordBatch } from '../../kafka/client.ts'
import { keyOf, valueOf } from '../../kafka/records/record-access.ts'

/**
 * Changelog records to write to the store: the newest of each key, in the store's key order. In any other order, nearly
 * every record of a large state would rewrite a page of its own.
 */
export interface ChangelogPiece {
  /** Total size of the batches added. */
  readonly bytes: number
  add(batch: RecordBatch): void
  /** Yields the records in slices and empties the piece. `last` is true for the final slice. */
  slices(): Generator<{ readonly records: ChangelogRecords; readonly last: boolean }>
}

export type ChangelogRecords = Iterable<readonly [key: Buffer, value: Buffer | null]>

/** Records written in one go: some milliseconds of work, after which heartbeats and other tasks have their turn. */
const RECORDS_PER_SLICE = 2_000

export function createChangelogPiece(): ChangelogPiece {
  /** Index in `batches` and `indexes` of each key's newest record. Keys are latin1 strings, one character per byte. */
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
