import type { Calibrator } from '../../../models/evaluation/calibration.ts'
import { fitCalibrator } from '../../../models/evaluation/calibrator.ts'
import type { Dataset } from '../../../models/model.ts'
import type { ScoringRuntimes } from '../../../models/scoring-runtimes.ts'
import { chosenRows, temporalFolds } from '../../../models/split.ts'
import type { Hyperparameters, Learner, TrainingAids } from '../learner.ts'
import { scored } from '../../lifecycle/scored.ts'

/** Number of folds. Each is scored by a model of the others, or of the earlier ones if rows have a time. */
export const PARTS = 5

const calibrationMethods: readonly Calibrator['method'][] = ['platt', 'isotonic']

export function calibrationNamed(name: string): Calibrator['method'] | undefined {
  const found = calibrationMethods.find((method) => method === name)
  if (found === undefined && name !== 'none')
    throw new Error(`There is no calibration ${name}. There are: ${calibrationMethods.join(', ')} and none.`)
  return found
}

/**
 * Fits a calibration on out-of-fold scores, so that no row is withheld from the model itself. The scores come from
 * models of four fifths of the rows each (Platt 1999, 3.1), or, if rows have a time, of the rows before those that are
 * scored. Throws for a regression learner, since estimates are not probabilities.
 */
export async function outOfFoldCalibration(
  { algorithm, train }: Learner,
  data: Dataset,
  method: Calibrator['method'],
  {
    seed,
    settings,
    aids,
    runtimes,
  }: {
    readonly seed: number
    readonly settings?: Hyperparameters | undefined
    readonly aids?: TrainingAids | undefined
    readonly runtimes?: ScoringRuntimes | undefined
  },
): Promise<Calibrator> {
  if (algorithm.kind !== 'classification')
    throw new Error(`${algorithm.name} estimates a rate: only probabilities can be calibrated.`)
  const scores = new Float64Array(data.count).fill(Number.NaN)
  for (const split of temporalFolds(data, PARTS, seed)) {
    if (split.train.every((row) => data.labels[row] === data.labels[split.train[0]!])) continue
    const parameters = await train(chosenRows(data, split.train), seed, undefined, settings, aids)
    const given = await scored(algorithm.scorer(parameters, runtimes), chosenRows(data, split.test))
    split.test.forEach((row, place) => (scores[row] = given[place]!))
  }
  // With forward chaining, no model is older than the first rows, so these are not scored.
  const isScored = (_: number, row: number) => !Number.isNaN(scores[row])
  return fitCalibrator(method, data.labels.filter(isScored), scores.filter(isScored), data.weights?.filter(isScored))
}
