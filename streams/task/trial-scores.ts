import {
  featureMismatch,
  isCanaryCustomer,
  type Batch,
  type Model,
  type Processor,
  type Trials,
} from '../../processors/processor.ts'
import { scores, type Score } from '../../schemas/models/scores.ts'
import { shadowScores } from '../../schemas/models/shadow-scores.ts'
import { message, type Message, type Topic } from '../../schemas/topic.ts'
import type { ScoredBatch } from './pending-score.ts'
import { scoreRows, type UnscoredRows } from './score-rows.ts'

/** Scores of the models on trial for the rows of a view. */
export interface TrialScores {
  /** Set if a canary scored some of the rows. */
  readonly canary: CanaryScores | undefined
  readonly shadows: readonly ShadowScores[]
  /** Row ranges on which a model on trial failed, by model. */
  readonly unscored: readonly { readonly modelId: string; readonly rows: readonly UnscoredRows[] }[]
  /** Number of rows scored. */
  readonly scored: number
}

interface CanaryScores {
  readonly model: Model
  /** 1 for the rows whose score is the canary’s. */
  readonly mask: Uint8Array
}

interface ShadowScores {
  readonly model: Model
  readonly scores: Float64Array
}

export interface TrialOptions {
  /** Keys of the rows: the customers. */
  readonly keys: readonly string[]
  readonly features: Processor['features']
  readonly released: Model
  /** Rows not to score, by model. */
  readonly unscored: (modelId: string) => readonly UnscoredRows[]
  readonly narrow: boolean
}

/**
 * Scores rows by the models on trial. The canary’s scores replace those of the released model in `into`; a row on which
 * it fails keeps the released model’s. Models that don’t fit the features, or a canary with other outputs than the
 * released model, are left out. The ranges on which a canary fails count only its own rows.
 */
export async function scoreTrials(
  { canary, shadows }: Trials,
  batch: Batch,
  into: Float64Array,
  options: TrialOptions,
): Promise<TrialScores> {
  const { features, released, narrow } = options
  const unscored: { modelId: string; rows: readonly UnscoredRows[] }[] = []
  let scored = 0

  async function score(model: Model, rows: Batch): Promise<Float64Array> {
    const given = new Float64Array(rows.count * model.outputs.length)
    const failed = await scoreRows(model, rows, given, { unscored: options.unscored(model.id), narrow })
    if (failed.length > 0) unscored.push({ modelId: model.id, rows: failed })
    scored += rows.count
    return given
  }

  // First, so that shadows are scored even for the rows of the canary.
  const shadowsScored: ShadowScores[] = []
  for (const model of shadows)
    if (featureMismatch(model, features) === undefined) shadowsScored.push({ model, scores: await score(model, batch) })
  const isUsable =
    canary !== undefined &&
    featureMismatch(canary.model, features) === undefined &&
    canary.model.outputs.join('\0') === released.outputs.join('\0')
  const chosen = isUsable
    ? [...options.keys.keys()].filter((row) => isCanaryCustomer(canary.model.id, canary.share, options.keys[row]!))
    : []
  if (chosen.length === 0) return { canary: undefined, shadows: shadowsScored, unscored, scored }
  const mask = replaceScores(into, await score(canary!.model, pickedRows(batch, chosen)), chosen, batch.count)
  return { canary: { model: canary!.model, mask }, shadows: shadowsScored, unscored, scored }
}

/** Puts the scores of chosen rows in their places, except where there are none. Returns which rows have them. */
function replaceScores(into: Float64Array, given: Float64Array, chosen: readonly number[], count: number): Uint8Array {
  const mask = new Uint8Array(count)
  const outputs = given.length / chosen.length
  for (const [place, row] of chosen.entries()) {
    const own = given.subarray(place * outputs, (place + 1) * outputs)
    if (Number.isNaN(own[0])) continue
    into.set(own, row * outputs)
    mask[row] = 1
  }
  return mask
}

function pickedRows({ width, rows, texts, lineTimes }: Batch, chosen: readonly number[]): Batch {
  const picked = new Float32Array(chosen.length * width)
  for (const [place, row] of chosen.entries()) picked.set(rows.subarray(row * width, (row + 1) * width), place * width)
  return {
    count: chosen.length,
    width,
    rows: picked,
    texts: chosen.map((row) => texts[row]!),
    lineTimes: lineTimes && chosen.map((row) => lineTimes[row]!),
  }
}

/** Returns the context of rows that the canary scored. */
export function canaryBatch(batch: ScoredBatch, trials: TrialScores | undefined): ScoredBatch | undefined {
  return trials?.canary === undefined ? undefined : { ...batch, model: trials.canary.model }
}

/** Emits messages, and after a live score the shadows’ scores for the row at `place`. */
export function withShadows(
  { shadows }: TrialScores,
  place: () => number,
  emit: (message: Message) => void,
): (message: Message) => void {
  return (published) => {
    emit(published)
    if ((published.topic as Topic) !== (scores as Topic)) return
    const live = published.value as Score
    for (const { model, scores: given } of shadows) {
      const outputs = [...given.subarray(place() * model.outputs.length, (place() + 1) * model.outputs.length)]
      const probability = outputs.reduce((most, one) => Math.max(most, one), Number.NEGATIVE_INFINITY)
      if (!Number.isFinite(probability)) continue
      emit(
        message(shadowScores, {
          id: `${live.id}/shadow/${model.id}`,
          occurredAt: live.occurredAt,
          source: live.source,
          scoreId: live.id,
          task: live.task,
          subjectId: live.subjectId,
          customerId: live.customerId,
          modelId: model.id,
          probability,
          outputs,
          liveModelId: live.modelId,
          liveProbability: live.probability,
        }),
      )
    }
  }
}
