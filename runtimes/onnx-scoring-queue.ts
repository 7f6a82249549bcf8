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
  readonly closedReason: Error | undefined
  /** Rejects all unanswered batches and ends each thread by `how`. */
  end(how: (thread: OnnxThread) => Promise<void>): Promise<void>
}

interface Call {
  readonly batch: OwnedBatch
  resolve(scores: Float64Array): void
  reject(error: Error): void
}

/** One slot for a thread. */
interface WorkerSlot {
  thread: OnnxThread | undefined
  call: Call | undefined
  /** Whether its thread replaced a dead one and has not answered yet: it is not replaced again. */
  isUnproven: boolean
}

export function createScoringQueue(start: () => Promise<OnnxThread>): ScoringQueue {
  const slots: WorkerSlot[] = []
  const waiting: Call[] = []
  let closedReason: Error | undefined

  function take(slot: WorkerSlot, thread: OnnxThread): void {
    slot.thread = thread
    void thread.ended.then((error) => replace(slot, error))
    next(slot)
  }

  function next(slot: WorkerSlot): void {
    if (slot.thread === undefined || slot.call !== undefined) return
    const call = (slot.call = waiting.shift())
    if (call === undefined) return
    const free = (): void => {
      slot.call = undefined
      next(slot)
    }
    slot.thread.score(call.batch).then(
      (scores) => {
        slot.isUnproven = false
        call.resolve(scores)
        free()
      },
      (error: Error) => {
        call.reject(error)
        free()
      },
    )
  }

  function replace(slot: WorkerSlot, error: Error): void {
    slot.thread = undefined
    if (closedReason !== undefined) return
    if (slot.isUnproven) return giveUp(slot, error)
    slot.isUnproven = true
    start().then(
      (thread) => (closedReason === undefined ? take(slot, thread) : void thread.close()),
      (failure: Error) => giveUp(slot, failure),
    )
  }

  function giveUp(slot: WorkerSlot, error: Error): void {
    slots.splice(slots.indexOf(slot), 1)
    if (slots.length === 0) finish(new Error(`No thread is left that could score. ${error.message}`, { cause: error }))
  }

  function finish(error: Error): void {
    closedReason ??= error
    for (const call of waiting.splice(0)) call.reject(closedReason)
    for (const { call } of slots) call?.reject(closedReason)
  }

  return {
    add(thread) {
      const slot: WorkerSlot = { thread: undefined, call: undefined, isUnproven: false }
      slots.push(slot)
      take(slot, thread)
    },
    score: (batch) =>
      new Promise((resolve, reject) => {
        waiting.push({ batch, resolve, reject })
        for (const slot of slots) next(slot)
      }),
    get closedReason() {
      return closedReason
    },
    async end(how) {
      finish(new Error('The threads were closed before they had scored these rows.'))
      await Promise.all(slots.flatMap(({ thread }) => (thread === undefined ? [] : [how(thread)])))
    },
  }
}
