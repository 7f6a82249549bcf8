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
  /** It stands outside its key's partition, in the topic of this id, and was sent on. */
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

interface Touched {
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
  readonly moments: PendingScore[] = []
  /** Of a processor that coalesces: the last touch of each subject. */
  readonly waiting = new Map<string, Touched & { readonly place: Place }>()
  readonly refused: Refusal[] = []
  readonly requestScore: (subject: string) => void
  duplicates = 0
  /** The event, the timer or the key of a sweep that is worked on: an error is attributed to it. */
  place: Place | undefined = undefined
  timer: DueTimer | undefined = undefined
  sweptKey: string | undefined = undefined
  /** Of the key that is folded. */
  state: State | undefined = undefined
  /** Touches of the event that is folded. */
  touches: Touched[] = []
  topic: Topic | undefined = undefined
  fold: Fold | undefined = undefined

  constructor(context: BatchContext, taskState: TaskState, skippedTimers: readonly DueTimer[]) {
    this.context = context
    this.taskState = taskState
    this.skippedTimers = skippedTimers
    this.requestScore =
      context.processor.emitLatestOnly === true
        ? (subject) => void this.touches.push({ state: this.state!, subject, timer: this.timer })
        : (subject) => observe(this, this.state!, subject)
  }
}

/** Folds all arrivals, then takes the rows of what they touched and of the keys of the sweep. */
export function foldBatch(run: BatchRun, arrivals: Arrivals, sweep: readonly string[]): void {
  arrivals.forEach((arrival) => foldOrRefuse(run, arrival))
  for (const touched of run.waiting.values()) {
    run.place = touched.place
    run.timer = touched.timer
    observe(run, touched.state, touched.subject)
  }
  run.place = run.timer = undefined
  for (const key of sweep) {
    run.sweptKey = key
    const state = run.taskState.memory(key)
    for (const subject of [...run.context.processor.subjects(state)]) observe(run, state, subject)
  }
  run.sweptKey = undefined
}

/** What an event does that can't be folded to its end is undone, and nothing else. */
function foldOrRefuse(run: BatchRun, arrival: Arrival): void {
  run.place = arrival
  if (arrival.topic !== run.topic) {
    run.topic = arrival.topic
    run.fold = run.context.folds.get(arrival.topic.name)
  }
  const before = run.taskState.savepoint()
  const momentsBefore = run.moments.length
  try {
    foldArrival(run, arrival)
  } catch (error) {
    run.refused.push({ place: placeOf(arrival), failure: undo(run, error, before, momentsBefore, 0) })
  }
  if (run.touches.length > 0) keepTouches(run, placeOf(arrival))
}

function foldArrival(run: BatchRun, { topic, key, event }: Arrival): void {
  if (topic === (clock as Topic)) fireTimers(run, event.occurredAt)
  if (run.fold === undefined) return
  const state = (run.state = run.taskState.memory(key))
  if (isRemembered(topic) && seenBefore(run.taskState, state, topic.name, event.id, event.occurredAt, topic.graceMs))
    run.duplicates++
  else run.fold(state, event, run.requestScore)
}

function keepTouches(run: BatchRun, place: Place): void {
  for (const touched of run.touches) run.waiting.set(`${touched.state.key}\u0000${touched.subject}`, { ...touched, place })
  run.touches = []
}

/** Each by itself: one that fails must not keep the others of its tick, and of every later one, from firing. */
function fireTimers(run: BatchRun, now: number): void {
  const { taskState, moments, touches, skippedTimers } = run
  const place = placeOf(run.place!)
  for (const due of taskState.timers.takeDue(now, TIMERS_PER_TICK_MAX)) {
    if (skippedTimers.some(({ key, name }) => key === due.key && name === due.name)) continue
    run.state = taskState.memory(due.key)
    run.timer = due
    const before = taskState.savepoint()
    const [momentsBefore, touchesBefore] = [moments.length, touches.length]
    try {
      run.context.processor.onTimer!(run.state, due.name, due.at, run.requestScore)
    } catch (error) {
      run.refused.push({ place, timer: due, failure: undo(run, error, before, momentsBefore, touchesBefore) })
    }
  }
  run.timer = undefined
}

function observe(run: BatchRun, state: State, subject: string): void {
  const { processor, row, block } = run.context
  row.fill(Number.NaN)
  const rowContext = processor.row(state, subject, row)
  if (rowContext === undefined) return
  block.set(run.moments.length, row)
  run.moments.push(new PendingScore(state, subject, rowContext, run.place, run.timer))
}

/** What was done since is undone; an error that no event is to blame for ends the batch. */
function undo(run: BatchRun, error: unknown, before: Savepoint, momentsBefore: number, touchesBefore: number): EventError {
  if (!isOfTheEvent(error)) throw error
  run.taskState.rollback(before)
  run.moments.length = momentsBefore
  run.touches.length = touchesBefore
  return failureOf(run.context.processor, error)
}

export function placeOf({ topic, partition, offset }: Place): Place {
  return { topic, partition, offset }
}

/** Whether the ids of the topic's events are remembered, to tell those that come again. */
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
