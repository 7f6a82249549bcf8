import type { ClassCalibrator } from '../../../models/evaluation/calibration.ts'
import { betterClassCalibrator } from '../../../models/evaluation/class-calibration.ts'
import type { Dataset } from '../../../models/model.ts'
import { pickedRows } from '../../../models/picked-rows.ts'
import { chosenRows, temporalFolds } from '../../../models/split.ts'
import { scored } from '../../lifecycle/scored.ts'
import type { Hyperparameters, Learner } from '../learner.ts'
import { PARTS } from './out-of-fold-calibration.ts'

/**
 * A calibration of several classes on scores of rows that their model was not trained on, as `outOfFoldCalibration`
 * has one for two; `undefined` where it is not clearly better than none.
 */
export async function classCalibration(
  { algorithm, train }: Learner,
  data: Dataset,
  { seed, settings }: { readonly seed: number; readonly settings: Hyperparameters },
): Promise<ClassCalibrator | undefined> {
  const classes = data.classes!.length
  const given = new Float64Array(data.count * classes).fill(Number.NaN)
  for (const split of temporalFolds(data, PARTS, seed)) {
    // A model of rows without a class knows nothing of it.
    if (new Set(split.train.map((row) => data.labels[row]!)).size < classes) continue
    const parameters = await train(chosenRows(data, split.train), seed, undefined, settings)
    const own = await scored(algorithm.scorer(parameters), chosenRows(data, split.test), classes)
    split.test.forEach((row, place) => given.set(own.subarray(place * classes, (place + 1) * classes), row * classes))
  }
  const rows = Int32Array.from({ length: data.count }, (_, row) => row).filter(
    (row) => !Number.isNaN(given[row * classes]),
  )
  const labels = rows.map((row) => data.labels[row]!)
  return betterClassCalibrator(labels, pickedRows(given, classes, rows), classes)
}
