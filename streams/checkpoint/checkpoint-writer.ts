import type { TransactionalProducer } from '../../kafka/client.ts'
import type { CheckpointMetadata, Store } from '../state/store.ts'
import type { TaskState } from '../state/task-state.ts'
import { jittered } from '../task/jitter.ts'
import type { TaskContext } from '../task/task-context.ts'

export interface CheckpointWriterOptions {
  readonly context: Pick<
    TaskContext,
    'naming' | 'processor' | 'changelogId' | 'checkpointIntervalMs' | 'unflushedBytesMax' | 'atPoint'
  >
  readonly partition: number
  readonly producer: TransactionalProducer
  readonly store: Store
  readonly state: TaskState
}

/** Writes the checkpoints of a task session, between two transactions. */
export interface CheckpointWriter {
  /** Writes the next piece of a checkpoint if one is due or in progress. */
  writeIfDue(): void
  /** Returns whether a checkpoint is in progress; each call of `writeIfDue` writes one piece of it. */
  isWriting(): boolean
  /** Writes everything that the store does not hold yet, in one go. */
  writeAll(): void
}

export function createCheckpointWriter(options: CheckpointWriterOptions): CheckpointWriter {
  const { context, partition, producer, store, state } = options
  const { checkpointIntervalMs, unflushedBytesMax, changelogId } = context
  const changelog = context.naming.changelog(context.processor)
  let writtenAt = Date.now() - jittered(partition, checkpointIntervalMs)
  let piecewise: CheckpointMetadata | undefined

  /**
   * Returns the metadata of a checkpoint written now. Its offset follows the last committed record of this task: the
   * changelog’s end may include records of a successor, which are not in this state.
   */
  function metadataNow(): CheckpointMetadata {
    const own = producer.acknowledgedTo(changelog, partition) ?? 0
    const changelogOffset = Math.max(own, store.metadata()?.changelogOffset ?? 0)
    return { changelogId, changelogOffset, writtenAt: Date.now() }
  }

  return {
    writeIfDue() {
      const due = Date.now() - writtenAt >= checkpointIntervalMs || state.unflushedBytes >= unflushedBytesMax
      if (piecewise === undefined && (!due || state.unflushedBytes === 0)) return
      piecewise ??= metadataNow()
      context.atPoint?.('checkpoint')
      if (!state.checkpointPiece(piecewise)) return
      piecewise = undefined
      writtenAt = Date.now()
    },
    isWriting: () => piecewise !== undefined,
    writeAll() {
      if (state.unflushedBytes > 0) state.checkpoint(metadataNow())
    },
  }
}
