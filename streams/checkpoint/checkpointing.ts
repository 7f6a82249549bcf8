import { StoreWriteError } from '../state/store-errors.ts'
import type { Log } from '../log.ts'
import type { StreamMetrics } from '../metrics.ts'
import type { TaskSession } from '../task/task-session.ts'

export interface CheckpointingOptions {
  readonly run: Pick<TaskSession, 'checkpointIfDue' | 'unflushedBytes'>
  readonly processor: string
  readonly partition: number
  readonly unflushedBytesMax: number
  readonly log: Log
  readonly metrics: Pick<StreamMetrics, 'checkpointFailed'>
  /** Monotonic clock, in ms. */
  readonly now: () => number
}

/**
 * Writes checkpoints as they fall due. A disk that rejects writes does not stop the task, since the changelog holds the
 * whole state.
 */
export interface Checkpointing {
  /** Writes a checkpoint if one is due. Throws only errors unrelated to the disk. */
  ifDue(): Promise<void>
  /** Returns whether to stop polling because the store can’t be written and memory is at its limit. */
  mustWait(): boolean
}

const RETRY_MS = 5_000
/** While the disk rejects writes, unflushed state may grow to this multiple of the usual checkpoint size. */
const HELD_TIMES = 2

export function createCheckpointing(options: CheckpointingOptions): Checkpointing {
  const { run, processor, partition, log, metrics, now } = options
  const heldBytesMax = HELD_TIMES * options.unflushedBytesMax
  let failedAt: number | undefined

  const mustWait = () => failedAt !== undefined && run.unflushedBytes() >= heldBytesMax

  return {
    async ifDue() {
      if (failedAt !== undefined && now() - failedAt < RETRY_MS) return
      try {
        await run.checkpointIfDue()
        if (failedAt !== undefined) log('info', 'Local state can be written again', { processor, partition })
        failedAt = undefined
      } catch (error) {
        if (!(error instanceof StoreWriteError)) throw error
        failedAt = now()
        metrics.checkpointFailed(processor, partition)
        const meanwhile = mustWait() ? 'No more events are taken in until there is room' : 'Work goes on in memory'
        log('error', `There is no checkpoint. ${meanwhile}`, { processor, partition, error })
      }
    },
    mustWait,
  }
}
