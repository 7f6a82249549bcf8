import { checkWidth } from '../check-dataset.ts'
import { checkNetworkData, type NetworkData } from '../deep/network-data.ts'
import type { Dataset, ScoringAlgorithm, TrainingProgress } from '../model.ts'
import { sigmoid } from '../linear/penalised-logistic.ts'
import { chosenRows } from '../split.ts'
import { compileForest } from './compile-forest.ts'
import { restoreForest } from './forest.ts'
import { gbm, type BoostedParameters } from './gradient-boosting.ts'
import type { BoostingOptions } from './options.ts'
import { treeShap } from './tree-shap.ts'

/**
 * A boosted model for the label, or a constant probability if the label had a single value in all rows where it was
 * known.
 */
export type BoostedLabel = { readonly boosted: BoostedParameters } | { readonly constant: number }

export interface BoostedLabelsParameters {
  readonly width: number
  readonly labels: readonly BoostedLabel[]
}

/** Multi-label probabilities from one boosted model per label (spec C5: one model per product). */
export const gbmLabels: ScoringAlgorithm<BoostedLabelsParameters> = {
  name: 'gbm-labels',
  kind: 'classification',
  readsText: false,
  outputs: ({ labels }) => labels.length,
  importance: ({ width, labels }) => {
    const shares = new Float64Array(width)
    for (const label of labels)
      if ('boosted' in label) label.boosted.importance.forEach((share, i) => (shares[i]! += share))
    const total = shares.reduce((sum, share) => sum + share, 0)
    return [...shares].map((share) => (total > 0 ? share / total : 0))
  },
  explainer({ width, labels }, output = 0) {
    const label = labels[output]!
    if (!('boosted' in label)) {
      const margin = marginOf(label.constant)
      return (_row, into) => {
        into.fill(0)
        return margin
      }
    }
    const shap = treeShap(restoreForest(label.boosted.forest, width))
    return (row, into) => {
      into.fill(0)
      return shap(row, into)
    }
  },
  scorer({ width, labels }) {
    const outputs = labels.length
    const forests = labels.map((label) =>
      'boosted' in label ? compileForest(restoreForest(label.boosted.forest, width), width) : label.constant,
    )
    let margins = new Float64Array(0)
    return (batch, into) => {
      checkWidth(batch, width)
      const { count, rows } = batch
      if (margins.length < count) margins = new Float64Array(count)
      for (let output = 0; output < outputs; output++) {
        const forest = forests[output]!
        if (typeof forest === 'number') {
          for (let row = 0; row < count; row++) into[row * outputs + output] = forest
          continue
        }
        forest(rows, count, width, margins)
        for (let row = 0; row < count; row++) into[row * outputs + output] = sigmoid(margins[row]!)
      }
    }
  },
}

/** Trains each label on the rows where it is known. Throws `DatasetError` for unusable data. */
export function trainBoostedLabels(
  data: NetworkData,
  seed: number,
  progress: TrainingProgress = () => {},
  options: Partial<BoostingOptions> = {},
): BoostedLabelsParameters {
  checkNetworkData(data, 'multi-label')
  const { outputs, width } = data
  const labels = Array.from({ length: outputs }, (_, output): BoostedLabel => {
    const known = rowsWith(data, output)
    const ones = known.labels.reduce((sum, label) => sum + label, 0)
    progress(output, outputs)
    // Half a row is added per class, so that an unseen outcome is not impossible.
    if (ones === 0 || ones === known.count) return { constant: (ones + 0.5) / (known.count + 1) }
    return { boosted: gbm.train(known, seed, undefined, options) }
  })
  progress(outputs, outputs)
  return { width, labels }
}

/** Returns the log odds of a probability. */
export function marginOf(probability: number): number {
  return Math.log(probability / (1 - probability))
}

function rowsWith(data: NetworkData, output: number): Dataset {
  const { count, outputs, labels } = data
  const known = Int32Array.from({ length: count }, (_, row) => row).filter(
    (row) => !Number.isNaN(labels[row * outputs + output]),
  )
  const ofLabel = Float64Array.from({ length: count }, (_, row) => labels[row * outputs + output]!)
  return chosenRows({ ...data, labels: ofLabel }, known)
}
