import type { Dataset } from '../../../models/model.ts'
import { pickedRows } from '../../../models/picked-rows.ts'
import { chosenRows, temporalFolds } from '../../../models/split.ts'
import { scored } from '../../lifecycle/scored.ts'
import type { Hyperparameters, Learner } from '../learner.ts'

/** Out-of-fold predictions; probabilities are [rows × classes]. */
export interface OutOfFoldClasses {
  readonly labels: Int32Array
  readonly probabilities: Float64Array
}

/**
 * Scores each of `parts` folds by a model of the others, or of the earlier ones if rows have a time. Not scored are the
 * oldest rows in that case, and folds whose training rows lack one of the classes.
 */
export async function outOfFoldClasses(
  { algorithm, train }: Learner,
  data: Dataset,
  { parts, seed, settings }: { readonly parts: number; readonly seed: number; readonly settings: Hyperparameters },
): Promise<OutOfFoldClasses> {
  const classes = data.classes!.length
  const given = new Float64Array(data.count * classes).fill(Number.NaN)
  for (const split of temporalFolds(data, parts, seed)) {
    // A model trained without a class can't predict it.
    if (new Set(split.train.map((row) => data.labels[row]!)).size < classes) continue
    const parameters = await train(chosenRows(data, split.train), seed, undefined, settings)
    const own = await scored(algorithm.scorer(parameters), chosenRows(data, split.test), classes)
    split.test.forEach((row, place) => given.set(own.subarray(place * classes, (place + 1) * classes), row * classes))
  }
  const rows = Int32Array.from({ length: data.count }, (_, row) => row).filter(
    (row) => !Number.isNaN(given[row * classes]),
  )
  return { labels: rows.map((row) => data.labels[row]!), probabilities: pickedRows(given, classes, rows) }
}
