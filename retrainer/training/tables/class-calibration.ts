import type { ClassCalibrator } from '../../../models/evaluation/calibration.ts'
import { betterClassCalibrator } from '../../../models/evaluation/class-calibration.ts'
import type { Dataset } from '../../../models/model.ts'
import type { Hyperparameters, Learner } from '../learner.ts'
import { PARTS } from './out-of-fold-calibration.ts'
import { outOfFoldClasses } from './out-of-fold-classes.ts'

/**
 * Fits a calibration for several classes on out-of-fold scores, as `outOfFoldCalibration` does for two. Returns
 * `undefined` if it is not clearly better than none.
 */
export async function classCalibration(
  learner: Learner,
  data: Dataset,
  { seed, settings }: { readonly seed: number; readonly settings: Hyperparameters },
): Promise<ClassCalibrator | undefined> {
  const { labels, probabilities } = await outOfFoldClasses(learner, data, { parts: PARTS, seed, settings })
  return betterClassCalibrator(labels, probabilities, data.classes!.length)
}
