import { KafkaError } from '../../kafka/errors.ts'
import type { Processor, State } from '../../processors/processor.ts'
import { clock } from '../../schemas/platform/clock.ts'
import { EventError } from '../../schemas/event-error.ts'
import type { Envelope } from '../../schemas/avro/schema.ts'
import type { Topic } from '../../schemas/topic.ts'
import { isBlamable } from './blame.ts'
import { seenBefore } from '../input/duplicates.ts'
import { PendingScore, type Place, type RowBlock } from './pending-score.ts'
import type { Savepoint, TaskState } from '../state/task-state.ts'
import type { DueTimer } from './timers.ts'

/** An event that has come, decoded and checked. */
export interface Arrival {
  readonly kind: 'event'
  readonly topic: Topic
  readonly partition: number
  readonly offset: number
  readonly key: string
  readonly event: Envelope
  /** Set for a forwarded record: the id of the topic in which it was outside its key’s partition. */
  readonly topicId?: string
}

/** Arrivals in the order in which they are folded, as an array has them: each is looked at once and not kept. */
export interface Arrivals {
  forEach(visit: (arrival: Arrival) => void): void
}

/** What can't be folded or decided on, and why. */
export interface Refusal {
  readonly place: Place
  /** Not the event at that place, a tick of the clock, but this timer that it fired. */
  readonly timer?: DueTimer | undefined
  readonly failure: EventError
}

export type Fold = (state: State, event: Envelope, requestScore: (subject: string) => void) => void

/** What is kept of a processor from batch to batch. */
export interface BatchContext {
  readonly processor: Processor
  readonly folds: ReadonlyMap<string, Fold>
  readonly row: Float32Array
  readonly block: RowBlock
}

interface RequestedScore {
  readonly state: State
  readonly subject: string
  readonly timer: DueTimer | undefined
}

/** More timers than this fire in later batches: the clock ticks again. */
const TIMERS_PER_TICK_MAX = 1_000

/** One batch while it is processed. A class, since it is the hot path: its fields have one shape. */
export class BatchRun {
  readonly context: BatchContext
  readonly taskState: TaskState
  readonly skippedTimers: readonly DueTimer[]
  /** Subjects to be scored and decided on, in order. */
  readonly pending: PendingScore[] = []
  /** With `emitLatestOnly`: the last score request of each subject. */
  readonly waiting = new Map<string, RequestedScore & { readonly place: Place }>()
  readonly refused: Refusal[] = []
  readonly requestScore: (subject: string) => void
  duplicates = 0
  /** The current event, timer or re-evaluated key: errors are attributed to it. */
  place: Place | undefined = undefined
  timer: DueTimer | undefined = undefined
  reevaluatedKey: string | undefined = undefined
  /** Of the key that is folded. */
  state: State | undefined = undefined
  /** Scores that the current event requested. */
  requested: RequestedScore[] = []
  topic: Topic | undefined = undefined
  fold: Fold | undefined = undefined

  constructor(context: BatchContext, taskState: TaskState, skippedTimers: readonly DueTimer[]) {
    this.context = context
    this.taskState = taskState
    this.skippedTimers = skippedTimers
    this.requestScore =
      context.processor.emitLatestOnly === true
        ? (subject) => void this.requested.push({ state: this.state!, subject, timer: this.timer })
        : (subject) => observe(this, this.state!, subject)
  }
}

/** Folds all arrivals, then takes the rows of the requested scores and of the re-evaluated keys. */
export function foldBatch(run: BatchRun, arrivals: Arrivals, reevaluation: readonly string[]): void {
  arrivals.forEach((arrival) => foldOrRefuse(run, arrival))
  for (const request of run.waiting.values()) {
    run.place = request.place
    run.timer = request.timer
    observe(run, request.state, request.subject)
  }
  run.place = run.timer = undefined
  for (const key of reevaluation) {
    run.reevaluatedKey = key
    const state = run.taskState.memory(key)
    for (const subject of [...run.context.processor.subjects(state)]) observe(run, state, subject)
  }
  run.reevaluatedKey = undefined
}

/** What an event does that can't be folded to its end is undone, and nothing else. */
function foldOrRefuse(run: BatchRun, arrival: Arrival): void {
  run.place = arrival
  if (arrival.topic !== run.topic) {
    run.topic = arrival.topic
    run.fold = run.context.folds.get(arrival.topic.name)
  }
  const before = run.taskState.savepoint()
  const pendingBefore = run.pending.length
  try {
    foldArrival(run, arrival)
  } catch (error) {
    run.refused.push({ place: placeOf(arrival), failure: undo(run, error, before, pendingBefore, 0) })
  }
  if (run.requested.length > 0) keepLatest(run, placeOf(arrival))
}

function foldArrival(run: BatchRun, { topic, key, event }: Arrival): void {
  if (topic === (clock as Topic)) fireTimers(run, event.occurredAt)
  if (run.fold === undefined) return
  const state = (run.state = run.taskState.memory(key))
  if (isRemembered(topic) && seenBefore(run.taskState, state, topic.name, event.id, event.occurredAt, topic.graceMs))
    run.duplicates++
  else run.fold(state, event, run.requestScore)
}

function keepLatest(run: BatchRun, place: Place): void {
  for (const request of run.requested)
    run.waiting.set(`${request.state.key}\u0000${request.subject}`, { ...request, place })
  run.requested = []
}

/** Each by itself: one that fails must not keep the others of its tick, and of every later one, from firing. */
function fireTimers(run: BatchRun, now: number): void {
  const { taskState, pending, requested, skippedTimers } = run
  const place = placeOf(run.place!)
  for (const due of taskState.timers.takeDue(now, TIMERS_PER_TICK_MAX)) {
    if (skippedTimers.some(({ key, name }) => key === due.key && name === due.name)) continue
    run.state = taskState.memory(due.key)
    run.timer = due
    const before = taskState.savepoint()
    const [pendingBefore, requestedBefore] = [pending.length, requested.length]
    try {
      run.context.processor.onTimer!(run.state, due.name, due.at, run.requestScore)
    } catch (error) {
      run.refused.push({ place, timer: due, failure: undo(run, error, before, pendingBefore, requestedBefore) })
    }
  }
  run.timer = undefined
}

function observe(run: BatchRun, state: State, subject: string): void {
  const { processor, row, block } = run.context
  row.fill(Number.NaN)
  const rowContext = processor.row(state, subject, row)
  if (rowContext === undefined) return
  block.set(run.pending.length, row)
  run.pending.push(new PendingScore(state, subject, rowContext, run.place, run.timer))
}

/** What was done since is undone; an error that no event is to blame for ends the batch. */
function undo(
  run: BatchRun,
  error: unknown,
  before: Savepoint,
  pendingBefore: number,
  requestedBefore: number,
): EventError {
  if (!isOfTheEvent(error)) throw error
  run.taskState.rollback(before)
  run.pending.length = pendingBefore
  run.requested.length = requestedBefore
  return failureOf(run.context.processor, error)
}

export function placeOf({ topic, partition, offset }: Place): Place {
  return { topic, partition, offset }
}

/** Whether event ids of the topic are remembered, to recognise duplicates. */
function isRemembered({ role, graceMs }: Topic): boolean {
  return role === 'input' && graceMs > 0
}

/** An error of the producer may be about any record of the transaction. */
export function isOfTheEvent(error: unknown): boolean {
  return isBlamable(error) && !(error instanceof KafkaError)
}

export function failureOf(processor: Processor, error: unknown): EventError {
  if (error instanceof EventError) return error
  const message = error instanceof Error ? error.message : String(error)
  return new EventError('FOLD_FAILED', `${processor.name}: ${message}`, { cause: error })
}
