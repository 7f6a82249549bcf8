import {
  featureMismatch,
  sourceOf,
  type Batch,
  type Globals,
  type Model,
  type Processor,
  type Scorer,
} from '../../processors/processor.ts'
import type { EventError } from '../../schemas/event-error.ts'
import type { Message, Topic } from '../../schemas/topic.ts'
import {
  BatchRun,
  failureOf,
  foldBatch,
  isEventFailure,
  placeOf,
  type Arrivals,
  type BatchContext,
  type Fold,
  type Refusal,
  type View,
} from './fold-batch.ts'
import { declaredOnly } from '../settings/global-tables.ts'
import { ScoredRow, RowBlock, type PendingScore, type Place, type ScoredBatch } from './pending-score.ts'
import { ScoreError, scoreRows, type ScoringOptions, type UnscoredRows } from './score-rows.ts'
import type { TaskState } from '../state/task-state.ts'
import type { DueTimer } from './timers.ts'
import { canaryBatch, scoreTrials, withShadows, type TrialScores } from './trial-scores.ts'

/** Result of a batch, besides the state that it staged and the messages that it emitted. */
export interface BatchResult {
  /** Number of rows decided on. */
  readonly rows: number
  /** Number of rows scored by a model. */
  readonly scored: number
  /** Number of events whose id had been folded before. */
  readonly duplicates: number
  /** Events and timers that the processor could not fold; their effects were undone. */
  readonly refused: readonly Refusal[]
  /** Row ranges, by index in the batch, on which a model failed. */
  readonly unscored: readonly UnscoredOf[]
}

/** Unscored rows of one decider. */
export interface UnscoredOf extends UnscoredRows {
  /** Name of the scorer, empty for the processor itself; for a model on trial followed by `~` and its id. */
  readonly scorer: string
}

export interface BatchOptions extends Partial<Pick<ScoringOptions, 'narrow'>> {
  /** Rows not to score, with the reason. */
  readonly unscored?: readonly UnscoredOf[]
  /** Keys to re-evaluate: all of their subjects are scored and decided again after the arrivals. */
  readonly reevaluation?: readonly string[] | undefined
  /** Names of the deciders whose settings have changed; `undefined`: all decide again. */
  readonly reevaluating?: readonly string[] | undefined
  /** Identifies the re-evaluation in the ids of published messages. */
  readonly reevaluationId?: string | undefined
  /** Timers to drop when they are due. */
  readonly skippedTimers?: readonly DueTimer[]
}

/**
 * Thrown when `decide` failed for an event, a timer or a re-evaluated key. The whole batch is rolled back and run again
 * without it.
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
 * Runs batches of one processor: for every event in order, fold and build the row; then score all rows at once; then
 * decide in the same order.
 */
export interface BatchProcessor {
  /**
   * `emit` must consume each message immediately: the batch keeps none. Throws `PoisonError`, `ScoreError`, and errors
   * that no event caused.
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
  const context: BatchContext = {
    processor,
    folds: new Map(processor.inputs.map(({ topic, fold }) => [(topic as Topic).name, fold as Fold])),
    views: viewsOf(processor),
  }
  const scorings = context.views.map(({ deciders }) => deciders.map((decider) => createScoring(processor, decider)))

  return {
    async run(taskState, arrivals, globals, emit, options = {}) {
      const { reevaluation = [], skippedTimers = [] } = options
      const run = new BatchRun(context, taskState, skippedTimers)
      const result = { scored: 0, unscored: [] as UnscoredOf[] }
      try {
        taskState.enter('fold')
        foldBatch(run, arrivals, reevaluation)
        for (const [view, ofView] of scorings.entries())
          for (const scoring of ofView) await scoreView(run, view, scoring, globals, options, result)
        taskState.enter('decide')
        for (const [view, ofView] of scorings.entries()) decideView(run, view, ofView, options, emit)
        const rows = run.pending.reduce((sum, { length }) => sum + length, 0)
        return { ...result, rows, duplicates: run.duplicates, refused: run.refused }
      } catch (error) {
        throw attributed(run, error)
      } finally {
        taskState.enter('any')
      }
    },
  }
}

/** Returns the processor's own row with the deciders that share it, then the rows of scorers that complete it. */
function viewsOf(processor: Processor): View[] {
  const { scorers = [], emitLatestOnly: ownLatestOnly = false } = processor
  const viewOf = (deciders: View['deciders'], complete: Scorer['row'], latestOnly: boolean): View => {
    const width = deciders[0]!.features.names.length
    return { deciders, complete, latestOnly, row: new Float32Array(width), block: new RowBlock(width) }
  }
  const sharing = scorers.filter(({ row }) => row === undefined)
  for (const { name, features, emitLatestOnly = false } of sharing)
    if (features.id !== processor.features.id || emitLatestOnly !== ownLatestOnly)
      throw new Error(`${name} shares the rows of ${processor.name}, so it needs its features and its emitLatestOnly.`)
  return [
    viewOf([processor, ...sharing], undefined, ownLatestOnly),
    ...scorers
      .filter(({ row }) => row !== undefined)
      .map((one) => viewOf([one], one.row, ownLatestOnly || one.emitLatestOnly === true)),
  ]
}

/** The model and the scores of one decider for the rows of a view. */
interface Scoring {
  readonly decider: Processor | Scorer
  /** Name in the journal; empty for the processor itself. */
  readonly scorer: string
  readonly source: string
  readonly within: (globals: Globals) => Globals
  /** Scores of the last batch, [rows × outputs]; may have spare room at the end. */
  scores: Float64Array
  /** Scores of one row. */
  numbers: Float64Array
  batch: ScoredBatch | undefined
  globals: Globals | undefined
  trials: TrialScores | undefined
}

function createScoring(processor: Processor, decider: Processor | Scorer): Scoring {
  return {
    decider,
    scorer: decider === processor ? '' : decider.name,
    source: sourceOf(decider),
    within: declaredOnly(decider),
    scores: new Float64Array(256),
    numbers: new Float64Array(0),
    batch: undefined,
    globals: undefined,
    trials: undefined,
  }
}

/** Scores all rows of a view at once. */
async function scoreView(
  run: BatchRun,
  view: number,
  scoring: Scoring,
  globals: Globals,
  { unscored: leftBefore = [], narrow = true, reevaluationId = '' }: BatchOptions,
  result: { scored: number; unscored: UnscoredOf[] },
): Promise<void> {
  const { decider, scorer, source } = scoring
  const { model, unscoredReason } = modelFor(decider, globals)
  const pending = run.pending[view]!
  let unscored: readonly UnscoredRows[] = []
  scoring.trials = undefined
  if (model !== undefined && pending.length > 0) {
    const count = pending.length * model.outputs.length
    if (scoring.scores.length < count) scoring.scores = new Float64Array(count * 2)
    const before = (name: string) => leftBefore.filter((rows) => rows.scorer === name)
    const batch = batchOf(pending, run.context.views[view]!.block)
    unscored = await scoreRows(model, batch, scoring.scores, { unscored: before(scorer), narrow })
    result.scored += pending.length
    for (const rows of unscored) result.unscored.push({ ...rows, scorer })
    const trials = globals.trials?.(decider.task!)
    if (trials !== undefined) {
      scoring.trials = await scoreTrials(trials, batch, scoring.scores, {
        keys: pending.map(({ state }) => state.key),
        features: decider.features,
        released: model,
        unscored: (modelId) => before(trialName(scorer, modelId)),
        narrow,
      })
      result.scored += scoring.trials.scored
      for (const { modelId, rows } of scoring.trials.unscored)
        for (const range of rows) result.unscored.push({ ...range, scorer: trialName(scorer, modelId) })
    }
  }
  scoring.numbers = new Float64Array(model?.outputs.length ?? 0)
  scoring.globals = scoring.within(globals)
  scoring.batch = { processor: run.context.processor, decider, source, reevaluationId, model, unscoredReason, unscored }
}

/** Name in the journal of a model on trial. */
function trialName(scorer: string, modelId: string): string {
  return `${scorer}~${modelId}`
}

/** Decides on every subject of a view, in event order. */
function decideView(
  run: BatchRun,
  view: number,
  scorings: readonly Scoring[],
  { reevaluating }: BatchOptions,
  emit: (message: Message) => void,
): void {
  const pending = run.pending[view]!
  const { row, block } = run.context.views[view]!
  let index = 0
  const deciding = scorings.map(({ trials, batch, ...scoring }) => ({
    ...scoring,
    batch: batch!,
    ofCanary: canaryBatch(batch!, trials),
    canaryRows: trials?.canary?.mask,
    publish: trials === undefined || trials.shadows.length === 0 ? emit : withShadows(trials, () => index, emit),
  }))
  for (; index < pending.length; index++) {
    const pendingScore = pending[index]!
    run.place = pendingScore.cause === undefined ? undefined : (pendingScore as Place)
    run.timer = pendingScore.timer
    run.reevaluatedKey = run.place === undefined ? pendingScore.state.key : undefined
    block.get(index, row)
    for (const { decider, scores, numbers, batch, ofCanary, canaryRows, globals, publish } of deciding) {
      if (run.place === undefined && reevaluating?.includes(decider.name) === false) continue
      const outputs = numbers.length
      for (let output = 0; output < outputs; output++) numbers[output] = scores[index * outputs + output]!
      const scoredBy = canaryRows?.[index] === 1 ? ofCanary! : batch
      decider.decide(pendingScore.state, new ScoredRow(pendingScore, index, row, numbers, scoredBy), globals!, publish)
    }
  }
}

/** Attributes an error to the current event, timer or re-evaluated key, if it may be to blame. */
function attributed({ place, timer, reevaluatedKey, context }: BatchRun, error: unknown): unknown {
  if (error instanceof ScoreError || !isEventFailure(error)) return error
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

function modelFor(
  decider: Processor | Scorer,
  globals: Globals,
): { model: Model | undefined; unscoredReason: string | null } {
  const { task, features } = decider
  if (task === undefined) return { model: undefined, unscoredReason: null }
  const model = globals.model(task)
  if (model === undefined) return { model, unscoredReason: `No model is released for ${task} yet.` }
  const why = featureMismatch(model, features)
  return why === undefined
    ? { model, unscoredReason: null }
    : { model: undefined, unscoredReason: `${why} Train and release one that fits.` }
}
