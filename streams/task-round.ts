import type { RecordBatch } from '../kafka/client.ts'
import { sourceOf, type Processor } from '../processors/processor.ts'
import type { EventError } from '../schemas/event-error.ts'
import type { DeadLetter } from '../schemas/platform.ts'
import type { Message, Topic } from '../schemas/topic.ts'
import type { EventReader } from './event-reader.ts'
import type { GlobalsVersion } from './globals.ts'
import type { Taken } from './input-slices.ts'
import type { Position } from './reserved-kinds.ts'
import { PoisonError, type Arrivals, type Refusal, type RoundResult, type Rounds } from './round.ts'
import type { SweepStep } from './sweep.ts'
import type { TaskState } from './task-state.ts'

/** What a transaction does between its slice and its records: the same when it is served and when it is verified. */

/** One record by its place in its batch. */
export interface TakenRecord {
  readonly batch: RecordBatch
  readonly index: number
}

/** A record that became no part of the state, with the cause. */
export interface Refused {
  readonly record: TakenRecord
  readonly error: EventError
}

export interface TaskRound {
  readonly result: RoundResult
  readonly refused: readonly Refused[]
  readonly misplaced: readonly { readonly record: TakenRecord; readonly to: number }[]
}

export interface TaskRoundOptions {
  readonly rounds: Rounds
  readonly state: TaskState
  readonly inputTopics: readonly Topic[]
  /** One an input. */
  readonly readers: readonly EventReader[]
  /** What was emitted counts only if no `undo` follows. */
  readonly begin: () => void
  readonly emit: (message: Message) => void
  readonly undo: () => Promise<void>
}

/** An event whose consequences can't be decided on is set aside, and the round begins anew without it. */
export async function runTaskRound(
  options: TaskRoundOptions,
  taken: Pick<Taken, 'runs'>,
  globals: GlobalsVersion,
  sweep: SweepStep | undefined,
): Promise<TaskRound> {
  const { rounds, state, inputTopics, readers, begin, emit, undo } = options
  const poison: Refused[] = []
  for (;;) {
    begin()
    const sorted = sortedArrivals(taken, readers, poison)
    try {
      const result = await rounds.run(state, sorted, globals, emit, sweep?.keys, sweep?.id)
      const refused = [...sorted.refused, ...result.refused.map((refusal) => refusedRecord(taken, refusal, inputTopics))]
      return { result, refused, misplaced: sorted.misplaced }
    } catch (error) {
      state.rollback()
      if (!(error instanceof PoisonError)) throw error
      await undo()
      poison.push(refusedRecord(taken, error, inputTopics))
    }
  }
}

interface SortedArrivals extends Arrivals {
  /** Records that are no good events, and `poison`. */
  readonly refused: readonly Refused[]
  readonly misplaced: readonly { readonly record: TakenRecord; readonly to: number }[]
}

/** Reads record by record while the round folds them; what can't be folded is set aside. */
function sortedArrivals(taken: Pick<Taken, 'runs'>, readers: readonly EventReader[], poison: readonly Refused[]): SortedArrivals {
  const refused = [...poison]
  const misplaced: { readonly record: TakenRecord; readonly to: number }[] = []
  const isPoison = (batch: RecordBatch, index: number) =>
    poison.some(({ record }) => record.batch === batch && record.index === index)
  return {
    refused,
    misplaced,
    forEach(visit) {
      for (const { input, batch, from, to } of taken.runs) {
        const read = readers[input]!
        for (let index = from; index < to; index++) {
          if (poison.length > 0 && isPoison(batch, index)) continue
          const reading = read(batch, index)
          if (reading.kind === 'event') visit(reading)
          else if (reading.kind === 'refused') refused.push({ record: { batch, index }, error: reading.error })
          else misplaced.push({ record: { batch, index }, to: reading.partition })
        }
      }
    },
  }
}

function refusedRecord(
  { runs }: Pick<Taken, 'runs'>,
  { place: { topic, offset }, failure }: Refusal,
  inputTopics: readonly Topic[],
): Refused {
  for (const { input, batch, from, to } of runs) {
    if (inputTopics[input] !== topic) continue
    const index = batch.offsets.indexOf(offset, from)
    if (index >= from && index < to) return { record: { batch, index }, error: failure }
  }
  throw new Error(`Offset ${offset} of ${topic.name} is not among what the round was given.`)
}

export function nextPosition(
  before: Position | undefined,
  inputs: Position['inputs'],
  decidedUnder: string,
  sweep: SweepStep | undefined,
): Position {
  return {
    sequence: (before?.sequence ?? 0) + 1,
    inputs,
    decidedUnder: sweep === undefined ? (before?.decidedUnder ?? decidedUnder) : decidedUnder,
    sweeping: sweep?.more ?? false,
    sweptTo: sweep?.more === true ? (sweep.keys.at(-1) ?? null) : null,
  }
}

/** `writtenAt`: when the transaction began, which stands for the time of a record that has none. */
export function letterOf(processor: Processor, { record: { batch, index }, error }: Refused, writtenAt: number): DeadLetter {
  const offset = batch.offsets[index]!
  return {
    id: `${processor.name}/${batch.topic}/${batch.partition}/${offset}`,
    occurredAt: batch.timestamps[index]! < 0 ? writtenAt : batch.timestamps[index]!,
    source: sourceOf(processor),
    processor: processor.name,
    topic: batch.topic,
    partition: batch.partition,
    offset,
    code: error.code,
    message: error.message,
    key: keyBytes({ batch, index }),
    value: valueBytes({ batch, index }),
  }
}

export function keyBytes({ batch, index }: TakenRecord): Buffer | null {
  const start = batch.keyStarts[index]!
  const length = batch.keyLengths[index]!
  return length < 0 ? null : batch.bytes.subarray(start, start + length)
}

export function valueBytes({ batch, index }: TakenRecord): Buffer | null {
  const start = batch.valueStarts[index]!
  const length = batch.valueLengths[index]!
  return length < 0 ? null : batch.bytes.subarray(start, start + length)
}
