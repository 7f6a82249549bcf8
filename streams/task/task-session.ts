import { join } from 'node:path'
import type { Processor } from '../../processors/processor.ts'
import { deadLetters, gaps, journal, misplacedRecords } from '../../schemas/platform/platform.ts'
import type { Topic } from '../../schemas/topic.ts'
import { restore } from '../checkpoint/restore.ts'
import { jittered } from './jitter.ts'
import type { CheckpointMetadata } from '../state/store.ts'
import { openStore } from '../state/open-store.ts'
import { startOf, type TaskStart } from './task-start.ts'
import type { TaskContext } from './task-context.ts'
import { createTaskState } from '../state/task-state.ts'
import { createTransactions, type Transactions } from './transactions.ts'

/** The life of a task between two failures. */
export interface TaskSession extends Transactions {
  checkpointIfDue(): Promise<void>
  /** One is being written, a piece with each call. */
  isCheckpointing(): boolean
  /** Bytes, about, that only memory and changelog hold. */
  unflushedBytes(): number
  /** Gives the partitions, the producer and the store back; `keep` writes a last checkpoint. */
  close(keep: boolean): Promise<void>
}

/**
 * Takes over the task: (1) fence the former owner; (2) claim the store; (3) restore it to the changelog’s end after
 * fencing; (4) seek to the positions in the changelog. Only then are records folded. `undefined` if `signal` was
 * aborted first.
 */
export async function openTaskSession(
  context: TaskContext,
  partition: number,
  signal: AbortSignal,
): Promise<TaskSession | undefined> {
  const { client, naming, processor, fetcher, metrics, log } = context
  const topics = context.inputTopics.map((topic) => naming.topic(topic))
  const changelog = { topic: naming.changelog(processor), partition }
  // If a crashed broker left a transaction of a former owner hanging, `init` ends it with its decided outcome.
  const written = [changelog.topic, ...writtenTopics(processor).map((topic) => naming.topic(topic))]
  const producer = client.transactionalProducer(naming.transactionalId(processor, partition), {
    writesTo: { topics: written, groupId: naming.group(processor) },
  })
  const close: (() => Promise<void> | void)[] = [() => producer.close()]
  const closeAll = async () => {
    for (const step of close.reverse()) await step()
  }
  try {
    const startedAt = performance.now()
    await producer.init()
    const directory = join(context.stateDirectory, `${processor.name}-v${processor.version}`, String(partition))
    const store = await openStore(directory, `${producer.producerId}:${producer.producerEpoch}`, signal)
    close.push(() => store.close())
    const records = await restore({
      client,
      changelog,
      changelogId: context.changelogId,
      store,
      checkpointAgeMsMax: context.checkpointAgeMsMax,
      now: Date.now,
      cancelled: () => signal.aborted,
      atPoint: context.atPoint,
    })
    const durationMs = performance.now() - startedAt
    metrics.taskRestored(processor.name, partition, { records, durationMs })
    if (records > 100_000)
      log(
        'info',
        `${processor.name}/${partition}: ${records} changelog records restored in ${Math.round(durationMs)} ms`,
      )

    const state = createTaskState(store, processor, { cachedRecordsMax: context.cachedRecordsMax })
    const start = await startOf(context, partition, state)
    state.commit()
    tellGaps(context, partition, start)
    for (const [index, topic] of topics.entries()) {
      const at = { topic, partition }
      close.push(() => fetcher.unassign(at))
      await fetcher.assign(at, start.offsets[index]!, start.topicIds.get(topic))
    }
    if (signal.aborted) {
      await closeAll()
      return undefined
    }
    const run = createTransactions(context, partition, producer, state, start)
    let checkpointedAt = Date.now() - jittered(partition, context.checkpointIntervalMs)
    let piecewise: CheckpointMetadata | undefined

    /**
     * The offset after the last committed record of this task, not the changelog’s end: that may already be a
     * successor’s, whose records are not in this state.
     */
    function metadataNow(): CheckpointMetadata {
      const own = producer.acknowledgedTo(changelog.topic, partition) ?? 0
      const changelogOffset = Math.max(own, store.metadata()?.changelogOffset ?? 0)
      return { changelogId: context.changelogId, changelogOffset, writtenAt: Date.now() }
    }

    return {
      ...run,
      unflushedBytes: () => state.unflushedBytes,
      isCheckpointing: () => piecewise !== undefined,
      async checkpointIfDue() {
        const due =
          Date.now() - checkpointedAt >= context.checkpointIntervalMs ||
          state.unflushedBytes >= context.unflushedBytesMax
        if (piecewise === undefined && (!due || state.unflushedBytes === 0)) return
        piecewise ??= metadataNow()
        context.atPoint?.('checkpoint')
        if (!state.checkpointPiece(piecewise)) return
        piecewise = undefined
        checkpointedAt = Date.now()
      },
      async close(keep) {
        try {
          if (keep && state.unflushedBytes > 0) state.checkpoint(metadataNow())
        } finally {
          await closeAll()
        }
      },
    }
  } catch (error) {
    await closeAll().catch(() => {})
    if (signal.aborted) return undefined
    throw error
  }
}

function tellGaps({ processor, metrics, log }: TaskContext, partition: number, { gaps }: TaskStart): void {
  for (const { topic, from, to } of gaps) {
    metrics.gapFound(processor.name, topic, to - from)
    log(
      'error',
      `${processor.name}/${partition}: the offsets ${from} to ${to - 1} of ${topic} were deleted before they were read. The task goes on at ${to}; ` +
        'the gap is on record in the topic gaps. Lengthen the topic’s retention, or let the processors run more often.',
    )
  }
}

/** Every topic that a task writes to beside its changelog. */
export function writtenTopics(processor: Processor): readonly Topic[] {
  return [...processor.outputs, misplacedRecords as Topic, deadLetters as Topic, gaps as Topic, journal as Topic]
}
