import { findErasure } from '../erasure/state-erasure.ts'
import { findMerging } from '../merging/leave.ts'
import {
  decidersOf,
  SAME_SCORE,
  sourceOf,
  type Processor,
  type Globals,
  type Model,
} from '../../processors/processor.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import type { EventErrorCode } from '../../schemas/event-error.ts'
import type { DeadLetter, JournalEntry } from '../../schemas/platform/platform.ts'
import type { Message } from '../../schemas/topic.ts'
import { createDeadLetters, type Refused, type RecordRef } from '../input/dead-letter.ts'
import { createReaders } from '../input/event-reader.ts'
import type { PolledRun } from '../input/input-slices.ts'
import { inputsOf } from '../input/inputs-of.ts'
import { forwardedTopicsOf } from '../input/misplaced.ts'
import type { GlobalsHistory } from '../settings/globals-history.ts'
import { POSITION_KEY, positionKind } from '../state/reserved-kinds.ts'
import type { Store } from '../state/store.ts'
import { createTaskState, type TaskState } from '../state/task-state.ts'
import { createBatchProcessor } from '../task/batch.ts'
import { nextPosition, runTaskTransaction, type TaskTransactionOptions } from '../task/task-transaction.ts'
import type { Transaction } from '../verify/records.ts'
import { journalEntries, type JournalEntriesOptions, type JournaledTransaction } from './journal-replay-entries.ts'
import { ReplayGapError } from './journal-replay-gap.ts'
import { createReplayInputs } from './journal-replay-inputs.ts'
import { journaledReevaluation } from './journal-replay-reevaluation.ts'

export interface JournalReplayOptions extends JournalEntriesOptions {
  /** All processors that were running: they divide the forwarding of misplaced records among them. */
  readonly processors: readonly Processor[]
  readonly globals: GlobalsHistory
  readonly partitionCountOf: (topic: string) => number
  readonly topicIdOf: (topic: string) => string
  /** Holds the state after transaction `after` at the start, and after transaction `until` at the end. */
  readonly store: Store
  readonly onTransaction: (transaction: Transaction, published: Published) => Promise<void>
}

/** Output of one transaction, in order. */
export interface Published {
  readonly messages: readonly Message[]
  readonly deadLetters: readonly DeadLetter[]
  /** Tolerated difference between numbers in the messages: more than 0 if a model runtime computed the scores. */
  readonly tolerance: number
  /** Number of records that the transaction read. */
  readonly inputs: number
}

/** Size of unflushed state beyond which it is checkpointed. */
const UNFLUSHED_BYTES_MAX = 32 << 20
const CACHED_RECORDS_MAX = 50_000
const NO_METADATA = { changelogId: '', changelogOffset: 0, writtenAt: 0 }

/**
 * Replays a task's transactions one by one from its journal: the same slices in the same order with the same globals.
 */
export async function replayJournal(options: JournalReplayOptions): Promise<void> {
  const { naming, registry, processor, until } = options
  const state = createTaskState(options.store, processor, { cachedRecordsMax: CACHED_RECORDS_MAX })
  const inputs = createReplayInputs(options)
  const output: ReplayOutput = { messages: [] }
  const replay: TaskReplay = {
    options,
    state,
    output,
    taskTransaction: transactionOf(options, state, output),
    deadLettersOf: createDeadLetters(processor, naming, registry),
  }
  let sequence = options.after
  try {
    for await (const journaled of journalEntries(options)) {
      const { entry } = journaled
      if (entry.sequence !== sequence + 1)
        throw new ReplayGapError(
          `because its journal goes from transaction ${sequence} to ${entry.sequence}: those between them were deleted`,
        )
      await replayTransaction(replay, journaled, await inputs.take(entry))
      if (state.unflushedBytes > UNFLUSHED_BYTES_MAX) state.checkpoint(NO_METADATA)
      sequence = entry.sequence
    }
  } finally {
    await inputs.close()
  }
  if (sequence < until)
    throw new ReplayGapError(`because its journal ends with transaction ${sequence}, and its state is that of ${until}`)
  state.checkpoint(NO_METADATA)
}

/** A task whose transactions are replayed. */
interface TaskReplay {
  readonly options: JournalReplayOptions
  readonly state: TaskState
  readonly output: ReplayOutput
  readonly taskTransaction: TaskTransactionOptions
  readonly deadLettersOf: ReturnType<typeof createDeadLetters>
}

/** Output of the current transaction. */
interface ReplayOutput {
  messages: Message[]
}

function transactionOf(
  { naming, registry, processor, processors, partitionCountOf, topicIdOf }: JournalReplayOptions,
  state: TaskState,
  output: ReplayOutput,
): TaskTransactionOptions {
  const inputTopics = inputsOf(processor)
  return {
    processor,
    batchProcessor: createBatchProcessor(processor),
    state,
    inputTopics,
    readers: createReaders(inputTopics, sourceOf(processor), registry, (topic) =>
      partitionCountOf(naming.topic(topic)),
    ),
    encode: (topic, event) => codecOf(topic, registry).encode(event),
    forwardedTopics: forwardedTopicsOf(processor, processors),
    topicIdOf: (topic) => topicIdOf(naming.topic(topic)),
    begin: () => void (output.messages = []),
    emit(message) {
      // As in the original run, a value that does not fit its topic sets its event aside.
      if (message.value !== null) codecOf(message.topic, registry).encode(message.value)
      output.messages.push(message)
    },
    undo: () => Promise.resolve(),
  }
}

async function replayTransaction(
  { options, state, output, taskTransaction, deadLettersOf }: TaskReplay,
  { entry, transaction }: JournaledTransaction,
  runs: readonly PolledRun[],
): Promise<void> {
  const { processor, globals } = options
  const version = globals.at(entry.globals)
  const settingsVersion = version.settingsVersion(processor)
  const before = state.keyedState(POSITION_KEY).get(positionKind, '')
  const keysAfter = (after: string | null, limit: number) => state.keys(after, limit)
  const reevaluation = journaledReevaluation(before, settingsVersion, entry.swept, keysAfter)
  const erasure = await findErasure(processor, state, version)
  const merging = await findMerging(processor, state, version)
  const { aside, cut } = setAsideBy(entry, runs)
  const { refused } = await runTaskTransaction(
    taskTransaction,
    { runs },
    version,
    { reevaluation, erasure, merging },
    {
      records: aside,
      keys: new Map(entry.skippedKeys.map(({ key, reason }) => [key, reason])),
      unscored: entry.unscored,
    },
  )
  const isApproximate = decidersOf(processor).some(
    ({ task }) => task !== undefined && modelsOf(version, task).some((model) => model?.runtime !== undefined),
  )
  await options.onTransaction(transaction, {
    messages: output.messages,
    deadLetters: deadLettersOf(refused, transaction.writtenAt, cut),
    tolerance: isApproximate ? SAME_SCORE : 0,
    inputs: runs.reduce((sum, { from, to }) => sum + to - from, 0),
  })
  state.keyedState(POSITION_KEY).put(positionKind, '', nextPosition(before, [], settingsVersion, reevaluation))
  state.stageFormats()
  state.commit()
}

/** Returns every model whose scores a task publishes. */
function modelsOf(globals: Globals, task: string): readonly (Model | undefined)[] {
  const trials = globals.trials?.(task)
  return [globals.model(task), trials?.canary?.model, ...(trials?.shadows ?? [])]
}

/** Returns the records set aside in the original run because their output could not be written; a replay could. */
function setAsideBy(
  { setAside, sequence }: JournalEntry,
  runs: readonly PolledRun[],
): { aside: Refused[]; cut: RecordRef[] } {
  const aside: Refused[] = []
  const cut: RecordRef[] = []
  for (const { topic, offset, code, message, cut: isCut } of setAside) {
    const record = runs
      .filter(({ batch }) => batch.topic === topic)
      .map(({ batch, from, to }) => ({ batch, index: batch.offsets.indexOf(offset, from), to }))
      .find(({ index, to }) => index >= 0 && index < to)
    if (record === undefined)
      throw new ReplayGapError(
        `because transaction ${sequence} set offset ${offset} of ${topic} aside, which it did not read`,
      )
    const { batch, index } = record
    aside.push({ record: { batch, index }, error: { code: code as EventErrorCode, message } })
    if (isCut) cut.push({ batch, index })
  }
  return { aside, cut }
}
