import { KafkaError } from '../../kafka/errors.ts'
import type { Processor, RowContext, Scorer, State } from '../../processors/processor.ts'
import { clock } from '../../schemas/platform/clock.ts'
import { movedRecords, type MovedRecord } from '../../schemas/platform/customer-merges.ts'
import { EventError } from '../../schemas/event-error.ts'
import type { Envelope } from '../../schemas/avro/schema.ts'
import type { Topic } from '../../schemas/topic.ts'
import { isRecordError } from './record-errors.ts'
import { seenBefore } from '../input/duplicates.ts'
import { joinArrived } from '../merging/arrive.ts'
import { PendingScore, type Place, type RowBlock } from './pending-score.ts'
import type { Savepoint, TaskState } from '../state/task-state.ts'
import type { DueTimer } from './timers.ts'

/** An input event, decoded and checked. */
export interface Arrival {
  readonly kind: 'event'
  readonly topic: Topic
  readonly partition: number
  readonly offset: number
  readonly key: string
  readonly event: Envelope
  /** Id of the original topic, set only for a record that was forwarded from outside its key's partition. */
  readonly topicId?: string
  /** Set for an event that came under the id of a former customer. */
  readonly isMoved?: boolean
}

/** Arrivals in fold order; `forEach` has the signature of an array's. Each is visited once and not kept. */
export interface Arrivals {
  forEach(visit: (arrival: Arrival) => void): void
}

/** An event or timer that can't be folded or decided on, and why. */
export interface Refusal {
  readonly place: Place
  /** The timer to blame, if the event at that place is a clock tick that fired it. */
  readonly timer?: DueTimer | undefined
  readonly failure: EventError
}

export type Fold = (state: State, event: Envelope, requestScore: (subject: string) => void) => void

/** State of a processor that is reused from batch to batch. */
export interface BatchContext {
  readonly processor: Processor
  readonly folds: ReadonlyMap<string, Fold>
  /** Views; the processor's own is first, since others complete its rows. */
  readonly views: readonly View[]
}

/** A kind of row and the deciders that use it. */
export interface View {
  readonly deciders: readonly (Processor | Scorer)[]
  /** Completes the processor's row; `undefined` for the processor's own row. */
  readonly complete: Scorer['row']
  /** Whether the row of a subject is taken once, after the last event that requested it. */
  readonly latestOnly: boolean
  readonly row: Float32Array
  readonly block: RowBlock
}

interface RequestedScore {
  readonly state: State
  readonly subject: string
  readonly timer: DueTimer | undefined
  /** Index of the processor's row for it, or `NO_ROW`. */
  readonly base: number
}

const NO_ROW = -1

/** Timers fired per clock tick; the rest fire at later ticks. */
const TIMERS_PER_TICK_MAX = 1_000

/** A batch in progress. It is a class because this is the hot path: its objects have one shape. */
export class BatchRun {
  readonly context: BatchContext
  readonly taskState: TaskState
  readonly skippedTimers: readonly DueTimer[]
  /** Subjects to score and decide on, in order, by view. */
  readonly pending: readonly PendingScore[][]
  /** Length of each list of `pending` before the current event. */
  readonly pendingBefore: number[]
  /** Last score request of each subject, for views with `latestOnly`. */
  readonly waiting = new Map<string, RequestedScore & { readonly place: Place }>()
  readonly refused: Refusal[] = []
  readonly requestScore: (subject: string) => void
  duplicates = 0
  /** The current event, timer or re-evaluated key: errors are attributed to it. */
  place: Place | undefined = undefined
  timer: DueTimer | undefined = undefined
  reevaluatedKey: string | undefined = undefined
  /** State of the key that is being folded. */
  state: State | undefined = undefined
  /** Scores that the current event requested. */
  requested: RequestedScore[] = []
  topic: Topic | undefined = undefined
  fold: Fold | undefined = undefined

  constructor(context: BatchContext, taskState: TaskState, skippedTimers: readonly DueTimer[]) {
    this.context = context
    this.taskState = taskState
    this.skippedTimers = skippedTimers
    this.pending = context.views.map(() => [])
    this.pendingBefore = context.views.map(() => 0)
    const someLatestOnly = context.views.some(({ latestOnly }) => latestOnly)
    this.requestScore = (subject) => {
      const state = this.state!
      const base = observeAll(this, state, subject, false, NO_ROW)
      if (someLatestOnly) this.requested.push({ state, subject, timer: this.timer, base })
    }
  }
}

/** Folds all arrivals, then takes the rows of requested scores in `latestOnly` views and of re-evaluated keys. */
export function foldBatch(run: BatchRun, arrivals: Arrivals, reevaluation: readonly string[]): void {
  arrivals.forEach((arrival) => foldOrRefuse(run, arrival))
  for (const request of run.waiting.values()) {
    run.place = request.place
    run.timer = request.timer
    observeAll(run, request.state, request.subject, true, request.base)
  }
  run.place = run.timer = undefined
  for (const key of reevaluation) {
    run.reevaluatedKey = key
    const state = run.taskState.keyedState(key)
    for (const subject of [...run.context.processor.subjects(state)]) {
      const base = observeAll(run, state, subject, false, NO_ROW)
      observeAll(run, state, subject, true, base)
    }
  }
  run.reevaluatedKey = undefined
}

/** Folds an arrival. If that fails, undoes only this event and refuses it. */
function foldOrRefuse(run: BatchRun, arrival: Arrival): void {
  run.place = arrival
  if (arrival.topic !== run.topic) {
    run.topic = arrival.topic
    run.fold = run.context.folds.get(arrival.topic.name)
  }
  const before = run.taskState.savepoint()
  const { pending, pendingBefore } = run
  for (let view = 0; view < pending.length; view++) pendingBefore[view] = pending[view]!.length
  try {
    foldArrival(run, arrival)
  } catch (error) {
    run.refused.push({ place: placeOf(arrival), failure: undo(run, error, before, pendingBefore, 0) })
  }
  if (run.requested.length > 0) keepLatest(run, placeOf(arrival))
}

function foldArrival(run: BatchRun, { topic, key, event }: Arrival): void {
  if (topic === (movedRecords as Topic)) return foldFormer(run, key, event as MovedRecord)
  if (topic === (clock as Topic)) fireTimers(run, event.occurredAt)
  if (run.fold === undefined) return
  const state = (run.state = run.taskState.keyedState(key))
  if (isDeduplicated(topic) && seenBefore(run.taskState, state, topic.name, event.id, event.occurredAt, topic.graceMs))
    run.duplicates++
  else run.fold(state, event, run.requestScore)
}

/** Combines the state of a former customer with that of the customer, all of whose subjects are decided again. */
function foldFormer(run: BatchRun, key: string, moved: MovedRecord): void {
  const { taskState, context } = run
  taskState.enter('any')
  try {
    joinArrived(context.processor, taskState, moved)
  } finally {
    taskState.enter('fold')
  }
  const state = (run.state = taskState.keyedState(key))
  for (const subject of [...context.processor.subjects(state)]) run.requestScore(subject)
}

function keepLatest(run: BatchRun, place: Place): void {
  for (const request of run.requested)
    run.waiting.set(`${request.state.key}\u0000${request.subject}`, { ...request, place })
  run.requested = []
}

/** Fires due timers one by one: a failing one must not keep the others, now and at later ticks, from firing. */
function fireTimers(run: BatchRun, now: number): void {
  const { taskState, pending, requested, skippedTimers } = run
  const place = placeOf(run.place!)
  for (const due of taskState.timers.takeDue(now, TIMERS_PER_TICK_MAX)) {
    if (skippedTimers.some(({ key, name }) => key === due.key && name === due.name)) continue
    run.state = taskState.keyedState(due.key)
    run.timer = due
    const before = taskState.savepoint()
    const pendingBefore = pending.map(({ length }) => length)
    const requestedBefore = requested.length
    try {
      run.context.processor.onTimer!(run.state, due.name, due.at, run.requestScore)
    } catch (error) {
      run.refused.push({ place, timer: due, failure: undo(run, error, before, pendingBefore, requestedBefore) })
    }
  }
  run.timer = undefined
}

/** Takes the rows of the views with the given `latestOnly`. Returns the index of the processor's own row. */
function observeAll(run: BatchRun, state: State, subject: string, latestOnly: boolean, base: number): number {
  const { views } = run.context
  for (let index = 0; index < views.length; index++) {
    if (views[index]!.latestOnly !== latestOnly) continue
    const place = observe(run, index, state, subject, base)
    if (index === 0) base = place
  }
  return base
}

/** Takes a row of a view and returns its index in the view, or `NO_ROW`. */
function observe(run: BatchRun, index: number, state: State, subject: string, base: number): number {
  const { processor, views } = run.context
  const { complete, row, block } = views[index]!
  const pending = run.pending[index]!
  row.fill(Number.NaN)
  let rowContext: RowContext | undefined
  if (index === 0) rowContext = processor.row(state, subject, row)
  else if (base !== NO_ROW) {
    views[0]!.block.get(base, row)
    rowContext = complete!(state, subject, row, run.pending[0]![base]!.rowContext)
  }
  if (rowContext === undefined) return NO_ROW
  block.set(pending.length, row)
  pending.push(new PendingScore(state, subject, rowContext, run.place, run.timer))
  return pending.length - 1
}

/** Rolls back to the savepoint. Throws an error that no event is to blame for, which ends the batch. */
function undo(
  run: BatchRun,
  error: unknown,
  before: Savepoint,
  pendingBefore: readonly number[],
  requestedBefore: number,
): EventError {
  if (!isEventFailure(error)) throw error
  run.taskState.rollback(before)
  run.pending.forEach((pending, view) => void (pending.length = pendingBefore[view]!))
  run.requested.length = requestedBefore
  return failureOf(run.context.processor, error)
}

export function placeOf({ topic, partition, offset }: Place): Place {
  return { topic, partition, offset }
}

/** Returns whether the event was folded before, and remembers it otherwise. */
export function isDuplicate(taskState: TaskState, { topic, key, event }: Arrival): boolean {
  const { id, occurredAt } = event
  return (
    isDeduplicated(topic) && seenBefore(taskState, taskState.keyedState(key), topic.name, id, occurredAt, topic.graceMs)
  )
}

/** Returns whether event ids of the topic are remembered to recognise duplicates. */
function isDeduplicated({ role, graceMs }: Topic): boolean {
  return role === 'input' && graceMs > 0
}

/** Returns whether the current event may be to blame. A producer error may concern any record of the transaction. */
export function isEventFailure(error: unknown): boolean {
  return isRecordError(error) && !(error instanceof KafkaError)
}

export function failureOf(processor: Processor, error: unknown): EventError {
  if (error instanceof EventError) return error
  const message = error instanceof Error ? error.message : String(error)
  return new EventError('FOLD_FAILED', `${processor.name}: ${message}`, { cause: error })
}
