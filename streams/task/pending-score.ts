import type { RowContext, ScoredSubject, Model, Processor, State } from '../../processors/processor.ts'
import type { Topic } from '../../schemas/topic.ts'
import { reasonOf, type UnscoredRows } from './score-rows.ts'
import type { DueTimer } from './timers.ts'

/** Position of an event. */
export interface Place {
  readonly topic: Topic
  readonly partition: number
  readonly offset: number
}

/** Contiguous rows of a batch; grows by doubling and is reused for the next batch. */
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

  /** Copies a row to the beginning of `row`, which may be longer. */
  get(index: number, row: Float32Array): void {
    const { width, rows } = this
    const start = index * width
    for (let place = 0; place < width; place++) row[place] = rows[start + place]!
  }
}

/** A subject whose score was requested, with its row context. */
export class PendingScore implements Place {
  readonly state: State
  readonly subject: string
  readonly rowContext: RowContext
  /** Topic of the event that requested it; `undefined` for a re-evaluation. */
  readonly cause: Topic | undefined
  readonly partition: number
  readonly offset: number
  /** The timer that requested it, if any. */
  readonly timer: DueTimer | undefined

  constructor(
    state: State,
    subject: string,
    rowContext: RowContext,
    cause: Place | undefined,
    timer: DueTimer | undefined,
  ) {
    this.state = state
    this.subject = subject
    this.rowContext = rowContext
    this.cause = cause?.topic
    this.partition = cause?.partition ?? -1
    this.offset = cause?.offset ?? -1
    this.timer = timer
  }

  get topic(): Topic {
    return this.cause!
  }
}

/** Context shared by all rows of a batch for one decider. */
export interface ScoredBatch {
  readonly processor: Pick<Processor, 'name'>
  readonly decider: Pick<Processor, 'name'>
  readonly source: string
  readonly reevaluationId: string
  readonly model: Model | undefined
  readonly unscoredReason: string | null
  readonly unscored: readonly UnscoredRows[]
}

export class ScoredRow implements ScoredSubject<RowContext> {
  readonly row: Float32Array
  readonly outputs: Float64Array
  readonly probability: number | null
  readonly #moment: PendingScore
  readonly #scoredBatch: ScoredBatch
  readonly #place: number

  /** @param place index of the row in the batch */
  constructor(
    pendingScore: PendingScore,
    place: number,
    row: Float32Array,
    outputs: Float64Array,
    scoredBatch: ScoredBatch,
  ) {
    this.#moment = pendingScore
    this.#place = place
    this.#scoredBatch = scoredBatch
    this.row = row
    this.outputs = outputs
    const first = outputs.length === 0 ? Number.NaN : outputs[0]!
    this.probability = Number.isNaN(first) ? null : first
  }

  get key(): string {
    return this.#moment.state.key
  }

  get subject(): string {
    return this.#moment.subject
  }

  get source(): string {
    return this.#scoredBatch.source
  }

  get rowContext(): RowContext {
    return this.#moment.rowContext
  }

  /** Built on demand, since not every decider publishes it. */
  get id(): string {
    const { state, subject, cause, partition, offset } = this.#moment
    const { decider, reevaluationId } = this.#scoredBatch
    if (cause === undefined) return `${decider.name}/sweep/${reevaluationId}/${state.key}/${subject}`
    return `${decider.name}/${cause.name}/${partition}/${offset}/${subject}`
  }

  get processorId(): string | null {
    const { subject, cause, partition, offset } = this.#moment
    return cause === undefined
      ? null
      : `${this.#scoredBatch.processor.name}/${cause.name}/${partition}/${offset}/${subject}`
  }

  get cause(): ScoredSubject<RowContext>['cause'] {
    const { cause, partition, offset } = this.#moment
    return cause === undefined ? null : { topic: cause.name, partition, offset }
  }

  get outputNames(): readonly string[] {
    return this.#scoredBatch.model?.outputs ?? []
  }

  get modelId(): string | null {
    return this.#scoredBatch.model?.id ?? null
  }

  get unscoredReason(): string | null {
    const { model, unscoredReason, unscored } = this.#scoredBatch
    if (model === undefined || this.probability !== null) return unscoredReason
    return reasonOf(unscored, this.#place) ?? `The model ${model.id} gave no number for this row.`
  }
}
