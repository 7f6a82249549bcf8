import { inspectOnnx } from '../models/onnx/inspect-onnx.ts'
import { inOrder } from './in-order.ts'
import type { OnnxBatch } from './onnx-session.ts'
import type { OnnxScores } from '../models/scoring-runtimes.ts'
import { inputOf } from './onnx-surface.ts'
import { startOnnxThread, type OnnxThread, type OwnedBatch } from './onnx-thread.ts'

export interface OnnxWorkersOptions extends OnnxScores {
  /** Each has a model of its own. */
  readonly threads?: number
  /** What each thread runs. */
  readonly program?: URL
}

/** A model in threads of its own: the event loop stays free while it scores. */
export interface OnnxWorkers {
  /** Numbers a row; `undefined` for a model that does not say. */
  readonly width: number | undefined
  /**
   * Writes the scores of each row, one a row unless `columns` says otherwise. Calls settle in their order; one that
   * fails, or whose thread dies, is rejected alone. The rows are copied at once, so that the caller can go on using
   * them.
   */
  score(batch: OnnxBatch, into: Float64Array): Promise<void>
  /** Rejects what has not been answered yet. */
  close(): Promise<void>
  /** Like `close`, and ends threads that do not answer. */
  kill(): Promise<void>
}

interface Call {
  readonly batch: OwnedBatch
  resolve(scores: Float64Array): void
  reject(error: Error): void
}

/** A place for a thread. */
interface Seat {
  thread: OnnxThread | undefined
  call: Call | undefined
  /** Its thread replaces one that died, and has not answered yet: it is not replaced again. */
  onTrial: boolean
}

/** Rejects with `OnnxError` for bytes that `openOnnxSession` does not open. */
export async function startOnnxWorkers(bytes: Uint8Array, options: OnnxWorkersOptions = {}): Promise<OnnxWorkers> {
  const { threads = 1, program = new URL('./onnx-worker.ts', import.meta.url), output, column, columns } = options
  const { width } = inputOf(inspectOnnx(bytes))
  const workerData = { bytes: new Uint8Array(bytes), choice: { output, column, columns } }
  const start = (): Promise<OnnxThread> => startOnnxThread(program, workerData)
  const ordered = inOrder()
  const seats: Seat[] = []
  const waiting: Call[] = []
  /** Why there will be no more scores. */
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

  async function end(how: (thread: OnnxThread) => Promise<void>): Promise<void> {
    finish(new Error('The threads were closed before they had scored these rows.'))
    await Promise.all(seats.flatMap(({ thread }) => (thread === undefined ? [] : [how(thread)])))
  }

  const started = await Promise.allSettled(Array.from({ length: threads }, start))
  const running = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  const failed = started.find((result) => result.status === 'rejected')
  if (failed !== undefined) {
    await Promise.all(running.map((thread) => thread.close()))
    throw failed.reason
  }
  for (const thread of running) {
    const seat: Seat = { thread: undefined, call: undefined, onTrial: false }
    seats.push(seat)
    take(seat, thread)
  }

  return {
    width,
    score({ count, width: given, rows }, into) {
      if (over !== undefined) return Promise.reject(over)
      const batch: OwnedBatch = { count, width: given, rows: rows.slice(0, count * given) }
      const scores = new Promise<Float64Array>((resolve, reject) => {
        waiting.push({ batch, resolve, reject })
        for (const seat of seats) next(seat)
      })
      return ordered(scores).then((values) => into.set(values))
    },
    close: () => end((thread) => thread.close()),
    kill: () => end((thread) => thread.kill()),
  }
}
