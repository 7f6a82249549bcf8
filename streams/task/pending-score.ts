import type { Facts, Judged, Model, Processor, State } from '../../processors/processor.ts'
import type { Topic } from '../../schemas/topic.ts'
import { reasonOf, type UnscoredRows } from './score-rows.ts'
import type { DueTimer } from './timers.ts'

/** Where an event stood. */
export interface Place {
  readonly topic: Topic
  readonly partition: number
  readonly offset: number
}

/** Rows of a round, one behind the other; grows by doubling and is kept for the next round. */
export class RowBlock {
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
export class Moment implements Place {
  readonly state: State
  readonly subject: string
  readonly facts: Facts
  /** Of the event that touched it; `undefined`: a sweep did. */
  readonly cause: Topic | undefined
  readonly partition: number
  readonly offset: number
  /** The timer that touched it, if one did. */
  readonly timer: DueTimer | undefined

  constructor(state: State, subject: string, facts: Facts, cause: Place | undefined, timer: DueTimer | undefined) {
    this.state = state
    this.subject = subject
    this.facts = facts
    this.cause = cause?.topic
    this.partition = cause?.partition ?? -1
    this.offset = cause?.offset ?? -1
    this.timer = timer
  }

  get topic(): Topic {
    return this.cause!
  }
}

/** What all that is judged in a round shares. */
export interface Judgement {
  readonly processor: Processor
  readonly source: string
  readonly sweepId: string
  readonly model: Model | undefined
  readonly absent: string | null
  readonly unscored: readonly UnscoredRows[]
}

export class JudgedMoment implements Judged<Facts> {
  readonly row: Float32Array
  readonly given: Float64Array
  readonly probability: number | null
  readonly #moment: Moment
  readonly #judgement: Judgement
  readonly #place: number

  /** `place`: which row of the round it is. */
  constructor(moment: Moment, place: number, row: Float32Array, given: Float64Array, judgement: Judgement) {
    this.#moment = moment
    this.#place = place
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
    const { model, absent, unscored } = this.#judgement
    if (model === undefined || this.probability !== null) return absent
    return reasonOf(unscored, this.#place) ?? `The model ${model.id} gave no number for this row.`
  }
}
