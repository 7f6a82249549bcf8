import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { BoostedKind } from '../../../models/boosting/fold-losses.ts'
import type { BoostingOptions } from '../../../models/boosting/options.ts'
import type { Dataset } from '../../../models/model.ts'
import type { Split } from '../../../models/split.ts'

/** Data that a worker starts with. The numbers are in shared memory. */
export interface FoldWorkerData {
  readonly data: Dataset
  readonly kind: BoostedKind
}

export interface FoldJob {
  readonly split: Split
  readonly options: Partial<BoostingOptions>
  readonly seed: number
}

export type FoldAnswer = { readonly losses: number[] } | { readonly error: string }

export interface FoldWorkers {
  /** Runs `foldLosses` in a thread, one job per thread at a time. */
  losses(split: Split, options: Partial<BoostingOptions>, seed: number): Promise<number[]>
  close(): Promise<void>
}

/** Starts as many threads as the machine runs in parallel, which share the data. */
export function startFoldWorkers(data: Dataset, kind: BoostedKind, threads = availableParallelism()): FoldWorkers {
  const workerData: FoldWorkerData = { data: shared(data), kind }
  const waiting: { readonly job: FoldJob; readonly settle: (answer: FoldAnswer) => void }[] = []
  const idle: Worker[] = []
  const workers = Array.from({ length: threads }, () => {
    const worker = new Worker(new URL('./fold-worker.ts', import.meta.url), { workerData })
    idle.push(worker)
    return worker
  })

  function next(): void {
    const worker = idle.pop()
    const work = worker === undefined ? undefined : waiting.shift()
    if (worker === undefined || work === undefined) {
      if (worker !== undefined) idle.push(worker)
      return
    }
    const settle = (answer: FoldAnswer) => {
      worker.off('message', settle).off('error', failed)
      idle.push(worker)
      work.settle(answer)
      next()
    }
    const failed = (error: Error) => settle({ error: `A training thread ended: ${error.message}` })
    worker.on('message', settle).on('error', failed)
    worker.postMessage(work.job)
  }

  return {
    losses: (split, options, seed) =>
      new Promise((resolve, reject) => {
        waiting.push({
          job: { split, options, seed },
          settle: (answer) => ('losses' in answer ? resolve(answer.losses) : reject(new Error(answer.error))),
        })
        next()
      }),
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}

/** Copies the data to memory that threads can share. */
function shared(data: Dataset): Dataset {
  const copied = <Numbers extends Float32Array | Float64Array>(numbers: Numbers): Numbers => {
    const copy = new (numbers.constructor as new (buffer: SharedArrayBuffer) => Numbers)(
      new SharedArrayBuffer(numbers.byteLength),
    )
    copy.set(numbers)
    return copy
  }
  return { ...data, texts: [], rows: copied(data.rows), labels: copied(data.labels), times: copied(data.times) }
}
