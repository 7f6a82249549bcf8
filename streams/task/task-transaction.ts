import type { RecordBatch } from '../../kafka/client.ts'
import type { Processor } from '../../processors/processor.ts'
import type { Envelope } from '../../schemas/avro/schema.ts'
import type { Message, Topic } from '../../schemas/topic.ts'
import { valueOf } from '../../kafka/records/record-access.ts'
import type { Refused, RecordRef } from '../input/dead-letter.ts'
import type { ErasedPersons } from '../erasure/erased-persons.ts'
import type { EventReader, Misplaced, Reading } from '../input/event-reader.ts'
import { applyErasure, type StateErasure } from '../erasure/state-erasure.ts'
import { formerCustomers } from '../merging/former-customers.ts'
import { applyMerging, type StateMerging } from '../merging/leave.ts'
import type { GlobalsVersion } from '../settings/global-tables.ts'
import type { PolledRecords } from '../input/input-slices.ts'
import { forwardedBefore, forwardMessage } from '../input/misplaced.ts'
import type { Place } from './pending-score.ts'
import type { Position } from '../state/reserved-kinds.ts'
import type { Arrival, Arrivals, Refusal } from './fold-batch.ts'
import { PoisonError, type BatchOptions, type BatchResult, type BatchProcessor } from './batch.ts'
import type { ReevaluationStep } from './re-evaluation.ts'
import type { TaskState } from '../state/task-state.ts'
import type { DueTimer } from './timers.ts'

/** The computation of a transaction between polling and writing, shared by the running task and verification. */

export interface TaskTransaction {
  readonly result: BatchResult
  readonly refused: readonly Refused[]
  /** Number of records about erased people that were dropped. */
  readonly dropped: number
  /** Topics of the misplaced records that it forwarded, one per record. */
  readonly forwarded: readonly Topic[]
  /** Re-evaluated keys for which `decide` failed, with the cause. */
  readonly skippedKeys: ReadonlyMap<string, string>
}

/** Returns whether the transaction had no effect: no row to decide on, no change of state, nothing published. */
export function isNoOp({ result, refused, forwarded }: TaskTransaction, state: TaskState): boolean {
  return result.rows === 0 && refused.length === 0 && forwarded.length === 0 && state.staged().length === 0
}

export interface TaskTransactionOptions {
  readonly processor: Processor
  readonly batchProcessor: BatchProcessor
  readonly state: TaskState
  readonly inputTopics: readonly Topic[]
  /** One reader per input. */
  readonly readers: readonly EventReader[]
  /** Topics whose misplaced records the processor forwards. */
  readonly forwardedTopics: ReadonlySet<Topic>
  /** Returns the current id of a topic. */
  readonly topicIdOf: (topic: Topic) => string
  /** Returns the bytes of an event of a topic. */
  readonly encode: (topic: Topic, event: Envelope) => Buffer
  /** Begins an attempt; messages emitted after it are discarded by `undo`. */
  readonly begin: () => void
  readonly emit: (message: Message) => void
  readonly undo: () => Promise<void>
}

/** Records, keys and rows that a transaction leaves out from the start. */
export interface Exclusions extends Pick<BatchOptions, 'narrow' | 'unscored'> {
  readonly records?: readonly Refused[]
  readonly keys?: ReadonlyMap<string, string>
}

/** What a transaction does beside folding records. */
export interface OtherWork {
  readonly reevaluation: ReevaluationStep | undefined
  /** What it erases before the first record. */
  readonly erasure: StateErasure | undefined
  /** Merges of customers that it applies before the first record. */
  readonly merging: StateMerging | undefined
}

/** Runs a transaction; sets aside an event, timer or re-evaluated key on which `decide` fails and starts over. */
export async function runTaskTransaction(
  options: TaskTransactionOptions,
  taken: Pick<PolledRecords, 'runs'>,
  globals: GlobalsVersion,
  { reevaluation, erasure, merging }: OtherWork,
  { records = [], keys, ...scoring }: Exclusions = {},
): Promise<TaskTransaction> {
  const { processor, batchProcessor, state, inputTopics, begin, emit, undo } = options
  const poison: Refused[] = [...records]
  const skippedTimers: DueTimer[] = []
  const skippedKeys = new Map(keys)
  for (;;) {
    begin()
    const sorted = sortedArrivals(options, taken, poison, globals)
    try {
      const touched = [
        ...(erasure === undefined ? [] : applyErasure(processor, state, erasure, emit)),
        ...(merging === undefined ? [] : applyMerging(processor, state, merging, emit)),
      ]
      const result = await batchProcessor.run(state, sorted, globals, emit, {
        ...scoring,
        reevaluation: [...new Set([...touched, ...(reevaluation?.keys ?? [])])].filter((key) => !skippedKeys.has(key)),
        reevaluationId:
          reevaluation?.id ?? (erasure && `erased-${erasure.end}`) ?? (merging && `merged-${merging.end}`),
        reevaluating: touched.length > 0 ? undefined : reevaluation?.deciders,
        skippedTimers,
      })
      const refused = [
        ...sorted.refused,
        ...result.refused.map((refusal) => refusedRecord(inputTopics, taken, sorted, refusal)),
      ]
      for (const one of sorted.misplaced) emit(forwardMisplaced(options, one))
      const duplicates = result.duplicates + sorted.repeats()
      return {
        result: { ...result, duplicates },
        refused,
        dropped: sorted.dropped(),
        forwarded: [...sorted.misplaced.map(({ topic }) => topic), ...sorted.sentOn],
        skippedKeys,
      }
    } catch (error) {
      state.rollback()
      if (!(error instanceof PoisonError)) throw error
      await undo()
      const { refusal, reevaluatedKey, failure } = error
      if (reevaluatedKey !== undefined) skippedKeys.set(reevaluatedKey, failure.message)
      if (refusal === undefined) continue
      poison.push(refusedRecord(inputTopics, taken, sorted, refusal))
      if (refusal.timer !== undefined) skippedTimers.push(refusal.timer)
    }
  }
}

interface PolledMisplaced extends Omit<Misplaced, 'kind'> {
  readonly record: RecordRef
}

interface SortedArrivals extends Arrivals {
  /** Invalid records, and `poison`. */
  readonly refused: readonly Refused[]
  /** Records to forward. */
  readonly misplaced: readonly PolledMisplaced[]
  /** Forwarded records by their original position. */
  readonly forwardedRecords: ReadonlyMap<string, RecordRef>
  /** Topics of events of merged customers that were sent on. */
  readonly sentOn: readonly Topic[]
  /** Number of forwarded records that had been received before. */
  repeats(): number
  /** Number of records about erased people. */
  dropped(): number
}

/** Reads records one by one as the batch folds them; those that can't be folded are set aside. */
function sortedArrivals(
  options: TaskTransactionOptions,
  taken: Pick<PolledRecords, 'runs'>,
  poison: readonly Refused[],
  { erased: { persons }, merged }: Pick<GlobalsVersion, 'erased' | 'merged'>,
): SortedArrivals {
  const { state, readers, forwardedTopics } = options
  const former = formerCustomers(options, merged)
  const refused = [...poison]
  const misplaced: PolledMisplaced[] = []
  const forwardedRecords = new Map<string, RecordRef>()
  let repeats = 0
  let dropped = 0
  const isPoison = (batch: RecordBatch, index: number) =>
    poison.some(({ record, timer }) => timer === undefined && record.batch === batch && record.index === index)

  function sort(read: EventReader, batch: RecordBatch, index: number, visit: (arrival: Arrival) => void): void {
    const reading = former.named(read(batch, index))
    if (persons.size > 0 && isAboutErased(persons, reading, batch.timestamps[index]!)) {
      dropped++
      if (reading.kind === 'moved') former.drop(reading)
    } else if (reading.kind === 'moved') {
      if (!isPoison(batch, index)) former.arrive(reading, visit)
    } else if (reading.kind === 'event') {
      const { topicId } = reading
      if (topicId !== undefined) {
        if (forwardedBefore(state, { ...reading, topicId })) return void repeats++
      }
      if (topicId !== undefined || reading.isMoved === true) forwardedRecords.set(placeName(reading), { batch, index })
      if (former.sendsOn(reading)) return
      if (poison.length === 0 || !isPoison(batch, index)) visit(reading)
    } else if (poison.length > 0 && isPoison(batch, index)) return
    else if (reading.kind === 'refused') refused.push({ record: { batch, index }, error: reading.error })
    else if (reading.kind === 'misplaced' && forwardedTopics.has(reading.topic))
      misplaced.push({ ...reading, record: { batch, index } })
  }

  return {
    refused,
    misplaced,
    forwardedRecords,
    sentOn: former.sentOn,
    repeats: () => repeats + former.repeats(),
    dropped: () => dropped,
    forEach(visit) {
      for (const { input, batch, from, to } of taken.runs) {
        const read = readers[input]!
        for (let index = from; index < to; index++) sort(read, batch, index, visit)
      }
    },
  }
}

/** A refused record of an erased person is dropped too: its dead letter would hold its bytes. */
function isAboutErased(persons: ErasedPersons, reading: Reading, writtenAt: number): boolean {
  if (reading.kind === 'event' || reading.kind === 'misplaced')
    return persons.coversRecord(reading.topic, reading.key, reading.event, writtenAt)
  if (reading.kind === 'moved') return persons.covers(reading.moved.customerId, writtenAt)
  return reading.kind === 'refused' && reading.key !== undefined && persons.covers(reading.key, writtenAt)
}

function forwardMisplaced({ processor, topicIdOf }: TaskTransactionOptions, misplaced: PolledMisplaced): Message {
  const { topic, partition, offset, key, event, record } = misplaced
  const { batch, index } = record
  return forwardMessage(
    processor,
    { topic, topicId: topicIdOf(topic), partition, offset },
    { occurredAt: event.occurredAt, writtenAt: batch.timestamps[index]!, key, value: valueOf(batch, index)! },
  )
}

function refusedRecord(
  inputTopics: readonly Topic[],
  { runs }: Pick<PolledRecords, 'runs'>,
  { forwardedRecords }: SortedArrivals,
  { place, timer, failure }: Refusal,
): Refused {
  const forwarded = forwardedRecords.get(placeName(place))
  if (forwarded !== undefined) return { record: forwarded, timer, error: failure }
  const { topic, offset } = place
  for (const { input, batch, from, to } of runs) {
    if (inputTopics[input] !== topic) continue
    const index = batch.offsets.indexOf(offset, from)
    if (index >= from && index < to) return { record: { batch, index }, timer, error: failure }
  }
  throw new Error(`Offset ${offset} of ${topic.name} is not among what the batch was given.`)
}

function placeName({ topic, partition, offset }: Place): string {
  return `${topic.name}/${partition}/${offset}`
}

export function nextPosition(
  before: Position | undefined,
  inputs: Position['inputs'],
  settingsVersion: string,
  reevaluation: ReevaluationStep | undefined,
): Position {
  return {
    sequence: (before?.sequence ?? 0) + 1,
    inputs,
    settingsVersion: reevaluation === undefined ? (before?.settingsVersion ?? settingsVersion) : settingsVersion,
    sweeping: reevaluation?.more ?? false,
    sweptTo: reevaluation?.more === true ? (reevaluation.keys.at(-1) ?? null) : null,
    sweptFor: reevaluation?.more === true ? (reevaluation.deciders ?? null) : null,
  }
}
