import { setImmediate as othersHaveRun } from 'node:timers/promises'
import { createEarlyStopping } from '../../models/deep/early-stopping.ts'
import { foldedLayers, imputeUnseenEmbeddings } from '../../models/deep/fold-network.ts'
import { checkNetworkData, targetsOf, targetUnits, type NetworkData } from '../../models/deep/network-data.ts'
import { inputLayout, inputRows } from '../../models/deep/network-inputs.ts'
import { meanLoss } from '../../models/deep/network-loss.ts'
import { networkOptions, type NetworkOptions } from '../../models/deep/network-options.ts'
import type { Head, Network, NetworkParameters } from '../../models/deep/network-parameters.ts'
import { packNetwork } from '../../models/deep/pack-network.ts'
import type { TrainingProgress } from '../../models/model.ts'
import { random } from '../../models/random.ts'
import { allRows, fitStandardisation } from '../../models/linear/standardise.ts'
import { learnEpoch, startLearning, type NetworkTask } from './network-learning.ts'
import { networkSums } from './network-sums.ts'
import { loadTensorflow, type TensorflowBackend } from './tensorflow.ts'
import { trainingParts } from './training-parts.ts'

/**
 * Trains a feed-forward network: embeddings of categories, hidden layers with batch normalisation and dropout, Adam,
 * and early stopping on the newest rows. The parameters are those of the best epoch. TensorFlow computes the gradients;
 * everything else is plain arithmetic, so that the same data and seed give the same parameters on the same backend.
 * Blocks the thread except for a moment after each epoch.
 */
export async function trainNetwork(
  data: NetworkData,
  head: Head,
  given: Partial<NetworkOptions>,
  seed: number,
  progress: TrainingProgress = () => {},
  wanted?: TensorflowBackend,
): Promise<NetworkParameters> {
  checkNetworkData(data, head)
  const options = networkOptions(given)
  const { tf, backend } = await loadTensorflow(wanted)
  const { train, validation } = trainingParts(data, options, seed)
  const { outputs, width } = train
  const layout = inputLayout(fitStandardisation(train, allRows(train.count)))
  const units = targetUnits(train, head)
  const prepared = (part: NetworkData) => ({
    rows: inputRows(layout, part, allRows(part.count)),
    targets: targetsOf(part, head, units, options.classWeights),
  })
  const { rows, targets } = prepared(train)
  const heldOut = validation === undefined ? undefined : prepared(validation)

  const task: NetworkTask = { head, layout, outputs, rows, targets }
  const learning = startLearning(task, options, random(seed))
  const advice = createEarlyStopping(options.earlyStoppingEpochs)
  const losses: number[] = []
  const validationLosses: number[] = []
  let bestEpoch = 0
  let best: Network | undefined
  for (let epoch = 1; epoch <= options.epochs; epoch++) {
    const loss = learnEpoch(tf, task, options, learning)
    if (!Number.isFinite(loss))
      throw new Error(`The network's loss is ${loss} in epoch ${epoch}: try a smaller learning rate.`)
    losses.push(loss)
    const { shapes, weights, running } = learning
    const tables = imputeUnseenEmbeddings(layout, weights, rows)
    const layers = foldedLayers(shapes, weights, running)
    const network: Network = { head, width, outputs, ...units, layout, tables, layers }
    const validationLoss = heldOut && meanLoss(head, networkSums(tf, network, heldOut.rows), heldOut.targets, outputs)
    const { isBest, shouldReduceRate, shouldStop } =
      validationLoss === undefined
        ? { isBest: true, shouldReduceRate: false, shouldStop: false }
        : advice(validationLoss)
    if (validationLoss !== undefined) validationLosses.push(validationLoss)
    if (isBest) [best, bestEpoch] = [network, epoch]
    if (shouldReduceRate) learning.rate /= 2
    progress(epoch, expectedEpochs(epoch, options), validationLoss)
    await othersHaveRun()
    if (shouldStop) break
  }
  progress(options.epochs, options.epochs)
  return packNetwork(best!, train, rows, { backend, options, bestEpoch, losses, validationLosses })
}

/** Typical number of epochs until early stopping, and the share of its epochs that a longer training may have done. */
const EPOCHS_USUAL = 30
const SHARE_DONE = 0.8

function expectedEpochs(epoch: number, { epochs, earlyStoppingEpochs }: NetworkOptions): number {
  return earlyStoppingEpochs === 0 ? epochs : Math.min(epochs, Math.max(EPOCHS_USUAL, epoch / SHARE_DONE))
}
