import type { KafkaClient } from '../../kafka/client.ts'
import { valuesOf } from '../../kafka/records/record-access.ts'
import { SAME_SCORE, sourceOf, type Processor } from '../../processors/processor.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import type { EventErrorCode } from '../../schemas/event-error.ts'
import { journal, type DeadLetter, type JournalEntry } from '../../schemas/platform/platform.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import type { Message, Topic } from '../../schemas/topic.ts'
import { createLetters, type Refused, type TakenRecord } from '../input/dead-letter.ts'
import { createReaders } from '../input/event-reader.ts'
import type { GlobalsHistory } from '../settings/globals-history.ts'
import type { PolledRun } from '../input/input-slices.ts'
import { inputsOf } from '../input/inputs-of.ts'
import { ReplayGapError } from './journal-replay-gap.ts'
import { createReplaySource } from './journal-replay-source.ts'
import { journaledReevaluation } from './journal-replay-reevaluation.ts'
import { sentOnBy } from '../input/misplaced.ts'
import type { Naming } from '../naming.ts'
import { POSITION_KEY, positionKind } from '../state/reserved-kinds.ts'
import { createBatchProcessor } from '../task/batch.ts'
import type { Store } from '../state/store.ts'
import { nextPosition, runTaskTransaction } from '../task/task-transaction.ts'
import { createTaskState } from '../state/task-state.ts'
import type { Transaction } from '../verify/records.ts'

export interface JournalReplayOptions {
  readonly client: KafkaClient
  readonly naming: Naming
  readonly registry: Registry
  readonly processor: Processor
  /** All that were at work: they share the sending on of misplaced records. */
  readonly processors: readonly Processor[]
  readonly partition: number
  readonly globals: GlobalsHistory
  readonly partitionCountOf: (topic: string) => number
  readonly topicIdOf: (topic: string) => string
  /** Holds the state behind transaction `after`, and that behind transaction `until` in the end. */
  readonly store: Store
  /** 0: the store is empty. */
  readonly after: number
  readonly until: number
  /** An offset of the journal at or before the entry of the first transaction. */
  readonly journalFrom: number | 'earliest'
  readonly onTransaction: (transaction: Transaction, published: Published) => Promise<void>
}

/** What one transaction publishes, each in order. */
export interface Published {
  readonly messages: readonly Message[]
  readonly deadLetters: readonly DeadLetter[]
  /** Numbers in the messages that differ by so much are the same: more than 0 where a runtime computed the scores. */
  readonly tolerance: number
  /** Records that it read. */
  readonly inputs: number
}

/** Unflushed records are checkpointed beyond this size. */
const UNFLUSHED_BYTES_MAX = 32 << 20
const CACHED_RECORDS_MAX = 50_000
const NO_MARK = { changelogId: '', changelogOffset: 0, writtenAt: 0 }

/**
 * Does again what a task has done, transaction by transaction, as its journal says: the same slices in the same order
 * under the same globals.
 */
export async function replayJournal(options: JournalReplayOptions): Promise<void> {
  const { client, naming, registry, processor, partition, globals, partitionCountOf, store } = options
  const inputTopics = inputsOf(processor)
  const readers = createReaders(inputTopics, registry, (topic) => partitionCountOf(naming.topic(topic)))
  const state = createTaskState(store, processor, { cachedRecordsMax: CACHED_RECORDS_MAX })
  const sources = inputTopics.map((topic) => createReplaySource(client, naming.topic(topic), partition))
  const lettersOf = createLetters(processor, naming, registry)
  let messages: Message[] = []
  const taskTransaction = {
    processor,
    batchProcessor: createBatchProcessor(processor),
    state,
    inputTopics,
    readers,
    sendsOn: sentOnBy(processor, options.processors),
    topicIdOf: (topic: Topic) => options.topicIdOf(naming.topic(topic)),
    begin: () => void (messages = []),
    emit(message: Message) {
      // As in the original run, a value that does not fit its topic sets its event aside.
      if (message.value !== null) codecOf(message.topic, registry).encode(message.value)
      messages.push(message)
    },
    undo: () => Promise.resolve(),
  }
  let sequence = options.after
  try {
    for await (const { entry, transaction } of entriesOf(options)) {
      if (entry.sequence !== sequence + 1)
        throw new ReplayGapError(
          `because its journal goes from transaction ${sequence} to ${entry.sequence}: those between them were deleted`,
        )
      const runs: PolledRun[] = []
      let inputs = 0
      for (const slice of entry.slices) {
        const input = inputTopics.findIndex((topic) => naming.topic(topic) === slice.topic)
        if (input < 0)
          throw new ReplayGapError(
            `because transaction ${entry.sequence} read ${slice.topic}, which is no longer an input`,
          )
        for (const run of await sources[input]!.take(slice, entry.sequence)) {
          runs.push({ ...run, input })
          inputs += run.to - run.from
        }
      }
      const version = globals.at(entry.globals)
      const before = state.memory(POSITION_KEY).get(positionKind, '')
      const reevaluation = journaledReevaluation(
        before,
        version.settingsVersion(processor),
        entry.swept,
        (after, limit) => state.keys(after, limit),
      )
      const { aside, cut } = setAsideBy(entry, runs)
      const { refused } = await runTaskTransaction(taskTransaction, { runs }, version, reevaluation, {
        records: aside,
        keys: new Map(entry.skippedKeys.map(({ key, reason }) => [key, reason])),
        unscored: entry.unscored,
      })
      const deadLetters = lettersOf(refused, transaction.writtenAt, cut)
      const { task } = processor
      const tolerance = task !== undefined && version.model(task)?.runtime !== undefined ? SAME_SCORE : 0
      await options.onTransaction(transaction, { messages, deadLetters, tolerance, inputs })
      state
        .memory(POSITION_KEY)
        .put(positionKind, '', nextPosition(before, [], version.settingsVersion(processor), reevaluation))
      state.stageFormats()
      state.commit()
      if (state.unflushedBytes > UNFLUSHED_BYTES_MAX) state.checkpoint(NO_MARK)
      sequence = entry.sequence
    }
  } finally {
    for (const source of sources) await source.close()
  }
  if (sequence < options.until)
    throw new ReplayGapError(
      `because its journal ends with transaction ${sequence}, and its state is that of ${options.until}`,
    )
  state.checkpoint(NO_MARK)
}

/** What the task could not write, although a replay could. */
function setAsideBy(
  { setAside, sequence }: JournalEntry,
  runs: readonly PolledRun[],
): { aside: Refused[]; cut: TakenRecord[] } {
  const aside: Refused[] = []
  const cut: TakenRecord[] = []
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

interface JournaledTransaction {
  readonly entry: JournalEntry
  readonly transaction: Transaction
}

async function* entriesOf(options: JournalReplayOptions): AsyncGenerator<JournaledTransaction> {
  const { client, naming, registry, processor, partition, after, until, journalFrom } = options
  if (after >= until) return
  const codec = codecOf(journal as Topic, registry)
  const at = { topic: naming.topic(journal as Topic), partition }
  // Not the last stable offset: a transaction’s marker may reach this partition after it has reached the changelog.
  const end = await client.listOffset(at, 'latest')
  const fetcher = client.fetcher({ bufferedBytesMax: 4 << 20 })
  try {
    await fetcher.assign(at, journalFrom)
    while (fetcher.position(at.topic, partition) < end) {
      const batch = fetcher.take(at.topic, partition)
      if (batch === undefined) {
        await fetcher.wait(1_000)
        continue
      }
      const { producerId, producerEpoch } = batch
      for (const entry of valuesOf(batch, codec) as Iterable<JournalEntry>) {
        const isOurs =
          entry.processor === processor.name && entry.partition === partition && entry.source === sourceOf(processor)
        if (!isOurs || entry.sequence <= after) continue
        yield { entry, transaction: { producerId, producerEpoch, writtenAt: entry.occurredAt } }
        if (entry.sequence >= until) return
      }
    }
  } finally {
    await fetcher.close()
  }
}
