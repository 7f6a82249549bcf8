import { setTimeout as delay } from 'node:timers/promises'
import type { TransactionalProducer } from '../../kafka/client.ts'
import { personDigest } from '../erasure/person-digest.ts'
import { findErasure } from '../erasure/state-erasure.ts'
import { findMerging } from '../merging/leave.ts'
import { createInputSlices, type InputSlices, type PolledRecords } from '../input/input-slices.ts'
import { POSITION_KEY, positionKind } from '../state/reserved-kinds.ts'
import type { TaskState } from '../state/task-state.ts'
import { createBatchSizer, type BatchSizer } from './batch-size.ts'
import { isRecordError } from './record-errors.ts'
import { nextReevaluation } from './re-evaluation.ts'
import { ScoreError, type UnscoredRows } from './score-rows.ts'
import { setAside } from './set-aside.ts'
import type { TaskContext } from './task-context.ts'
import type { TaskStart } from './task-start.ts'
import type { TaskTransaction } from './task-transaction.ts'
import type { CollectedExclusions, TransactionWork } from './transaction-work.ts'
import { isDeferredDue, joinSlices, type DeferredRecords } from './deferred-records.ts'
import { createTransactionWriter, type TransactionWriter, type WrittenTransaction } from './transaction-writer.ts'

export interface Transactions {
  /** Runs one transaction over the records that have arrived. Any error ends the session. */
  transact(): Promise<TransactResult>
  /** Records waiting; `undefined` until known. */
  lag(): number | undefined
  /** Returns why an input has been unreadable for a while, although reads are retried. */
  failing(): Error | undefined
}

export interface TransactResult {
  /** Whether there was anything to do. */
  readonly worked: boolean
  /** Whether the transaction reached its limits, so that more records probably wait. */
  readonly full: boolean
  /** Whether a Kafka transaction was committed. */
  readonly committed: boolean
  /** Whether people were erased from the state, so that the file of its store must be written anew. */
  readonly erased: boolean
}

/**
 * The commit order. (1) poll a slice of each input; (2) begin; (3) decode, set bad records aside; (4) fold, row, score,
 * decide, and write the results; (5) forwarded misplaced records, dead letters; (6) the new position as a state record,
 * and all state changes to the changelog; (7) the journal; (8) input offsets with the group’s generation; (9) commit;
 * (10) the staged state becomes the state.
 */
export function createTransactions(
  context: TaskContext,
  partition: number,
  producer: TransactionalProducer,
  state: TaskState,
  start: TaskStart,
): Transactions {
  const topics = context.inputTopics.map((topic) => context.naming.topic(topic))
  const slices = createInputSlices(context.fetcher, topics, partition, start.offsets)
  const task: TransactingTask = {
    context,
    partition,
    producer,
    state,
    slices,
    writer: createTransactionWriter({ context, partition, producer, state, slices, start }),
    batchSizer: createBatchSizer(context),
    failingModel: undefined,
    deferred: undefined,
  }
  return {
    transact: () => transact(task),
    lag: () => slices.lag(),
    failing() {
      for (const topic of topics) {
        const error = context.fetcher.failing(topic, partition)
        if (error !== undefined) return error
      }
      return undefined
    },
  }
}

/** State of a task session that its transactions share. */
interface TransactingTask {
  readonly context: TaskContext
  readonly partition: number
  readonly producer: TransactionalProducer
  readonly state: TaskState
  readonly slices: InputSlices
  readonly writer: TransactionWriter
  readonly batchSizer: BatchSizer
  /** Id of a model that failed twice in a row: rows on which it fails stay unscored until it works again. */
  failingModel: string | undefined
  /** Records without effect that were read but not committed yet. */
  deferred: DeferredRecords | undefined
}

async function transact(task: TransactingTask): Promise<TransactResult> {
  const { context, state, slices, writer } = task
  const startedAt = performance.now()
  const globals = context.globals.current()
  const taken = slices.poll({ recordsMax: task.batchSizer.recordsMax(), bytesMax: context.bytesMax })
  const before = state.keyedState(POSITION_KEY).get(positionKind, '')
  const settingsVersion = globals.settingsVersion(context.processor)
  const reevaluation = nextReevaluation(before, settingsVersion, (after, limit) => state.keys(after, limit))
  const erasure = await findErasure(context.processor, state, globals)
  const merging = await findMerging(context.processor, state, globals)
  const isOther = reevaluation !== undefined || erasure !== undefined || merging !== undefined
  const isDue = isDeferredDue(task.deferred, startedAt)
  if (taken.count === 0 && !isOther && !writer.hasGaps() && !isDue)
    return { worked: false, full: false, committed: false, erased: false }

  const work: TransactionWork = {
    runs: taken.runs,
    count: taken.count,
    slices: task.deferred === undefined ? taken.slices : joinSlices(task.deferred.slices, taken.slices),
    mayDefer: taken.count > 0 && !isOther && !isDue,
    globals,
    before,
    reevaluation,
    erasure,
    merging,
  }
  const done = await writeOrNarrow(task, work, startedAt)
  if (done.deferred) {
    state.commit()
    const { count = 0, since = startedAt } = task.deferred ?? {}
    task.deferred = { slices: work.slices, count: count + taken.count, since }
    reportLag(task)
    return { worked: true, full: taken.full, committed: false, erased: false }
  }
  context.atPoint?.('committed')
  state.commit()
  report(task, taken, done, startedAt)
  task.deferred = undefined
  return {
    worked: true,
    full: taken.full || reevaluation?.more === true,
    committed: true,
    erased: erasure !== undefined && (erasure.keys.length > 0 || erasure.records.length > 0),
  }
}

/**
 * Writes and commits a transaction. If the results of a record can't be written, finds that record, sets it aside and
 * writes the others.
 */
async function writeOrNarrow(
  task: TransactingTask,
  work: TransactionWork,
  startedAt: number,
): Promise<WrittenTransaction> {
  const { context, partition, producer, state, writer, batchSizer } = task
  const search = { processor: context.processor, partition, log: context.log, failure: writer.failure }
  const exclusions: CollectedExclusions = { records: [], cut: [], keys: new Map(), narrow: false }
  for (let failures = 0; ; failures++) {
    try {
      const done = await writer.write(work, { ...exclusions, narrow: task.failingModel !== undefined })
      if (done.result.unscored.length === 0) task.failingModel = undefined
      batchSizer.worked(work.count, performance.now() - startedAt)
      await (done.deferred ? writer.defer() : writer.commit())
      return done
    } catch (error) {
      state.rollback()
      if (error instanceof ScoreError) {
        await waitForModel(task, error, failures)
        continue
      }
      if (!isRecordError(error)) throw error
      await producer.abort()
      await setAside(search, work, exclusions, error)
    }
  }
}

/** Handles a failed model: retries once, then leaves rows on which it fails unscored, with the reason. */
async function waitForModel(task: TransactingTask, error: ScoreError, failures: number): Promise<void> {
  const { context, partition, producer } = task
  const isAgain = failures > 0
  if (isAgain) task.failingModel = error.modelId
  const next = isAgain ? 'Rows that it fails on are not scored' : 'It is tried again'
  context.log('warn', `A model failed. ${next}`, { processor: context.processor.name, partition, error })
  await producer.abort()
  await delay(isAgain ? 0 : SCORE_AGAIN_MS)
}

function report(task: TransactingTask, taken: PolledRecords, done: TaskTransaction, startedAt: number): void {
  const { context, partition, writer } = task
  const { processor, metrics, log } = context
  const { result, refused, dropped, forwarded, skippedKeys } = done
  metrics.transactionCommitted(processor.name, {
    events: taken.count + (task.deferred?.count ?? 0),
    scored: result.scored - unscoredCount(result.unscored),
    messages: writer.messages(),
    durationMs: performance.now() - startedAt,
  })
  const oldest = oldestTimestamp(taken)
  if (oldest !== undefined) metrics.latency(processor.name, Date.now() - oldest)
  if (dropped > 0) metrics.erasedDropped(processor.name, dropped)
  if (result.duplicates > 0) metrics.duplicatesDropped(processor.name, result.duplicates)
  for (const { error } of refused) metrics.deadLettered(processor.name, error.code)
  for (const topic of forwarded) metrics.forwarded(processor.name, topic.name)
  for (const [key, reason] of skippedKeys)
    log('error', `A key could not be re-evaluated and keeps its last decision: ${reason}`, {
      processor: processor.name,
      partition,
      // The key may be a person.
      keyDigest: personDigest(key),
    })
  reportLag(task)
}

function reportLag({ context: { metrics, processor }, partition, slices }: TransactingTask): void {
  metrics.lag(processor.name, partition, slices.lag() ?? 0, slices.waitingSince())
}

const SCORE_AGAIN_MS = 100

function unscoredCount(unscored: readonly UnscoredRows[]): number {
  return unscored.reduce((sum, { from, to }) => sum + to - from, 0)
}

/**
 * Returns the oldest timestamp of the transaction. Only the first record of each run is considered: within a run the
 * broker's order is good enough.
 */
function oldestTimestamp({ runs }: PolledRecords): number | undefined {
  let oldest: number | undefined
  for (const { batch, from } of runs) {
    const time = batch.timestamps[from]!
    if (time >= 0 && (oldest === undefined || time < oldest)) oldest = time
  }
  return oldest
}
