import type { OnnxThread, OwnedBatch } from './onnx-thread.ts'

/**
 * Batches that wait for a free thread. A thread that dies is replaced; if its replacement dies before its first answer,
 * its seat is given up.
 */
export interface ScoringQueue {
  /** Adds a running thread. */
  add(thread: OnnxThread): void
  /** Scores a batch. If it fails, or its thread dies, only this batch is rejected. */
  score(batch: OwnedBatch): Promise<Float64Array>
  /** The reason why no more batches will be scored. */
  readonly over: Error | undefined
  /** Rejects all unanswered batches and ends each thread by `how`. */
  end(how: (thread: OnnxThread) => Promise<void>): Promise<void>
}

interface Call {
  readonly batch: OwnedBatch
  resolve(scores: Float64Array): void
  reject(error: Error): void
}

/** One slot for a thread. */
interface Seat {
  thread: OnnxThread | undefined
  call: Call | undefined
  /** Whether its thread replaced a dead one and has not answered yet: it is not replaced again. */
  onTrial: boolean
}

export function createScoringQueue(start: () => Promise<OnnxThread>): ScoringQueue {
  const seats: Seat[] = []
  const waiting: Call[] = []
  let over: Error | undefined

  function take(seat: Seat, thread: OnnxThread): void {
    seat.thread = thread
    void thread.ended.then((error) => replace(seat, error))
    next(seat)
  }

  function next(seat: Seat): void {
    if (seat.thread === undefined || seat.call !== undefined) return
    const call = (seat.call = waiting.shift())
    if (call === undefined) return
    const free = (): void => {
      seat.call = undefined
      next(seat)
    }
    seat.thread.score(call.batch).then(
      (scores) => {
        seat.onTrial = false
        call.resolve(scores)
        free()
      },
      (error: Error) => {
        call.reject(error)
        free()
      },
    )
  }

  function replace(seat: Seat, error: Error): void {
    seat.thread = undefined
    if (over !== undefined) return
    if (seat.onTrial) return giveUp(seat, error)
    seat.onTrial = true
    start().then(
      (thread) => (over === undefined ? take(seat, thread) : void thread.close()),
      (failure: Error) => giveUp(seat, failure),
    )
  }

  function giveUp(seat: Seat, error: Error): void {
    seats.splice(seats.indexOf(seat), 1)
    if (seats.length === 0) finish(new Error(`No thread is left that could score. ${error.message}`, { cause: error }))
  }

  function finish(error: Error): void {
    over ??= error
    for (const call of waiting.splice(0)) call.reject(over)
    for (const { call } of seats) call?.reject(over)
  }

  return {
    add(thread) {
      const seat: Seat = { thread: undefined, call: undefined, onTrial: false }
      seats.push(seat)
      take(seat, thread)
    },
    score: (batch) =>
      new Promise((resolve, reject) => {
        waiting.push({ batch, resolve, reject })
        for (const seat of seats) next(seat)
      }),
    get over() {
      return over
    },
    async end(how) {
      finish(new Error('The threads were closed before they had scored these rows.'))
      await Promise.all(seats.flatMap(({ thread }) => (thread === undefined ? [] : [how(thread)])))
    },
  }
}
