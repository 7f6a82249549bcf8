import type { EncoderThreads } from './encoder-threads.ts'

/** Windows to encode together. */
export interface EncodingBatch {
  readonly windows: readonly Int32Array[]
  /** Position of each window among those of the call. */
  readonly places: readonly number[]
}

/** Serves concurrent calls round-robin, one batch at a time: a short call waits for at most one batch of a long one. */
export interface EncodingQueue {
  /** Passes each vector on as soon as it is computed; resolves when all are. */
  encode(batches: readonly EncodingBatch[], into: (place: number, vector: Float32Array) => void): Promise<void>
}

interface Call {
  /** Batches not yet started. */
  readonly batches: EncodingBatch[]
  readonly into: (place: number, vector: Float32Array) => void
  readonly resolve: () => void
  readonly reject: (error: Error) => void
  /** Number of unfinished batches. */
  open: number
}

/** `count`: number of threads. */
export function createEncodingQueue(threads: EncoderThreads, count: number): EncodingQueue {
  const { dimension } = threads
  const calls: Call[] = []
  let busy = 0

  function next(): void {
    while (busy < count) {
      const call = calls.shift()
      if (call === undefined) return
      const batch = call.batches.shift()!
      // Goes to the end of the queue, so that the other calls have their turn before its next batch.
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
