import { chosenNetworkRows, type NetworkData } from '../../models/deep/network-data.ts'
import type { NetworkOptions } from '../../models/deep/network-options.ts'
import { temporalHoldout } from '../../models/split.ts'

/** With fewer rows than this, none are held out for early stopping. */
const STOPPING_ROWS_MIN = 200

/** Returns the rows to learn from, and the newest rows for early stopping if there are enough of both. */
export function trainingParts(
  data: NetworkData,
  { earlyStoppingEpochs, validationShare }: NetworkOptions,
  seed: number,
): { readonly train: NetworkData; readonly validation: NetworkData | undefined } {
  if (earlyStoppingEpochs === 0 || data.count < STOPPING_ROWS_MIN) return { train: data, validation: undefined }
  const split = temporalHoldout(data, validationShare, seed)
  const train = chosenNetworkRows(data, split.train)
  const nothingToLearn = train.labels.every((label) => label === train.labels[0] || Number.isNaN(label))
  return nothingToLearn || split.test.length === 0
    ? { train: data, validation: undefined }
    : { train, validation: chosenNetworkRows(data, split.test) }
}
