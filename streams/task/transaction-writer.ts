import type { TransactionalProducer } from '../../kafka/client.ts'
import { sourceOf } from '../../processors/processor.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import type { Message, Topic } from '../../schemas/topic.ts'
import { createDeadLetters } from '../input/dead-letter.ts'
import { createReaders } from '../input/event-reader.ts'
import { gapOf } from '../input/gap.ts'
import type { InputSlices } from '../input/input-slices.ts'
import { POSITION_KEY, positionKind, topicKind } from '../state/reserved-kinds.ts'
import type { TaskState } from '../state/task-state.ts'
import { createBatchProcessor } from './batch.ts'
import { isRecordError } from './record-errors.ts'
import { journalEntry } from './journal-entry.ts'
import { createOutputBuffer, type OutputBuffer } from './output-buffer.ts'
import type { TaskContext } from './task-context.ts'
import type { TaskStart } from './task-start.ts'
import {
  isNoOp,
  nextPosition,
  runTaskTransaction,
  type TaskTransaction,
  type TaskTransactionOptions,
} from './task-transaction.ts'
import type { CollectedExclusions, TransactionWork } from './transaction-work.ts'

export interface TransactionWriterOptions {
  readonly context: TaskContext
  readonly partition: number
  readonly producer: TransactionalProducer
  readonly state: TaskState
  readonly slices: InputSlices
  readonly start: TaskStart
}

export interface WrittenTransaction extends TaskTransaction {
  /** Whether it has no effect, so that its records are committed with the next transaction. */
  readonly deferred: boolean
}

/** Writes a task’s transactions: steps 2 to 9 of the commit order. */
export interface TransactionWriter {
  /**
   * Begins a transaction and writes all its records, including changelog and journal. Writes nothing if the transaction
   * has no effect and may be postponed.
   */
  write(work: TransactionWork, exclusions: CollectedExclusions): Promise<WrittenTransaction>
  /** Aborts a transaction that has no effect. */
  defer(): Promise<void>
  /** Tries to write without committing. Returns the failure, or `undefined`. Throws errors that no record caused. */
  failure(work: TransactionWork, exclusions: CollectedExclusions): Promise<unknown>
  /** Commits the transaction written last, with the input offsets. */
  commit(): Promise<void>
  /** Returns the number of messages that the transaction has published. */
  messages(): number
  /** Returns whether gaps found at the takeover are not yet published. */
  hasGaps(): boolean
}

export function createTransactionWriter(options: TransactionWriterOptions): TransactionWriter {
  const { context, partition, producer, state, slices, start } = options
  const { processor, naming, registry } = context
  const outputBuffer = outputBufferOf(options)
  const deadLettersOf = createDeadLetters(processor, naming, registry)
  let messages = 0
  const transaction = transactionOf(options, {
    begin() {
      producer.begin()
      // Verification orders a producer’s transactions by this timestamp, so it must not go back.
      outputBuffer.writtenAt = Math.max(outputBuffer.writtenAt, Date.now())
      messages = 0
    },
    emit(message: Message) {
      outputBuffer.message(message)
      messages++
    },
    undo: () => producer.abort(),
  })
  /** Gaps and topic ids found at the takeover, until the first commit records them. */
  let unrecorded: TaskStart | undefined = start

  async function write(work: TransactionWork, exclusions: CollectedExclusions): Promise<WrittenTransaction> {
    const { globals, before, reevaluation, erasure, merging, mayDefer } = work
    const done = await runTaskTransaction(transaction, work, globals, { reevaluation, erasure, merging }, exclusions)
    if (mayDefer && unrecorded === undefined && isNoOp(done, state)) return { ...done, deferred: true }
    const { writtenAt } = outputBuffer
    for (const letter of deadLettersOf(done.refused, writtenAt, exclusions.cut)) outputBuffer.deadLetter(letter)
    for (const gap of unrecorded?.gaps ?? []) outputBuffer.message(gapOf(processor, gap, writtenAt))
    if (unrecorded !== undefined) storeTopicIds(state, unrecorded)
    const position = nextPosition(before, slices.positions(), globals.settingsVersion(processor), reevaluation)
    state.keyedState(POSITION_KEY).put(positionKind, '', position)
    state.stageFormats()
    outputBuffer.changelog(state.staged())
    outputBuffer.journal(journalEntry({ processor, partition, position, writtenAt, work, exclusions, done }))
    return { ...done, deferred: false }
  }

  return {
    write,
    async failure(work, exclusions) {
      let cause: unknown
      try {
        await write(work, { ...exclusions, narrow: true })
        await producer.flush()
      } catch (error) {
        if (!isRecordError(error)) throw error
        cause = error
      }
      state.rollback()
      await producer.abort()
      return cause
    },
    async commit() {
      const inputs = slices.positions().map(({ topic, offset }) => ({ topic, partition, offset }))
      // Sent with the last batches; the commit waits for both and fails if either does.
      void producer.sendOffsets(context.group(), inputs)
      context.atPoint?.('commit')
      await producer.commit()
      unrecorded = undefined
    },
    defer: () => producer.abort(),
    messages: () => messages,
    hasGaps: () => unrecorded !== undefined && unrecorded.gaps.length > 0,
  }
}

function outputBufferOf({ context, partition, producer }: TransactionWriterOptions): OutputBuffer {
  const { processor, naming, registry, partitionCountOf } = context
  const changelog = naming.changelog(processor)
  return createOutputBuffer({ producer, naming, registry, changelog, partition, partitionCountOf })
}

function transactionOf(
  { context, state, start }: TransactionWriterOptions,
  output: Pick<TaskTransactionOptions, 'begin' | 'emit' | 'undo'>,
): TaskTransactionOptions {
  const { processor, naming, registry, inputTopics, forwardedTopics, partitionCountOf } = context
  return {
    processor,
    batchProcessor: createBatchProcessor(processor),
    state,
    inputTopics,
    readers: createReaders(inputTopics, sourceOf(processor), registry, (topic) =>
      partitionCountOf(naming.topic(topic)),
    ),
    encode: (topic, event) => codecOf(topic, registry).encode(event),
    forwardedTopics,
    topicIdOf: (topic: Topic) => start.topicIds.get(naming.topic(topic))!,
    ...output,
  }
}

/** Stores the ids of the task’s topics in its state, so that a recreated topic is noticed. */
function storeTopicIds(state: TaskState, { topicIds }: TaskStart): void {
  const kept = state.keyedState(POSITION_KEY)
  for (const [topic, topicId] of topicIds)
    if (kept.get(topicKind, topic)?.topicId !== topicId) kept.put(topicKind, topic, { topicId })
}
