import { KafkaError } from '../kafka/errors.ts'
import { misfit, sourceOf, type Batch, type Globals, type Model, type Processor, type State } from '../processors/processor.ts'
import { EventError } from '../schemas/event-error.ts'
import type { Envelope } from '../schemas/schema.ts'
import type { Message, Topic } from '../schemas/topic.ts'
import { clock } from '../schemas/contact-centre.ts'
import { isBlamable } from './blame.ts'
import { seenBefore } from './duplicates.ts'
import { JudgedMoment, Moment, RowBlock, type Judgement, type Place } from './moments.ts'
import { ScoreError, scoreRows, type ScoringOptions, type UnscoredRows } from './score-rows.ts'
import type { Savepoint, TaskState } from './task-state.ts'
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

/** What a round gives besides the state that it staged and the messages that it emitted. */
export interface RoundResult {
  /** Rows that a model scored. */
  readonly scored: number
  /** Events whose id had been folded before. */
  readonly duplicates: number
  /** Events that the processor could not fold, and timers: they left no trace. */
  readonly refused: readonly Refusal[]
  /** Rows, counted over the round, that the model failed on. */
  readonly unscored: readonly UnscoredRows[]
}

export interface RoundOptions extends Partial<ScoringOptions> {
  /** Keys whose subjects are all scored and decided anew, after the arrivals. */
  readonly sweep?: readonly string[] | undefined
  /** Names the sweep in the ids of what is published. */
  readonly sweepId?: string | undefined
  /** Timers that are dropped when they are due. */
  readonly skippedTimers?: readonly DueTimer[]
}

/** What can't be folded or decided on, and why. */
export interface Refusal {
  readonly place: Place
  /** Not the event at that place, a tick of the clock, but this timer that it fired. */
  readonly timer?: DueTimer | undefined
  readonly failure: EventError
}

/**
 * What came of an event, a timer or a key of a sweep could not be decided on; nothing of the round counts. The caller undoes it, sets that aside and runs the
 * round again.
 */
export class PoisonError extends Error {
  override readonly name = 'PoisonError'
  readonly refusal: Refusal | undefined
  readonly sweptKey: string | undefined
  readonly failure: EventError

  constructor(
    of: { readonly place: Place; readonly timer?: DueTimer | undefined } | { readonly sweptKey: string },
    failure: EventError,
  ) {
    super(failure.message, { cause: failure })
    this.failure = failure
    this.refusal = 'place' in of ? { place: placeOf(of.place), timer: of.timer, failure } : undefined
    this.sweptKey = 'sweptKey' in of ? of.sweptKey : undefined
  }
}

function placeOf({ topic, partition, offset }: Place): Place {
  return { topic, partition, offset }
}

/** More timers than this fire in later rounds: the clock ticks again. */
const TIMERS_PER_TICK_MAX = 1_000

/** Runs rounds of one processor: fold → row for every event in order, then score all rows at once, then decide in the same order. */
export interface Rounds {
  /** `emit` takes each message at once: nothing of a round is kept here. Throws `PoisonError`, `ScoreError`, and what no event is to blame for. */
  run(
    state: TaskState,
    arrivals: Arrivals,
    globals: Globals,
    emit: (message: Message) => void,
    options?: RoundOptions,
  ): Promise<RoundResult>
}

interface Touched {
  readonly state: State
  readonly subject: string
  readonly timer: DueTimer | undefined
}

type Fold = (state: State, event: Envelope, touch: (subject: string) => void) => void

export function createRounds(processor: Processor): Rounds {
  const folds = new Map(processor.inputs.map(({ topic, fold }) => [(topic as Topic).name, fold as Fold]))
  const row = new Float32Array(processor.features.names.length)
  const block = new RowBlock(row.length)
  const source = sourceOf(processor)
  let scores = new Float64Array(256)

  return {
    async run(taskState, arrivals, globals, emit, options = {}) {
      const { sweep = [], sweepId = '', skippedTimers = [], unscored: given = [], narrow = true } = options
      const moments: Moment[] = []
      const waiting = new Map<string, Touched & { readonly place: Place }>()
      const refused: Refusal[] = []
      let duplicates = 0
      let current: Place | undefined
      let timer: DueTimer | undefined
      let sweptKey: string | undefined
      let currentState: State
      let touches: Touched[] = []
      let topic: Topic | undefined
      let foldOfTopic: Fold | undefined

      const observe = (state: State, subject: string, place: Place | undefined) => {
        row.fill(Number.NaN)
        const facts = processor.row(state, subject, row)
        if (facts === undefined) return
        block.set(moments.length, row)
        moments.push(new Moment(state, subject, facts, place, timer))
      }
      const touch = (subject: string) => {
        if (processor.coalesce === true) touches.push({ state: currentState, subject, timer })
        else observe(currentState, subject, current)
      }
      /** What was done since is undone; what is no event's fault ends the round. */
      const undo = (error: unknown, before: Savepoint, momentsBefore: number, touchesBefore: number): EventError => {
        if (!isOfTheEvent(error)) throw error
        taskState.rollback(before)
        moments.length = momentsBefore
        touches.length = touchesBefore
        return failureOf(processor, error)
      }
      /** Each by itself: one that fails must not keep the others of its tick, and of every later one, from firing. */
      const fireTimers = (now: number) => {
        const place = placeOf(current!)
        for (const due of taskState.timers.takeDue(now, TIMERS_PER_TICK_MAX)) {
          if (skippedTimers.some(({ key, name }) => key === due.key && name === due.name)) continue
          currentState = taskState.memory(due.key)
          timer = due
          const before = taskState.savepoint()
          const [momentsBefore, touchesBefore] = [moments.length, touches.length]
          try {
            processor.onTimer!(currentState, due.name, due.at, touch)
          } catch (error) {
            refused.push({ place, timer: due, failure: undo(error, before, momentsBefore, touchesBefore) })
          }
        }
        timer = undefined
      }
      const fold = ({ topic, key, event }: Arrival) => {
        if (topic === (clock as Topic)) fireTimers(event.occurredAt)
        if (foldOfTopic === undefined) return
        currentState = taskState.memory(key)
        if (isRemembered(topic) && seenBefore(taskState, currentState, topic.name, event.id, event.occurredAt, topic.graceMs))
          duplicates++
        else foldOfTopic(currentState, event, touch)
      }
      /** What an event does that can't be folded to its end is undone, and nothing else. */
      const foldOrRefuse = (arrival: Arrival) => {
        current = arrival
        if (arrival.topic !== topic) {
          topic = arrival.topic
          foldOfTopic = folds.get(topic.name)
        }
        const before = taskState.savepoint()
        const momentsBefore = moments.length
        try {
          fold(arrival)
        } catch (error) {
          refused.push({ place: placeOf(arrival), failure: undo(error, before, momentsBefore, 0) })
        }
        if (touches.length === 0) return
        const place = placeOf(arrival)
        for (const touched of touches) waiting.set(`${touched.state.key}\u0000${touched.subject}`, { ...touched, place })
        touches = []
      }

      try {
        taskState.enter('fold')
        arrivals.forEach(foldOrRefuse)
        for (const touched of waiting.values()) {
          current = touched.place
          timer = touched.timer
          observe(touched.state, touched.subject, current)
        }
        current = timer = undefined
        for (const key of sweep) {
          sweptKey = key
          const state = taskState.memory(key)
          for (const subject of [...processor.subjects(state)]) observe(state, subject, undefined)
        }
        sweptKey = undefined
        const { model, absent } = modelFor(processor, globals)
        const outputs = model?.outputs.length ?? 0
        if (scores.length < moments.length * outputs) scores = new Float64Array(moments.length * outputs * 2)
        const unscored =
          model === undefined || moments.length === 0
            ? []
            : await scoreRows(model, batchOf(moments, block), scores, { unscored: given, narrow })
        const numbers = new Float64Array(outputs)

        taskState.enter('decide')
        const judgement: Judgement = { processor, source, sweepId, model, absent, unscored }
        for (let index = 0; index < moments.length; index++) {
          const moment = moments[index]!
          current = moment.cause === undefined ? undefined : moment
          timer = moment.timer
          sweptKey = current === undefined ? moment.state.key : undefined
          block.get(index, row)
          for (let output = 0; output < outputs; output++) numbers[output] = scores[index * outputs + output]!
          processor.decide(moment.state, new JudgedMoment(moment, index, row, numbers, judgement), globals, emit)
        }
        return { scored: model === undefined ? 0 : moments.length, duplicates, refused, unscored }
      } catch (error) {
        if (error instanceof ScoreError || !isOfTheEvent(error)) throw error
        const failure = failureOf(processor, error)
        if (current !== undefined) throw new PoisonError({ place: current, timer }, failure)
        if (sweptKey !== undefined) throw new PoisonError({ sweptKey }, failure)
        throw error
      } finally {
        taskState.enter('any')
      }
    },
  }
}

/** Whether the ids of the topic's events are remembered, to tell those that come again. */
function isRemembered({ role, graceMs }: Topic): boolean {
  return role === 'input' && graceMs > 0
}

function batchOf(moments: readonly Moment[], { rows, width }: RowBlock): Batch {
  return {
    count: moments.length,
    width,
    rows,
    texts: moments.map(({ facts }) => facts.text ?? null),
    lineTimes: moments.map(({ facts }) => facts.lineTimes ?? null),
  }
}

function modelFor(processor: Processor, globals: Globals): { model: Model | undefined; absent: string | null } {
  if (processor.task === undefined) return { model: undefined, absent: null }
  const model = globals.model(processor.task)
  if (model === undefined) return { model, absent: `No model is released for ${processor.task} yet.` }
  const why = misfit(model, processor.features)
  return why === undefined ? { model, absent: null } : { model: undefined, absent: `${why} Train and release one that fits.` }
}

/** Of what the producer says nobody knows here which record it is about: that may have been another one. */
function isOfTheEvent(error: unknown): boolean {
  return isBlamable(error) && !(error instanceof KafkaError)
}

function failureOf(processor: Processor, error: unknown): EventError {
  if (error instanceof EventError) return error
  const message = error instanceof Error ? error.message : String(error)
  return new EventError('FOLD_FAILED', `${processor.name}: ${message}`, { cause: error })
}
