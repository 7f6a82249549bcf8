import type { Dataset } from '../../../models/model.ts'
import { pickedRows } from '../../../models/picked-rows.ts'
import { chosenRows, temporalFolds } from '../../../models/split.ts'
import { scored } from '../../lifecycle/scored.ts'
import type { Hyperparameters, Learner } from '../learner.ts'

/** Rows that were scored by models that had not seen them: probabilities are [rows × classes]. */
export interface OutOfFoldClasses {
  readonly labels: Int32Array
  readonly probabilities: Float64Array
}

/**
 * Each of so many parts of the rows is scored by a model of the others, or of those before it where rows have a time:
 * then the oldest rows are not scored, as those aren't whose model would have learned from rows without one of the
 * classes.
 */
export async function outOfFoldClasses(
  { algorithm, train }: Learner,
  data: Dataset,
  { parts, seed, settings }: { readonly parts: number; readonly seed: number; readonly settings: Hyperparameters },
): Promise<OutOfFoldClasses> {
  const classes = data.classes!.length
  const given = new Float64Array(data.count * classes).fill(Number.NaN)
  for (const split of temporalFolds(data, parts, seed)) {
    // A model of rows without a class knows nothing of it.
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
