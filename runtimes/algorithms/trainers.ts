import { algorithms } from '../../models/algorithms.ts'
import { gbmClasses, trainBoostedClasses } from '../../models/boosting/boosted-classes.ts'
import { gbmLabels, trainBoostedLabels } from '../../models/boosting/boosted-labels.ts'
import type { NetworkData } from '../../models/deep/network-data.ts'
import { softmaxLogistic, trainSoftmax } from '../../models/linear/softmax-logistic.ts'
import type { Dataset, TrainingProgress } from '../../models/model.ts'

type Settings = Readonly<Record<string, unknown>>
type Trainer = (data: never, seed: number, progress: TrainingProgress, settings: Settings) => unknown

/** Every algorithm that is trained in plain code, by name. */
const trainers: Readonly<Record<string, Trainer>> = {
  ...Object.fromEntries(
    algorithms.map(({ name, train }): [string, Trainer] => [
      name,
      (data: Dataset, seed, progress, settings) => train(data, seed, progress, settings),
    ]),
  ),
  [gbmClasses.name]: trainBoostedClasses,
  [gbmLabels.name]: (data: NetworkData, seed, progress, settings) => trainBoostedLabels(data, seed, progress, settings),
  [softmaxLogistic.name]: trainSoftmax,
}

/** Trains synchronously, in the calling thread. */
export function trainHere(
  algorithm: string,
  data: Dataset,
  seed: number,
  progress: TrainingProgress,
  settings: Settings,
): unknown {
  const train = trainers[algorithm]
  if (train === undefined) throw new Error(`${algorithm} is not trained in plain code.`)
  return train(data as never, seed, progress, settings)
}
