import type { EncoderThreads } from './encoder-threads.ts'

/** Windows that are encoded together. */
export interface EncodingBatch {
  readonly windows: readonly Int32Array[]
  /** Of each window among those that the caller asks for. */
  readonly places: readonly number[]
}

/**
 * What several callers ask for is done in turn, a batch each: a short call waits for one batch of a long one at most.
 */
export interface EncodingQueue {
  /** Gives the vector of each place as it is there; resolves when all are. */
  encode(batches: readonly EncodingBatch[], into: (place: number, vector: Float32Array) => void): Promise<void>
}

interface Call {
  /** Not begun. */
  readonly batches: EncodingBatch[]
  readonly into: (place: number, vector: Float32Array) => void
  readonly resolve: () => void
  readonly reject: (error: Error) => void
  /** Batches that are not done. */
  open: number
}

/** `count`: of the threads. */
export function createEncodingQueue(threads: EncoderThreads, count: number): EncodingQueue {
  const { dimension } = threads
  const calls: Call[] = []
  let busy = 0

  function next(): void {
    while (busy < count) {
      const call = calls.shift()
      if (call === undefined) return
      const batch = call.batches.shift()!
      // To the end of the queue: others have their turn before its next batch.
      if (call.batches.length > 0) calls.push(call)
      busy++
      threads
        .encode(batch.windows)
        .then(
          (vectors) => {
            batch.places.forEach((place, row) =>
              call.into(place, vectors.slice(row * dimension, (row + 1) * dimension)),
            )
            if (--call.open === 0) call.resolve()
          },
          (error: Error) => {
            call.batches.length = 0
            const waiting = calls.indexOf(call)
            if (waiting !== -1) calls.splice(waiting, 1)
            call.reject(error)
          },
        )
        .finally(() => {
          busy--
          next()
        })
    }
  }

  return {
    encode: (batches, into) =>
      new Promise((resolve, reject) => {
        calls.push({ batches: [...batches], into, resolve, reject, open: batches.length })
        next()
      }),
  }
}
