import type { NetworkData } from '../../../models/deep/network-data.ts'
import type { NetworkOptions } from '../../../models/deep/network-options.ts'
import type { Head, NetworkParameters } from '../../../models/deep/network-parameters.ts'
import { scoreNetwork } from '../../../models/deep/score-network.ts'
import type { TrainingProgress } from '../../../models/model.ts'
import { trainNetwork } from '../../../runtimes/tensorflow/train-network.ts'

/** Settings small enough for a test, on the backend that every machine has. */
export const small: Partial<NetworkOptions> = { hidden: [24, 12], epochs: 40, learningRate: 0.01, dropout: 0.05 }

export const trained = (
  data: NetworkData,
  head: Head,
  options: Partial<NetworkOptions> = {},
  seed = 7,
  progress?: TrainingProgress,
): Promise<NetworkParameters> => trainNetwork(data, head, { ...small, ...options }, seed, progress, 'wasm')

export const scoresOf = (parameters: NetworkParameters, data: NetworkData): Float64Array => {
  const scores = new Float64Array(data.count * parameters.outputs)
  scoreNetwork(parameters)(data, scores)
  return scores
}

/** Returns the log loss of classes, or the squared error of one output. */
export const lossOf = (head: Head, data: NetworkData, scores: Float64Array, output: number): number => {
  let loss = 0
  for (let i = output; i < scores.length; i += data.outputs) {
    const [label, score] = [data.labels[i]!, scores[i]!]
    loss += head === 'regression' ? (label - score) ** 2 : -Math.log(label === 1 ? score : 1 - score)
  }
  return loss / data.count
}

/** Returns the loss of a predictor that only knows the mean of the training labels. */
export const baselineOf = (head: Head, train: NetworkData, data: NetworkData, output: number): number => {
  let sum = 0
  for (let i = output; i < train.labels.length; i += train.outputs) sum += train.labels[i]!
  return lossOf(head, data, new Float64Array(data.labels.length).fill(sum / train.count), output)
}
