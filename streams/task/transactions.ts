import { setTimeout as delay } from 'node:timers/promises'
import type { TransactionalProducer } from '../../kafka/client.ts'
import { RecordTooLargeError } from '../../kafka/errors.ts'
import { sourceOf, type Processor } from '../../processors/processor.ts'
import { EventError } from '../../schemas/event-error.ts'
import type { Message, Topic } from '../../schemas/topic.ts'
import { isBlamable } from './blame.ts'
import { createLetters, type Refused, type TakenRecord } from '../input/dead-letter.ts'
import { createReaders } from '../input/event-reader.ts'
import { gapOf } from '../input/gap.ts'
import type { GlobalsVersion } from '../settings/global-tables.ts'
import { createInputSlices, type PolledRecords } from '../input/input-slices.ts'
import { firstFailing, firstOf, recordAt } from './narrowing.ts'
import { createOutputBuffer } from './output-buffer.ts'
import { createBatchSizer } from './batch-size.ts'
import { POSITION_KEY, positionKind, topicKind, type Position } from '../state/reserved-kinds.ts'
import { createBatchProcessor } from './batch.ts'
import { ScoreError, type UnscoredRows } from './score-rows.ts'
import { nextReevaluation, type ReevaluationStep } from './re-evaluation.ts'
import type { TaskContext } from './task-context.ts'
import { nextPosition, runTaskTransaction, type LeftOut, type TaskTransaction } from './task-transaction.ts'
import type { TaskStart } from './task-start.ts'
import type { TaskState } from '../state/task-state.ts'

export interface Transactions {
  /** One transaction over what has come; `worked`: there was something to do. Any error ends the run. */
  transact(): Promise<{ readonly worked: boolean; readonly full: boolean }>
  /** Records that wait; `undefined`: not known yet. */
  lag(): number | undefined
  /** Why an input could not be read for a while now, though it is tried again. */
  failing(): Error | undefined
}

/**
 * The commit order. (1) take a slice of each input; (2) begin; (3) decode, set bad records aside; (4) fold, row, score,
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
  const { processor, naming, registry, metrics, log, partitionCountOf } = context
  const name = `${processor.name}/${partition}`
  const topics = context.inputTopics.map((topic) => naming.topic(topic))
  const slices = createInputSlices(context.fetcher, topics, partition, start.offsets)
  const readers = createReaders(context.inputTopics, registry, (topic) => partitionCountOf(naming.topic(topic)))
  const outputBuffer = createOutputBuffer({
    producer,
    naming,
    registry,
    changelog: naming.changelog(processor),
    partition,
    partitionCountOf,
  })
  const lettersOf = createLetters(processor, naming, registry)
  let messages = 0
  const transaction = {
    processor,
    batchProcessor: createBatchProcessor(processor),
    state,
    inputTopics: context.inputTopics,
    readers,
    sendsOn: context.sendsOn,
    topicIdOf: (topic: Topic) => start.topicIds.get(naming.topic(topic))!,
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
  }
  const batchSizer = createBatchSizer(context)
  let failingModel: string | undefined

  /** Of what was found when the task was taken over; the first transaction puts it on record. */
  let unrecorded = start.gaps
  let topicsNoted = false

  return {
    transact,
    lag: () => slices.lag(),
    failing() {
      for (const topic of topics) {
        const error = context.fetcher.failing(topic, partition)
        if (error !== undefined) return error
      }
      return undefined
    },
  }

  async function transact() {
    const startedAt = performance.now()
    const globals = context.globals.current()
    const taken = slices.poll({ recordsMax: batchSizer.recordsMax(), bytesMax: context.bytesMax })
    const before = state.memory(POSITION_KEY).get(positionKind, '')
    const reevaluation = nextReevaluation(before, globals.settingsVersion(processor), (after, limit) =>
      state.keys(after, limit),
    )
    if (taken.count === 0 && reevaluation === undefined && unrecorded.length === 0)
      return { worked: false, full: false }

    const work: Work = { runs: taken.runs, count: taken.count, slices: taken.slices, globals, before, reevaluation }
    const left: LeftOutOfTask = { records: [], cut: [], keys: new Map(), narrow: false }
    const { result, refused, sentOn, skippedKeys } = await writeOrNarrow(work, left, startedAt)
    context.atPoint?.('committed')
    state.commit()
    unrecorded = []
    topicsNoted = true

    metrics.transactionCommitted(processor.name, {
      events: taken.count,
      scored: result.scored - unscoredCount(result.unscored),
      messages,
      durationMs: performance.now() - startedAt,
    })
    const oldest = oldestTimestamp(taken)
    if (oldest !== undefined) metrics.latency(processor.name, Date.now() - oldest)
    if (result.duplicates > 0) metrics.duplicatesDropped(processor.name, result.duplicates)
    for (const { error } of refused) metrics.deadLettered(processor.name, error.code)
    for (const topic of sentOn) metrics.forwarded(processor.name, topic.name)
    for (const [key, reason] of skippedKeys)
      log('error', `${name}: ${key} could not be re-evaluated and keeps its last decision: ${reason}`)
    metrics.lag(processor.name, partition, slices.lag() ?? 0)
    return { worked: true, full: taken.full || reevaluation?.more === true }
  }

  /**
   * Writes and commits. If results of a record can’t be written, that record is found and set aside, and the others are
   * written without it.
   */
  async function writeOrNarrow(work: Work, left: LeftOutOfTask, startedAt: number): Promise<TaskTransaction> {
    for (let failures = 0; ; failures++) {
      try {
        const done = await write(work, { ...left, narrow: left.narrow || failingModel !== undefined })
        if (done.result.unscored.length === 0) failingModel = undefined
        batchSizer.worked(work.count, performance.now() - startedAt)
        await commit(work)
        return done
      } catch (error) {
        state.rollback()
        if (error instanceof ScoreError) {
          // The first failure may be transient. Rows that fail again stay unscored, with the reason.
          if (failures > 0) failingModel = error.modelId
          log(
            'warn',
            `${name}: ${error.message} ${failures > 0 ? 'Rows that it fails on are not scored.' : 'It is tried again.'}`,
          )
          await producer.abort()
          await delay(failures > 0 ? 0 : SCORE_AGAIN_MS)
          continue
        }
        if (!isBlamable(error)) throw error
        await producer.abort()
        await setAside(work, left, error)
      }
    }
  }

  /** Throws `error` where no single record or key is to blame for it. */
  async function setAside(work: Work, left: LeftOutOfTask, error: unknown): Promise<void> {
    const stepFails =
      work.reevaluation !== undefined && (await failure({ ...work, runs: [], count: 0 }, left)) !== undefined
    if (stepFails) {
      const { reevaluation } = work
      const keys = reevaluation!.keys.filter((key) => !left.keys.has(key))
      const found = await firstFailing(keys.length, (first) =>
        failure({ ...work, runs: [], count: 0, reevaluation: { ...reevaluation!, keys: keys.slice(0, first) } }, left),
      )
      if (found === undefined) throw error
      left.keys.set(keys[found.index]!, describe(found.cause))
      return
    }
    if (work.count === 0) throw error
    const found = await firstFailing(work.count, (first) =>
      failure({ ...work, runs: firstOf(work.runs, first), count: first }, left),
    )
    if (found === undefined) {
      log('warn', `${name}: a transaction failed and is tried again: ${describe(error)}`)
      throw error
    }
    const record = recordAt(work.runs, found.index)
    const isSame = (one: TakenRecord) => one.batch === record.batch && one.index === record.index
    log(
      'error',
      `${name}: the record at offset ${record.batch.offsets[record.index]} of ${record.batch.topic} is set aside: ${describe(found.cause)}`,
    )
    if (left.cut.some(isSame)) throw error
    // Its dead letter can’t be written.
    if (left.records.some((one) => isSame(one.record))) left.cut.push(record)
    else left.records.push({ record, error: causeOf(processor, found.cause) })
  }

  /** Tries to write, without a commit. Returns the failure, or `undefined`. Throws errors that no record caused. */
  async function failure(work: Work, left: LeftOutOfTask): Promise<unknown> {
    let cause: unknown
    try {
      await write(work, { ...left, narrow: true })
      await producer.flush()
    } catch (error) {
      if (!isBlamable(error)) throw error
      cause = error
    }
    state.rollback()
    await producer.abort()
    return cause
  }

  async function write(work: Work, left: LeftOutOfTask): Promise<TaskTransaction> {
    const { runs, globals, before, reevaluation } = work
    const done = await runTaskTransaction(transaction, { runs }, globals, reevaluation, left)
    for (const letter of lettersOf(done.refused, outputBuffer.writtenAt, left.cut)) outputBuffer.deadLetter(letter)
    for (const gap of unrecorded) outputBuffer.message(gapOf(processor, gap, outputBuffer.writtenAt))
    const kept = state.memory(POSITION_KEY)
    for (const [topic, topicId] of topicsNoted ? [] : start.topicIds)
      if (kept.get(topicKind, topic)?.topicId !== topicId) kept.put(topicKind, topic, { topicId })
    const after = nextPosition(before, slices.positions(), globals.settingsVersion(processor), reevaluation)
    kept.put(positionKind, '', after)
    state.stageFormats()
    outputBuffer.changelog(state.staged())
    outputBuffer.journal(journalEntry(processor, partition, after, work, outputBuffer.writtenAt, done, left))
    return done
  }

  async function commit({ before, globals, reevaluation }: Work): Promise<void> {
    const { inputs } = nextPosition(before, slices.positions(), globals.settingsVersion(processor), reevaluation)
    // Sent with the last batches; the commit waits for both and fails if either does.
    void producer.sendOffsets(
      context.group(),
      inputs.map(({ topic, offset }) => ({ topic, partition, offset })),
    )
    context.atPoint?.('commit')
    await producer.commit()
  }
}

/** What a transaction is about. */
interface Work {
  readonly runs: PolledRecords['runs']
  readonly count: number
  readonly slices: PolledRecords['slices']
  readonly globals: GlobalsVersion
  readonly before: Position | undefined
  readonly reevaluation: ReevaluationStep | undefined
}

/** What a transaction leaves out, found out while it is tried. */
interface LeftOutOfTask extends LeftOut {
  readonly records: Refused[]
  /** Records whose dead letter was too large. */
  readonly cut: TakenRecord[]
  readonly keys: Map<string, string>
  readonly narrow: boolean
}

const SCORE_AGAIN_MS = 100

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function causeOf(processor: Processor, cause: unknown): EventError {
  const tooLarge = cause instanceof RecordTooLargeError
  return new EventError(tooLarge ? 'OUTPUT_TOO_LARGE' : 'NOT_WRITTEN', `${processor.name}: ${describe(cause)}`, {
    cause,
  })
}

function unscoredCount(unscored: readonly UnscoredRows[]): number {
  return unscored.reduce((sum, { from, to }) => sum + to - from, 0)
}

function journalEntry(
  processor: Processor,
  partition: number,
  position: Position,
  { slices, globals }: Work,
  now: number,
  { result, skippedKeys }: TaskTransaction,
  { records, cut }: LeftOutOfTask,
) {
  return {
    id: `${processor.name}/${partition}/${position.sequence}`,
    occurredAt: now,
    source: sourceOf(processor),
    processor: processor.name,
    partition,
    sequence: position.sequence,
    slices,
    globals: globals.positions,
    swept: position.sweptTo,
    setAside: records.map(({ record: { batch, index }, error: { code, message } }) => ({
      topic: batch.topic,
      offset: batch.offsets[index]!,
      code,
      message,
      cut: cut.some((one) => one.batch === batch && one.index === index),
    })),
    unscored: result.unscored,
    skippedKeys: [...skippedKeys].map(([key, reason]) => ({ key, reason })),
  }
}

/** Within a run the broker's order is good enough: the first of each. */
function oldestTimestamp({ runs }: PolledRecords): number | undefined {
  let oldest: number | undefined
  for (const { batch, from } of runs) {
    const time = batch.timestamps[from]!
    if (time >= 0 && (oldest === undefined || time < oldest)) oldest = time
  }
  return oldest
}
