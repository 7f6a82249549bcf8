import {
  misfit,
  sourceOf,
  type Batch,
  type Facts,
  type Globals,
  type Judged,
  type Model,
  type Processor,
  type State,
} from '../processors/processor.ts'
import { EventError } from '../schemas/event-error.ts'
import type { Envelope } from '../schemas/schema.ts'
import type { Message, Topic } from '../schemas/topic.ts'
import { clock } from '../schemas/contact-centre.ts'
import { seenBefore } from './duplicates.ts'
import { StateFormatError } from './state-format-error.ts'
import { StoreDamagedError } from './store-errors.ts'
import type { TaskState } from './task-state.ts'

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
  /** Events that the processor could not fold: they left no trace. */
  readonly refused: readonly Refusal[]
}

export interface Refusal {
  readonly place: Place
  readonly failure: EventError
}

/** Where an event stood. */
export interface Place {
  readonly topic: Topic
  readonly partition: number
  readonly offset: number
}

/**
 * What came of an event could not be decided on; nothing of the round counts. The caller undoes it, sets the event aside and runs the round again.
 */
export class PoisonError extends Error implements Refusal {
  override readonly name = 'PoisonError'
  readonly place: Place
  readonly failure: EventError

  constructor({ topic, partition, offset }: Place, failure: EventError) {
    super(failure.message, { cause: failure })
    this.place = { topic, partition, offset }
    this.failure = failure
  }
}

/** More timers than this fire in later rounds: the clock ticks again. */
const TIMERS_PER_TICK_MAX = 1_000

/** Rows of a round, one behind the other; grows by doubling and is kept for the next round. */
class RowBlock {
  readonly width: number
  rows: Float32Array

  constructor(width: number) {
    this.width = width
    this.rows = new Float32Array(width * 256)
  }

  set(index: number, row: Float32Array): void {
    const start = index * this.width
    if (start + this.width > this.rows.length) {
      const grown = new Float32Array(this.rows.length * 2)
      grown.set(this.rows)
      this.rows = grown
    }
    this.rows.set(row, start)
  }

  get(index: number, row: Float32Array): void {
    const start = index * this.width
    for (let place = 0; place < row.length; place++) row[place] = this.rows[start + place]!
  }
}

/** A subject that was touched, with what `row` said of it. */
class Moment implements Place {
  readonly state: State
  readonly subject: string
  readonly facts: Facts
  /** Of the event that touched it; `undefined`: a sweep did. */
  readonly cause: Topic | undefined
  readonly partition: number
  readonly offset: number

  constructor(state: State, subject: string, facts: Facts, cause: Place | undefined) {
    this.state = state
    this.subject = subject
    this.facts = facts
    this.cause = cause?.topic
    this.partition = cause?.partition ?? -1
    this.offset = cause?.offset ?? -1
  }

  get topic(): Topic {
    return this.cause!
  }
}

/** What all that is judged in a round shares. */
interface Judgement {
  readonly processor: Processor
  readonly source: string
  readonly sweepId: string
  readonly model: Model | undefined
  readonly absent: string | null
}

class JudgedMoment implements Judged<Facts> {
  readonly row: Float32Array
  readonly given: Float64Array
  readonly probability: number | null
  readonly #moment: Moment
  readonly #judgement: Judgement

  constructor(moment: Moment, row: Float32Array, given: Float64Array, judgement: Judgement) {
    this.#moment = moment
    this.#judgement = judgement
    this.row = row
    this.given = given
    const first = given.length === 0 ? Number.NaN : given[0]!
    this.probability = Number.isNaN(first) ? null : first
  }

  get key(): string {
    return this.#moment.state.key
  }

  get subject(): string {
    return this.#moment.subject
  }

  get source(): string {
    return this.#judgement.source
  }

  get facts(): Facts {
    return this.#moment.facts
  }

  /** Made when it is asked for: not everyone publishes it. */
  get id(): string {
    const { state, subject, cause, partition, offset } = this.#moment
    const { processor, sweepId } = this.#judgement
    if (cause === undefined) return `${processor.name}/sweep/${sweepId}/${state.key}/${subject}`
    return `${processor.name}/${cause.name}/${partition}/${offset}/${subject}`
  }

  get cause(): Judged<Facts>['cause'] {
    const { cause, partition, offset } = this.#moment
    return cause === undefined ? null : { topic: cause.name, partition, offset }
  }

  get outputs(): readonly string[] {
    return this.#judgement.model?.outputs ?? []
  }

  get modelId(): string | null {
    return this.#judgement.model?.id ?? null
  }

  get absent(): string | null {
    const { model, absent } = this.#judgement
    return model !== undefined && this.probability === null ? `The model ${model.id} gave no number for this row.` : absent
  }
}

/** Runs rounds of one processor: fold → row for every event in order, then score all rows at once, then decide in the same order. */
export interface Rounds {
  /**
   * @param sweep keys whose subjects are all scored and decided anew, after the arrivals; `sweepId` names the sweep in the ids of what is published
   * @param emit takes each message at once: nothing of a round is kept here
   */
  run(
    state: TaskState,
    arrivals: Arrivals,
    globals: Globals,
    emit: (message: Message) => void,
    sweep?: readonly string[],
    sweepId?: string,
  ): Promise<RoundResult>
}

type Fold = (state: State, event: Envelope, touch: (subject: string) => void) => void

export function createRounds(processor: Processor): Rounds {
  const folds = new Map(processor.inputs.map(({ topic, fold }) => [(topic as Topic).name, fold as Fold]))
  const row = new Float32Array(processor.features.names.length)
  const block = new RowBlock(row.length)
  const source = sourceOf(processor)
  let scores = new Float64Array(256)

  return {
    async run(taskState, arrivals, globals, emit, sweep = [], sweepId = '') {
      const moments: Moment[] = []
      const waiting = new Map<string, { readonly state: State; readonly subject: string; readonly place: Place }>()
      const refused: Refusal[] = []
      let duplicates = 0
      let current: Place | undefined
      let currentState: State
      let touches: { readonly state: State; readonly subject: string }[] = []
      let topic: Topic | undefined
      let foldOfTopic: Fold | undefined

      const observe = (state: State, subject: string, place: Place | undefined) => {
        row.fill(Number.NaN)
        const facts = processor.row(state, subject, row)
        if (facts === undefined) return
        block.set(moments.length, row)
        moments.push(new Moment(state, subject, facts, place))
      }
      const touch = (subject: string) => {
        if (processor.coalesce === true) touches.push({ state: currentState, subject })
        else observe(currentState, subject, current)
      }
      const fireTimers = (now: number) => {
        for (const due of taskState.timers.takeDue(now, TIMERS_PER_TICK_MAX)) {
          currentState = taskState.memory(due.key)
          processor.onTimer!(currentState, due.name, due.at, touch)
        }
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
          if (isFaultOfState(error)) throw error
          taskState.rollback(before)
          moments.length = momentsBefore
          touches = []
          refused.push(new PoisonError(arrival, failureOf(processor, error)))
          return
        }
        if (touches.length === 0) return
        const { topic: from, partition, offset } = arrival
        const place = { topic: from, partition, offset }
        for (const { state, subject } of touches) waiting.set(`${state.key}\u0000${subject}`, { state, subject, place })
        touches = []
      }

      try {
        taskState.enter('fold')
        arrivals.forEach(foldOrRefuse)
        for (const { state, subject, place } of waiting.values()) {
          current = place
          observe(state, subject, place)
        }
        current = undefined
        for (const key of sweep) {
          const state = taskState.memory(key)
          for (const subject of [...processor.subjects(state)]) observe(state, subject, undefined)
        }
        const { model, absent } = modelFor(processor, globals)
        const outputs = model?.outputs.length ?? 0
        if (scores.length < moments.length * outputs) scores = new Float64Array(moments.length * outputs * 2)
        if (model !== undefined && moments.length > 0) await model.score(batchOf(moments, block), scores)
        const given = new Float64Array(outputs)

        taskState.enter('decide')
        const judgement: Judgement = { processor, source, sweepId, model, absent }
        for (let index = 0; index < moments.length; index++) {
          const moment = moments[index]!
          current = moment.cause === undefined ? undefined : moment
          block.get(index, row)
          for (let output = 0; output < outputs; output++) given[output] = scores[index * outputs + output]!
          processor.decide(moment.state, new JudgedMoment(moment, row, given, judgement), globals, emit)
        }
        return { scored: model === undefined ? 0 : moments.length, duplicates, refused }
      } catch (error) {
        if (current === undefined || isFaultOfState(error)) throw error
        throw new PoisonError(current, failureOf(processor, error))
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

/** What is stored can't be read: no event is to blame, and setting one aside would lose it. */
function isFaultOfState(error: unknown): boolean {
  return error instanceof StateFormatError || error instanceof StoreDamagedError
}

function failureOf(processor: Processor, error: unknown): EventError {
  if (error instanceof EventError) return error
  const message = error instanceof Error ? error.message : String(error)
  return new EventError('FOLD_FAILED', `${processor.name}: ${message}`, { cause: error })
}
