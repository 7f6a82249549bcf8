import type { Facts, Globals, Judged, Model, Processor, State } from '../processors/processor.ts'
import { EventError } from '../schemas/event-error.ts'
import type { Envelope } from '../schemas/schema.ts'
import type { Message, Topic } from '../schemas/topic.ts'
import { clock } from '../schemas/contact-centre.ts'
import { seenBefore } from './duplicates.ts'
import type { TaskState } from './task-state.ts'

/** An event that has come, decoded and checked. */
export interface Arrival {
  readonly topic: Topic
  readonly partition: number
  readonly offset: number
  readonly key: string
  readonly event: Envelope
}

/** What a round gives besides the state that it staged. */
export interface RoundResult {
  readonly messages: readonly Message[]
  /** Rows that a model scored. */
  readonly scored: number
  /** Events whose id had been folded before. */
  readonly duplicates: number
}

/** One event could not be folded, rowed or decided on; nothing of the round counts. The caller sets it aside and runs the round again. */
export class PoisonError extends Error {
  override readonly name = 'PoisonError'
  readonly arrival: Arrival
  readonly failure: EventError

  constructor(arrival: Arrival, failure: EventError) {
    super(failure.message, { cause: failure })
    this.arrival = arrival
    this.failure = failure
  }
}

/** More timers than this fire in later rounds: the clock ticks again. */
const TIMERS_PER_TICK_MAX = 1_000

interface Moment {
  readonly key: string
  readonly subject: string
  readonly arrival: Arrival | null
  readonly facts: Facts
}

/** Rows of a round, one behind the other; grows by doubling and is kept for the next round. */
class RowBlock {
  readonly width: number
  rows: Float32Array

  constructor(width: number) {
    this.width = width
    this.rows = new Float32Array(width * 256)
  }

  /** Room for row `index`, filled with NaN. */
  view(index: number): Float32Array {
    const end = (index + 1) * this.width
    if (end > this.rows.length) {
      const grown = new Float32Array(Math.max(end, this.rows.length * 2))
      grown.set(this.rows)
      this.rows = grown
    }
    return this.rows.subarray(end - this.width, end).fill(Number.NaN)
  }
}

/** Runs rounds of one processor: fold → row for every event in order, then score all rows at once, then decide in the same order. */
export interface Rounds {
  /**
   * @param arrivals in the order in which they are folded
   * @param sweep keys whose subjects are all scored and decided anew, after the arrivals; `sweepId` names the sweep in the ids of what is published
   */
  run(
    state: TaskState,
    arrivals: readonly Arrival[],
    globals: Globals,
    sweep: readonly string[],
    sweepId: string,
  ): Promise<RoundResult>
}

export function createRounds(processor: Processor): Rounds {
  const folds = new Map(
    processor.inputs.map(({ topic, fold }) => [
      (topic as Topic).name,
      fold as (state: State, event: Envelope, touch: (subject: string) => void) => void,
    ]),
  )
  const block = new RowBlock(processor.features.names.length)
  let probabilities = new Float64Array(256)

  return {
    async run(taskState, arrivals, globals, sweep, sweepId) {
      const moments: Moment[] = []
      const waiting = new Map<string, { readonly state: State; readonly subject: string; readonly arrival: Arrival }>()
      let duplicates = 0
      let current: Arrival | null = null

      const observe = (state: State, subject: string, arrival: Arrival | null) => {
        const facts = processor.row(state, subject, block.view(moments.length))
        if (facts !== undefined) moments.push({ key: state.key, subject, arrival, facts })
      }
      const touched = (state: State, subject: string, arrival: Arrival) => {
        if (processor.coalesce === true) waiting.set(`${state.key}\u0000${subject}`, { state, subject, arrival })
        else observe(state, subject, arrival)
      }
      const fold = (arrival: Arrival) => {
        current = arrival
        if (arrival.topic === (clock as Topic)) {
          for (const due of taskState.timers.takeDue(arrival.event.occurredAt, TIMERS_PER_TICK_MAX)) {
            const state = taskState.memory(due.key)
            processor.onTimer!(state, due.name, due.at, (subject) => touched(state, subject, arrival))
          }
          if (!folds.has(clock.name)) return
        }
        const state = taskState.memory(arrival.key)
        const { topic, event } = arrival
        if (
          topic.role === 'input' &&
          topic.graceMs > 0 &&
          seenBefore(state, topic.name, event.id, event.occurredAt, topic.graceMs)
        ) {
          duplicates++
          return
        }
        folds.get(topic.name)!(state, event, (subject) => touched(state, subject, arrival))
      }

      try {
        for (const arrival of arrivals) fold(arrival)
        for (const { state, subject, arrival } of waiting.values()) {
          current = arrival
          observe(state, subject, arrival)
        }
        current = null
        for (const key of sweep) {
          const state = taskState.memory(key)
          for (const subject of [...processor.subjects(state)]) observe(state, subject, null)
        }
        const { model, absent } = modelFor(processor, globals)
        if (probabilities.length < moments.length) probabilities = new Float64Array(moments.length * 2)
        if (model !== undefined && moments.length > 0) {
          const batch = {
            count: moments.length,
            width: block.width,
            rows: block.rows,
            texts: moments.map(({ facts }) => facts.text ?? null),
          }
          await model.score(batch, probabilities)
        }

        const messages: Message[] = []
        for (const [index, moment] of moments.entries()) {
          current = moment.arrival
          const probability = model === undefined ? Number.NaN : probabilities[index]!
          const judged: Judged<Facts> = {
            key: moment.key,
            subject: moment.subject,
            id: idOf(processor, moment, sweepId),
            cause:
              moment.arrival === null
                ? null
                : { topic: moment.arrival.topic.name, partition: moment.arrival.partition, offset: moment.arrival.offset },
            facts: moment.facts,
            row: block.rows.subarray(index * block.width, (index + 1) * block.width),
            probability: Number.isNaN(probability) ? null : probability,
            modelId: model?.id ?? null,
            absent:
              model !== undefined && Number.isNaN(probability) ? `The model ${model.id} gave no number for this row.` : absent,
          }
          processor.decide(taskState.memory(moment.key), judged, globals, (message) => void messages.push(message))
        }
        return { messages, scored: model === undefined ? 0 : moments.length, duplicates }
      } catch (error) {
        if (current === null) throw error
        const failure =
          error instanceof EventError ? error : new EventError('FOLD_FAILED', describe(processor, error), { cause: error })
        throw new PoisonError(current, failure)
      }
    },
  }
}

function modelFor(processor: Processor, globals: Globals): { model: Model | undefined; absent: string | null } {
  if (processor.task === undefined) return { model: undefined, absent: null }
  const model = globals.model(processor.task)
  if (model === undefined) return { model, absent: `No model is released for ${processor.task} yet.` }
  if (model.featureSet === processor.features.id) return { model, absent: null }
  const absent = `The released model ${model.id} was trained on ${model.featureSet}, the rows are ${processor.features.id}: train and release one that fits.`
  return { model: undefined, absent }
}

function idOf(processor: Processor, { key, subject, arrival }: Moment, sweepId: string): string {
  if (arrival === null) return `${processor.name}/sweep/${sweepId}/${key}/${subject}`
  return `${processor.name}/${arrival.topic.name}/${arrival.partition}/${arrival.offset}/${subject}`
}

function describe(processor: Processor, error: unknown): string {
  return `${processor.name}: ${error instanceof Error ? error.message : String(error)}`
}
