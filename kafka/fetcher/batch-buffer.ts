import type { RecordBatch } from '../client.ts'

/** Queue of fetched batches that are not consumed yet. */
export interface BatchBuffer {
  readonly first: RecordBatch | undefined
  /** Total size of the buffered batches. */
  readonly bytes: number
  add(batch: RecordBatch): void
  /** Removes the first batch. */
  take(): RecordBatch | undefined
}

const CONSUMED_MAX = 256

export function createBatchBuffer(): BatchBuffer {
  /** Slots before `head` are consumed and cleared; otherwise each batch would retain its whole response. */
  const batches: (RecordBatch | undefined)[] = []
  let head = 0
  let bytes = 0

  return {
    get first() {
      return batches[head]
    },
    get bytes() {
      return bytes
    },
    add(batch) {
      batches.push(batch)
      bytes += batch.bytes.length
    },
    take() {
      const batch = batches[head]
      if (batch === undefined) return undefined
      batches[head++] = undefined
      bytes -= batch.bytes.length
      if (head === batches.length) {
        batches.length = 0
        head = 0
      } else if (head > CONSUMED_MAX) {
        batches.splice(0, head)
        head = 0
      }
      return batch
    },
  }
}
