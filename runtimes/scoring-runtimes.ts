import type { OnnxScores, RowBatch, ScoringRuntimes } from '../models/scoring-runtimes.ts'
import { encodeCases, withWindow } from './text/encode-cases.ts'
import { openEncoders } from './text/encoders.ts'
import type { SentenceEncoderOptions } from './text/open-sentence-encoder.ts'
import { startOnnxWorkers, type OnnxWorkers } from './onnx-worker-pool.ts'

export interface RuntimeOptions {
  /** Backbone of the text models; without it, models that read texts can't be opened. */
  readonly backbone?: Pick<SentenceEncoderOptions, 'folder' | 'precision' | 'threads' | 'diskCache'> | undefined
  /** Called for texts in a script of which the backbone has hardly any words. */
  readonly onUnknownScript?: (script: string, count: number) => void
  /** Whether to open the backbone together with a model that reads texts, rather than for its first text. */
  readonly opensEagerly?: boolean
  /** After this time without use, a model's thread is released. Default 60 s. */
  readonly idleMs?: number
  /** Time limit of one batch: well below the time after which a processor's group removes the member. Default 15 s. */
  readonly limitMs?: number
  /** Script of the threads. */
  readonly program?: URL
}

export interface OpenRuntimes extends ScoringRuntimes {
  /** Ends every thread. A later score reopens its model. */
  close(): Promise<void>
}

const IDLE_MS = 60_000
const LIMIT_MS = 15_000

/**
 * Opens models on first use and closes idle ones. A model whose release was replaced is no longer used and so closes by
 * itself.
 */
export function openScoringRuntimes({
  idleMs = IDLE_MS,
  limitMs = LIMIT_MS,
  program,
  backbone,
  onUnknownScript = () => {},
  opensEagerly = false,
}: RuntimeOptions = {}): OpenRuntimes {
  const encoders = openEncoders(backbone)
  const open = new Set<Promise<OnnxWorkers>>()

  function onnx(bytes: () => Uint8Array, scores: OnnxScores): (batch: RowBatch, into: Float64Array) => Promise<void> {
    let workers: Promise<OnnxWorkers> | undefined
    let inFlight = 0
    let idle: NodeJS.Timeout | undefined

    function start(): Promise<OnnxWorkers> {
      const started = Promise.resolve().then(() =>
        startOnnxWorkers(bytes(), { ...scores, ...(program === undefined ? {} : { program }) }),
      )
      open.add(started)
      started.catch(() => leave(started))
      return started
    }

    function leave(started: Promise<OnnxWorkers> | undefined): void {
      if (started === undefined) return
      open.delete(started)
      if (workers === started) workers = undefined
    }

    return async (batch, into) => {
      clearTimeout(idle)
      inFlight++
      if (workers === undefined || !open.has(workers)) workers = start()
      const own = workers
      try {
        const scored = own.then((one) => one.score(batch, into))
        await within(limitMs, scored)
      } catch (error) {
        // Whatever the error is, the next batch starts with a new thread.
        leave(own)
        void own.then((one) => one.kill()).catch(() => {})
        throw error
      } finally {
        if (--inFlight === 0) {
          idle = setTimeout(() => {
            leave(own)
            void own.then((one) => one.close()).catch(() => {})
          }, idleMs).unref()
        }
      }
    }
  }

  return {
    onnx,
    texts(id, strategy, piecesMax) {
      const encoder = encoders.encoder(id)
      // If it can't be opened, the first text reports the error.
      if (opensEagerly) encoder().catch(() => {})
      return async (cases) => {
        const windowed = withWindow(await encoder(), piecesMax)
        const { vectors, unsupportedScripts } = await encodeCases(windowed, cases, strategy)
        for (const [script, count] of unsupportedScripts) onUnknownScript(script, count)
        return vectors
      }
    },
    async close() {
      const all = [...open]
      open.clear()
      await Promise.allSettled([...all.map((one) => one.then((workers) => workers.close())), encoders.close()])
    },
  }
}

/** Awaits the work; throws an error that names the limit if it takes longer. */
async function within(limitMs: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The model did not score a batch within ${limitMs / 1_000} s.`)), limitMs)
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
