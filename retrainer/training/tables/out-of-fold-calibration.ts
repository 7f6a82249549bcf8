import type { Calibrator } from '../../../models/evaluation/calibration.ts'
import { fitCalibrator } from '../../../models/evaluation/calibrator.ts'
import type { Dataset } from '../../../models/model.ts'
import type { ScoringRuntimes } from '../../../models/scoring-runtimes.ts'
import { chosenRows, temporalFolds } from '../../../models/split.ts'
import type { Hyperparameters, Learner, TrainingAids } from '../learner.ts'
import { scored } from '../../lifecycle/scored.ts'

/** Each part is scored by a model of the others, or of those before it where rows have a time. */
export const PARTS = 5

const calibrationMethods: readonly Calibrator['method'][] = ['platt', 'isotonic']

export function calibrationNamed(name: string): Calibrator['method'] | undefined {
  const found = calibrationMethods.find((method) => method === name)
  if (found === undefined && name !== 'none')
    throw new Error(`There is no calibration ${name}. There are: ${calibrationMethods.join(', ')} and none.`)
  return found
}

/**
 * Fits a calibration on scores of rows that their model was not trained on, and keeps no row from the model itself:
 * what calibrates is learned from models of four fifths of the rows each (Platt 1999, 3.1), or, where rows have a time,
 * of the rows before those that are scored. Throws for a learner of
 * rates: estimates are no probabilities.
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
  // In a chain nothing is older than the first rows, to score them.
  const isScored = (_: number, row: number) => !Number.isNaN(scores[row])
  return fitCalibrator(method, data.labels.filter(isScored), scores.filter(isScored), data.weights?.filter(isScored))
}
