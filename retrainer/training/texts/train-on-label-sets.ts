import { DatasetError } from '../../../models/check-dataset.ts'
import type { Interval } from '../../../models/evaluation/bootstrap.ts'
import {
  bestThreshold,
  labelSetMetrics,
  type ScoredLabelSets,
} from '../../../models/evaluation/label-sets-evaluation.ts'
import type { LabelTextParameters } from '../../../models/text/label-text-model.ts'
import type { LabelSets } from './label-sets.ts'
import type { Cases } from './text-cases.ts'
import { splitTexts } from './text-split.ts'
import { trainOnText, type TextTraining, type TextTrainingOptions } from './train-on-text.ts'

export interface LabelSetsTraining {
  readonly parameters: LabelTextParameters
  readonly trainRows: Int32Array
  readonly testRows: Int32Array
  /** Test predictions by the measured model: [cases × labels]. */
  readonly scored: ScoredLabelSets
  /** Test predictions by the final model. */
  readonly finalProbabilities: Float64Array
  readonly metrics: Readonly<Record<string, Interval>>
  /** Metrics of terms alone, with thresholds fitted in the same way, and of the label shares. */
  readonly baselines: Readonly<Record<'terms' | 'shares', Readonly<Record<string, Interval>>>>
  /** Labels that can't be learned, because too few training cases have or lack them. */
  readonly skippedLabels: readonly string[]
  readonly truncated: TextTraining['truncated']
  readonly unsupportedScripts: TextTraining['unsupportedScripts']
}

/** Minimum number of training cases with a label, and without it. */
const CASES_MIN = 2
/** Maximum number of terms of all labels together, and minimum per label. */
const TERMS_MAX = 60_000
const TERMS_MIN = 2_000

/** Trains a model and a decision threshold for each label separately, on the same split. Throws `DatasetError`. */
export async function trainOnLabelSets(
  cases: Cases,
  sets: LabelSets,
  options: Omit<TextTrainingOptions, 'termsMax' | 'baselineProbabilities'>,
): Promise<LabelSetsTraining> {
  const { seed, strategies, progress } = options
  const split = splitTexts(cases.times, seed, options)
  const isThere = (label: number) =>
    Int32Array.from(cases.cases, (_, row) => sets.labels[row * sets.names.length + label]!)
  const learnable = sets.names.map((_, label) => {
    const there = split.learning.filter((row) => isThere(label)[row] === 1).length
    return there >= CASES_MIN && split.learning.length - there >= CASES_MIN
  })
  const chosen = [...sets.names.keys()].filter((label) => learnable[label])
  const names = chosen.map((label) => sets.names[label]!)
  if (names.length === 0) throw new DatasetError('No label has enough training cases with it and without it.')
  const termsMax = Math.max(TERMS_MIN, Math.floor(TERMS_MAX / names.length))
  const trained: TextTraining[] = []
  for (const [place, label] of chosen.entries())
    trained.push(
      await trainOnText(cases, isThere(label), ['', sets.names[label]!], {
        ...options,
        strategies: strategies.slice(0, 1),
        split: { train: split.train, test: split.test, validation: options.split?.validation },
        termsMax,
        progress: (done, of, metric) => progress?.(place + done / of, chosen.length, metric),
      }),
    )
  const joined = (of: (training: TextTraining) => Float64Array) => secondColumns(trained.map(of))
  const thresholds = trained.map(({ held }) => thresholdOf(held))
  const labels = Uint8Array.from(split.test.length * names.length === 0 ? [] : labelsOf(split.test, chosen, sets))
  const scored = { labels, probabilities: joined(({ probabilities }) => probabilities), thresholds }
  const ofTerms = {
    labels,
    probabilities: joined(({ baselineProbabilities }) => baselineProbabilities),
    thresholds: trained.map(({ baselineHeld }) => thresholdOf(baselineHeld)),
  }
  const shares = names.map((_, at) => shareOf(split.train, isThere(chosen[at]!)))
  const ofShares = {
    labels,
    probabilities: Float64Array.from({ length: labels.length }, (_, at) => shares[at % names.length]!),
    thresholds: names.map(() => 0.5),
  }
  const [first] = trained
  return {
    parameters: {
      labels: names,
      models: trained.map(({ parameters }) => parameters),
      thresholds,
      strategy: first!.parameters.strategy,
      backbone: trained.find(({ parameters }) => parameters.backbone !== null)?.parameters.backbone ?? null,
    },
    trainRows: split.train,
    testRows: split.test,
    scored,
    finalProbabilities: joined(({ finalProbabilities }) => finalProbabilities),
    metrics: labelSetMetrics(scored, seed),
    baselines: { terms: labelSetMetrics(ofTerms, seed), shares: labelSetMetrics(ofShares, seed) },
    skippedLabels: sets.names.filter((_, label) => !learnable[label]),
    truncated: first!.truncated,
    unsupportedScripts: first!.unsupportedScripts,
  }
}

function thresholdOf({ labels, probabilities }: TextTraining['held']): number {
  return bestThreshold(
    labels,
    Float64Array.from(labels, (_, row) => probabilities[2 * row + 1]!),
  )
}

/** Joins the probabilities of each model's second class: [rows × labels]. */
function secondColumns(all: readonly Float64Array[]): Float64Array {
  const rows = all[0]!.length / 2
  return Float64Array.from({ length: rows * all.length }, (_, at) => {
    const [row, label] = [Math.floor(at / all.length), at % all.length]
    return all[label]![2 * row + 1]!
  })
}

function labelsOf(rows: Int32Array, chosen: readonly number[], { labels, names }: LabelSets): number[] {
  return [...rows].flatMap((row) => chosen.map((label) => labels[row * names.length + label]!))
}

function shareOf(rows: Int32Array, isThere: Int32Array): number {
  return rows.reduce((sum, row) => sum + isThere[row]!, 0) / rows.length
}
