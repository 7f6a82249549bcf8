import { misfit, sourceOf, type Batch, type Globals, type Model, type Processor } from '../../processors/processor.ts'
import type { EventError } from '../../schemas/event-error.ts'
import type { Message, Topic } from '../../schemas/topic.ts'
import {
  BatchRun,
  failureOf,
  foldBatch,
  isOfTheEvent,
  placeOf,
  type Arrivals,
  type BatchContext,
  type Fold,
  type Refusal,
} from './fold-batch.ts'
import { declaredOnly } from '../settings/global-tables.ts'
import { ScoredRow, RowBlock, type ScoredBatch, type PendingScore, type Place } from './pending-score.ts'
import { ScoreError, scoreRows, type ScoringOptions, type UnscoredRows } from './score-rows.ts'
import type { TaskState } from '../state/task-state.ts'
import type { DueTimer } from './timers.ts'

/** What a batch gives besides the state that it staged and the messages that it emitted. */
export interface BatchResult {
  /** Rows that a model scored. */
  readonly scored: number
  /** Events whose id had been folded before. */
  readonly duplicates: number
  /** Events that the processor could not fold, and timers: they left no trace. */
  readonly refused: readonly Refusal[]
  /** Rows, counted over the batch, that the model failed on. */
  readonly unscored: readonly UnscoredRows[]
}

export interface BatchOptions extends Partial<ScoringOptions> {
  /** Keys to re-evaluate: all of their subjects are rescored and decided after the arrivals. */
  readonly reevaluation?: readonly string[] | undefined
  /** Identifies the re-evaluation in the ids of published messages. */
  readonly reevaluationId?: string | undefined
  /** Timers that are dropped when they are due. */
  readonly skippedTimers?: readonly DueTimer[]
}

/**
 * `decide` threw for an event, a timer or a re-evaluated key. The whole batch is rolled back and run again without it.
 */
export class PoisonError extends Error {
  override readonly name = 'PoisonError'
  readonly refusal: Refusal | undefined
  readonly reevaluatedKey: string | undefined
  readonly failure: EventError

  constructor(
    of: { readonly place: Place; readonly timer?: DueTimer | undefined } | { readonly reevaluatedKey: string },
    failure: EventError,
  ) {
    super(failure.message, { cause: failure })
    this.failure = failure
    this.refusal = 'place' in of ? { place: placeOf(of.place), timer: of.timer, failure } : undefined
    this.reevaluatedKey = 'reevaluatedKey' in of ? of.reevaluatedKey : undefined
  }
}

/**
 * Runs batches of one processor: fold → row for every event in order, then score all rows at once, then decide in the
 * same order.
 */
export interface BatchProcessor {
  /**
   * `emit` consumes each message immediately: the batch keeps none. Throws `PoisonError`, `ScoreError`, and errors that
   * no event caused.
   */
  run(
    state: TaskState,
    arrivals: Arrivals,
    globals: Globals,
    emit: (message: Message) => void,
    options?: BatchOptions,
  ): Promise<BatchResult>
}

export function createBatchProcessor(processor: Processor): BatchProcessor {
  const row = new Float32Array(processor.features.names.length)
  const context: BatchContext = {
    processor,
    folds: new Map(processor.inputs.map(({ topic, fold }) => [(topic as Topic).name, fold as Fold])),
    row,
    block: new RowBlock(row.length),
  }
  const source = sourceOf(processor)
  const scorer = createScorer(context)
  const within = declaredOnly(processor)

  return {
    async run(taskState, arrivals, globals, emit, options = {}) {
      const { reevaluation = [], reevaluationId = '', skippedTimers = [] } = options
      const run = new BatchRun(context, taskState, skippedTimers)
      try {
        taskState.enter('fold')
        foldBatch(run, arrivals, reevaluation)
        const { model, absent } = modelFor(processor, globals)
        const unscored = await scorer.score(run, model, options)
        taskState.enter('decide')
        decideBatch(
          run,
          { processor, source, reevaluationId, model, absent, unscored },
          scorer.scores(),
          within(globals),
          emit,
        )
        return {
          scored: model === undefined ? 0 : run.pending.length,
          duplicates: run.duplicates,
          refused: run.refused,
          unscored,
        }
      } catch (error) {
        throw attributed(run, error)
      } finally {
        taskState.enter('any')
      }
    },
  }
}

interface Scorer {
  /** Scores all rows of the batch at once. Gives those that the model failed on. */
  score(run: BatchRun, model: Model | undefined, options: BatchOptions): Promise<readonly UnscoredRows[]>
  /** Of the last batch: [rows × outputs]. Room for more may follow. */
  scores(): Float64Array
}

function createScorer({ block }: BatchContext): Scorer {
  let scores = new Float64Array(256)
  return {
    async score({ pending }, model, { unscored = [], narrow = true }) {
      if (model === undefined || pending.length === 0) return []
      const count = pending.length * model.outputs.length
      if (scores.length < count) scores = new Float64Array(count * 2)
      return await scoreRows(model, batchOf(pending, block), scores, { unscored, narrow })
    },
    scores: () => scores,
  }
}

/** Decides on every subject, in the order in which the events came. */
function decideBatch(
  run: BatchRun,
  scoredBatch: ScoredBatch,
  scores: Float64Array,
  globals: Globals,
  emit: (message: Message) => void,
): void {
  const { pending } = run
  const { processor, row, block } = run.context
  const outputs = scoredBatch.model?.outputs.length ?? 0
  const numbers = new Float64Array(outputs)
  for (let index = 0; index < pending.length; index++) {
    const pendingScore = pending[index]!
    run.place = pendingScore.cause === undefined ? undefined : (pendingScore as Place)
    run.timer = pendingScore.timer
    run.reevaluatedKey = run.place === undefined ? pendingScore.state.key : undefined
    block.get(index, row)
    for (let output = 0; output < outputs; output++) numbers[output] = scores[index * outputs + output]!
    processor.decide(pendingScore.state, new ScoredRow(pendingScore, index, row, numbers, scoredBatch), globals, emit)
  }
}

/** With the event, the timer or the key that was worked on, if it is to blame. */
function attributed({ place, timer, reevaluatedKey, context }: BatchRun, error: unknown): unknown {
  if (error instanceof ScoreError || !isOfTheEvent(error)) return error
  const failure = failureOf(context.processor, error)
  if (place !== undefined) return new PoisonError({ place, timer }, failure)
  if (reevaluatedKey !== undefined) return new PoisonError({ reevaluatedKey }, failure)
  return error
}

function batchOf(pending: readonly PendingScore[], { rows, width }: RowBlock): Batch {
  return {
    count: pending.length,
    width,
    rows,
    texts: pending.map(({ rowContext }) => rowContext.text ?? null),
    lineTimes: pending.map(({ rowContext }) => rowContext.lineTimes ?? null),
  }
}

function modelFor(processor: Processor, globals: Globals): { model: Model | undefined; absent: string | null } {
  if (processor.task === undefined) return { model: undefined, absent: null }
  const model = globals.model(processor.task)
  if (model === undefined) return { model, absent: `No model is released for ${processor.task} yet.` }
  const why = misfit(model, processor.features)
  return why === undefined
    ? { model, absent: null }
    : { model: undefined, absent: `${why} Train and release one that fits.` }
}
