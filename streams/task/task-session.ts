import type { TransactionalProducer } from '../../kafka/client.ts'
import type { Processor } from '../../processors/processor.ts'
import { movedRecords } from '../../schemas/platform/customer-merges.ts'
import { deadLetters, gaps, journal, misplacedRecords } from '../../schemas/platform/platform.ts'
import type { Topic } from '../../schemas/topic.ts'
import { createCheckpointWriter } from '../checkpoint/checkpoint-writer.ts'
import { restore } from '../checkpoint/restore.ts'
import { recordKey } from '../state/record-key.ts'
import { erasedKind, POSITION_KEY } from '../state/reserved-kinds.ts'
import type { Store } from '../state/store.ts'
import { startOf, type TaskStart } from './task-start.ts'
import type { TaskContext } from './task-context.ts'
import { createTaskState } from '../state/task-state.ts'
import { createTransactions, type Transactions } from './transactions.ts'

/** A task from one start to the next failure. */
export interface TaskSession extends Transactions {
  checkpointIfDue(): Promise<void>
  /** Returns whether a checkpoint is in progress; each call of `checkpointIfDue` writes one piece of it. */
  isCheckpointing(): boolean
  /** Returns the approximate bytes that are only in memory and the changelog. */
  unflushedBytes(): number
  /** Releases the partitions, the producer and the store. */
  close(end: SessionEnd): Promise<void>
}

/**
 * `finished`: writes a last checkpoint and leaves the store open for the next user. `lost`: the partition may belong to
 * another process, so nothing is written. `failed`: closes the store, which is verified before it is used again.
 * `erased`: writes a last checkpoint and closes the store, so that the next session copies it: LMDB keeps deleted bytes
 * in free pages.
 */
export type SessionEnd = 'finished' | 'lost' | 'failed' | 'erased'

/** Record that changes with each erasure. */
const ERASED = recordKey(POSITION_KEY, erasedKind.name, '')

function sameBytes(one: Buffer | undefined, other: Buffer | undefined): boolean {
  return one === undefined || other === undefined ? one === other : one.equals(other)
}

/** Number of restored records that takes seconds and is worth a log line. */
const MANY_RECORDS = 100_000

/**
 * Takes over the task: (1) fence the former owner; (2) claim the store; (3) restore it to the changelog’s end after
 * fencing; (4) seek to the positions in the changelog. Only then are records folded. Returns `undefined` if `signal`
 * was aborted first.
 */
export async function openTaskSession(
  context: TaskContext,
  partition: number,
  signal: AbortSignal,
): Promise<TaskSession | undefined> {
  const { shelf } = context
  const producer = producerOf(context, partition)
  const close: CloseStep[] = [() => producer.close()]
  const closeAll = async (end: SessionEnd) => {
    for (const step of close.splice(0).reverse()) await step(end)
  }
  try {
    const startedAt = performance.now()
    await producer.init()
    const owner = `${producer.producerId}:${producer.producerEpoch}`
    let store = await shelf.forTask(partition, owner, signal)
    close.push((end) => (end === 'failed' || end === 'erased' ? store.close() : shelf.put(partition, store)))
    const erasedBefore = store.get(ERASED)
    await restoreStore(context, partition, store, startedAt, signal)
    if (!sameBytes(erasedBefore, store.get(ERASED))) {
      // Its free pages hold what the restore has erased.
      await store.close()
      store = await shelf.forTask(partition, owner, signal)
    }

    const state = createTaskState(store, context.processor, { cachedRecordsMax: context.cachedRecordsMax })
    const start = await startOf(context, partition, state)
    state.commit()
    reportGaps(context, partition, start)
    await seek(context, partition, start, close)
    if (signal.aborted) {
      await closeAll('lost')
      return undefined
    }
    const checkpoints = createCheckpointWriter({ context, partition, producer, store, state })
    return {
      ...createTransactions(context, partition, producer, state, start),
      unflushedBytes: () => state.unflushedBytes,
      isCheckpointing: checkpoints.isWriting,
      async checkpointIfDue() {
        checkpoints.writeIfDue()
      },
      async close(end) {
        try {
          if (end === 'finished' || end === 'erased') checkpoints.writeAll()
        } catch (error) {
          await closeAll('failed')
          throw error
        }
        await closeAll(end)
      },
    }
  } catch (error) {
    await closeAll('failed').catch(() => {})
    if (signal.aborted) return undefined
    throw error
  }
}

type CloseStep = (end: SessionEnd) => Promise<void> | void

function producerOf({ client, naming, processor }: TaskContext, partition: number): TransactionalProducer {
  // If a crashed broker left a transaction of a former owner hanging, `init` ends it with its decided outcome.
  const topics = [naming.changelog(processor), ...writtenTopics(processor).map((topic) => naming.topic(topic))]
  return client.transactionalProducer(naming.transactionalId(processor, partition), {
    writesTo: { topics, groupId: naming.group(processor) },
  })
}

async function restoreStore(
  context: TaskContext,
  partition: number,
  store: Store,
  startedAt: number,
  signal: AbortSignal,
): Promise<void> {
  const { client, naming, processor, metrics, log, changelogId, checkpointAgeMsMax, atPoint } = context
  const records = await restore({
    client,
    changelog: { topic: naming.changelog(processor), partition },
    changelogId,
    store,
    checkpointAgeMsMax,
    now: Date.now,
    cancelled: () => signal.aborted,
    atPoint,
  })
  const durationMs = performance.now() - startedAt
  metrics.taskRestored(processor.name, partition, { records, durationMs })
  if (records > MANY_RECORDS)
    log('info', 'Changelog records are restored', {
      processor: processor.name,
      partition,
      records,
      durationMs: Math.round(durationMs),
    })
}

/** Assigns the task's partitions to the fetcher, from the task's positions. */
async function seek(context: TaskContext, partition: number, start: TaskStart, close: CloseStep[]): Promise<void> {
  const { naming, fetcher } = context
  for (const [index, input] of context.inputTopics.entries()) {
    const topic = naming.topic(input)
    const at = { topic, partition }
    close.push(() => fetcher.unassign(at))
    await fetcher.assign(at, start.offsets[index]!, start.topicIds.get(topic))
  }
}

function reportGaps({ processor, metrics, log }: TaskContext, partition: number, { gaps }: TaskStart): void {
  for (const { topic, from, to } of gaps) {
    metrics.gapFound(processor.name, topic, to - from)
    log(
      'error',
      'Records were deleted before they were read; the gap is on record in the topic gaps. ' +
        'Lengthen the topic’s retention, or let the processors run more often',
      { processor: processor.name, topic, partition, from, to },
    )
  }
}

/** Returns every topic that a task writes to, except its changelog. */
export function writtenTopics(processor: Processor): readonly Topic[] {
  return [...processor.outputs, ...([misplacedRecords, movedRecords, deadLetters, gaps, journal] as Topic[])]
}
