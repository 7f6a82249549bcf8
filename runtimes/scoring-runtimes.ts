import type { OnnxScores, RowBatch, ScoringRuntimes } from '../models/scoring-runtimes.ts'
import { encodeCases, withWindow } from './text/encode-cases.ts'
import { openEncoders } from './text/encoders.ts'
import type { SentenceEncoderOptions } from './text/open-sentence-encoder.ts'
import { startOnnxWorkers, type OnnxWorkers } from './onnx-worker-pool.ts'

export interface RuntimeOptions {
  /** Folder of the backbone of text models; not given: there are none. */
  readonly backbone?: Pick<SentenceEncoderOptions, 'folder' | 'precision' | 'threads' | 'kept'> | undefined
  /** Called for texts in a script of whose words the backbone has hardly any. */
  readonly textsUnread?: (script: string, count: number) => void
  /** Whether the backbone is opened with a model that reads texts, rather than for its first text. */
  readonly opensAtOnce?: boolean
  /** A model that was not used for so long gives its thread back. */
  readonly idleMs?: number
  /** No batch takes longer: well below the time after which a processor's group takes it for dead. */
  readonly limitMs?: number
  /** What the threads run. */
  readonly program?: URL
}

export interface OpenRuntimes extends ScoringRuntimes {
  /** Ends every thread. A later score reopens its model. */
  close(): Promise<void>
}

const IDLE_MS = 60_000
const LIMIT_MS = 15_000

/**
 * Opens models when they are first used and closes them when they no longer are: one that was replaced by another
 * release is not used any more, and nobody has to say so.
 */
export function openScoringRuntimes({
  idleMs = IDLE_MS,
  limitMs = LIMIT_MS,
  program,
  backbone,
  textsUnread = () => {},
  opensAtOnce = false,
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
        await within(
          limitMs,
          own.then((one) => one.score(batch, into)),
        )
      } catch (error) {
        // Whatever it is, the next one begins with a thread of its own.
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
      // If it can't be opened, the first text says so.
      if (opensAtOnce) encoder().catch(() => {})
      return async (cases) => {
        const { vectors, unread } = await encodeCases(withWindow(await encoder(), piecesMax), cases, strategy)
        for (const [script, count] of unread) textsUnread(script, count)
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

/** The work, or an error that says how long it was waited for. */
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
