import { Worker } from 'node:worker_threads'
import { terminateThread } from '../../runtimes/native-calls.ts'
import type { LogFields } from '../../streams/log.ts'
import type { StreamMetrics } from '../../streams/metrics.ts'
import type { CommandContext } from '../context.ts'
import { replayMetrics } from './recorded-metrics.ts'
import { STOP, type ThreadNotice } from './thread-messages.ts'

/** A part of the platform in its own thread. */
export interface PartThread {
  /** Resolves once the part is running; rejects if it could not start. */
  readonly started: Promise<void>
  tasks(): number
  /** Repeated failures, as of the last notice. */
  trouble(): string | undefined
  /** Lag in records, as of the last notice; `undefined` until known. */
  lag(): number | undefined
  /** Finishes open work and ends the thread. Rejects if it could not stop cleanly. */
  stop(): Promise<void>
  /** Terminates the thread immediately, which is as safe as kill -9. */
  kill(): Promise<void>
}

export interface PartThreadOptions {
  /** Entry point of the thread, which calls `runPartThread`. */
  readonly entry: URL
  /** Name for the operator, such as `Stream thread 1`. */
  readonly name: string
  /** Thread name in the operating system, up to 15 characters. */
  readonly shortName: string
  /** `workerData` of the thread. */
  readonly data: unknown
  /** Fields added to each of its log lines. */
  readonly fields?: LogFields
}

/** Starts the thread. If it fails or dies, the process fails. */
export function startPartThread(
  { log, fail }: Pick<CommandContext, 'log' | 'fail'>,
  metrics: StreamMetrics,
  { entry, name, shortName, data, fields: own = {} }: PartThreadOptions,
): PartThread {
  const worker = new Worker(entry, { workerData: data, name: shortName })
  const starting = Promise.withResolvers<void>()
  // Handled here too: if another thread has failed first, no caller awaits it.
  starting.promise.catch(() => {})
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  let phase: 'starting' | 'working' | 'stopping' | 'failed' = 'starting'
  let failure: Error | undefined
  let work: { readonly tasks: number; readonly lag: number | undefined; readonly trouble: string | undefined } = NO_WORK

  function failed(reason: string, cause?: unknown): void {
    const former = phase
    if (former === 'failed') return
    phase = 'failed'
    failure = new Error(`${name} ${reason}`, { cause })
    if (former === 'starting') starting.reject(failure)
    else if (former === 'working') fail(failure)
  }

  worker.on('message', (notice: ThreadNotice) => {
    if (notice.kind === 'log') log(notice.level, notice.message, { ...notice.fields, ...own })
    else if (notice.kind === 'failed') failed(`failed: ${notice.reason}`)
    else if (notice.kind === 'work') {
      replayMetrics(notice.calls, metrics)
      work = notice
    } else {
      phase = 'working'
      starting.resolve()
    }
  })
  worker.on('messageerror', (error) => failed('sent what can’t be read.', error))
  worker.on('error', (error) => failed(`died: ${error instanceof Error ? error.stack : String(error)}`, error))
  worker.on('exit', (code) => {
    work = { ...work, tasks: 0 }
    if (phase !== 'stopping') failed(`exited unexpectedly with code ${code}.`)
  })

  return {
    started: starting.promise,
    tasks: () => work.tasks,
    trouble: () => work.trouble,
    lag: () => work.lag,
    async stop() {
      const failedBefore = failure
      if (phase !== 'failed') phase = 'stopping'
      worker.postMessage(STOP)
      await exited
      if (failure !== undefined && failure !== failedBefore) throw failure
    },
    async kill() {
      phase = 'failed'
      await terminateThread(worker)
    },
  }
}

const NO_WORK = { tasks: 0, lag: undefined, trouble: undefined }
