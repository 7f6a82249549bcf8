import { join } from 'node:path'
import { bootstrapDifference, type Interval } from '../../models/evaluation/bootstrap.ts'
import { deep } from '../../models/deep/deep.ts'
import { inputLayout, inputRows } from '../../models/deep/network-inputs.ts'
import { networkToOnnx } from '../../models/deep/network-onnx.ts'
import { defaultNetwork } from '../../models/deep/network-options.ts'
import { logLoss, rocAuc } from '../../models/evaluation/metrics.ts'
import type { Dataset } from '../../models/model.ts'
import { chosenRows, temporalHoldout, type Split } from '../../models/split.ts'
import { allRows, fitStandardisation } from '../../models/linear/standardise.ts'
import { trainNetworkInThread } from '../../runtimes/tensorflow/train-network-in-thread.ts'
import { runPython, readScores, writeNumbers } from './python.ts'
import { BATCHES, onnxTimePerRow, timePerRow } from './time-per-row.ts'

const DRAWS = 500

export interface DeepComparison {
  readonly auc: number
  readonly peerAuc: number
  readonly aucDifference: Interval
  readonly logLoss: number
  readonly peerLogLoss: number
  readonly seconds: number
  readonly peerSeconds: number
  readonly epochs: number
  readonly peerEpochs: number
  readonly backend: string
  readonly microsecondsPerRow: Readonly<Record<number, number>>
  readonly onnxMicrosecondsPerRow: Readonly<Record<number, number>>
  readonly peerMicrosecondsPerRow: Readonly<Record<number, number>>
  readonly peerVersion: string
}

interface PeerAnswer {
  readonly version: string
  readonly tensorflow: string
  readonly fits: readonly { readonly seconds: number; readonly epochs: number }[]
  readonly microsecondsPerRow: Readonly<Record<number, number>>
}

/**
 * Compares the network with default settings with the same one in Keras: layers, normalisation, dropout, embeddings,
 * steps, stopping, inputs and folds.
 */
export async function compareDeep(
  python: string,
  directory: string,
  data: Dataset,
  splits: readonly Split[],
): Promise<DeepComparison> {
  const [own, peer] = [new Float64Array(data.count), new Float64Array(data.count)]
  const jobs: object[] = []
  const files: string[] = []
  const fits: { readonly parameters: Awaited<ReturnType<typeof trainNetworkInThread>>; readonly held: Dataset }[] = []
  let seconds = 0
  for (const [fold, { train, test }] of splits.entries()) {
    const [rows, held] = [chosenRows(data, train), chosenRows(data, test)]
    const startedAt = performance.now()
    const parameters = await trainNetworkInThread({ ...rows, outputs: 1 }, 'binary', {}, fold + 1)
    seconds += (performance.now() - startedAt) / 1_000
    const into = new Float64Array(held.count)
    await deep.scorer(parameters)(held, into)
    test.forEach((row, place) => (own[row] = into[place]!))
    fits.push({ parameters, held })
    files.push(join(directory, `scores-${fold}`))
    jobs.push(peerFit(directory, fold, rows, held, files.at(-1)!))
  }
  const job = { fits: jobs, options: defaultNetwork, batches: BATCHES }
  const answer = await runPython<PeerAnswer>(python, './keras_peer.py', job, directory)
  splits.forEach(({ test }, fold) => {
    const scores = readScores(files[fold]!)
    test.forEach((row, place) => (peer[row] = scores[place]!))
  })
  const { parameters, held } = fits.at(-1)!
  const total = (of: readonly number[]) => of.reduce((sum, one) => sum + one, 0)
  return {
    auc: rocAuc(data.labels, own),
    peerAuc: rocAuc(data.labels, peer),
    aucDifference: bootstrapDifference(rocAuc, data.labels, own, peer, { seed: 1, draws: DRAWS }),
    logLoss: logLoss(data.labels, own),
    peerLogLoss: logLoss(data.labels, peer),
    seconds,
    peerSeconds: total(answer.fits.map((fit) => fit.seconds)),
    epochs: total(fits.map((fit) => fit.parameters.training.losses.length)),
    peerEpochs: total(answer.fits.map((fit) => fit.epochs)),
    backend: parameters.training.backend,
    microsecondsPerRow: await timePerRow(held, deep.scorer(parameters)),
    onnxMicrosecondsPerRow: await onnxTimePerRow(held, networkToOnnx(parameters)),
    peerMicrosecondsPerRow: answer.microsecondsPerRow,
    peerVersion: `${answer.version} on TensorFlow ${answer.tensorflow}`,
  }
}

/** Gives the peer the same prepared inputs: the comparison is of networks, not of reading tables. */
function peerFit(directory: string, fold: number, rows: Dataset, held: Dataset, scores: string): object {
  const { train, test } = temporalHoldout(rows, defaultNetwork.validationShare, fold + 1)
  const layout = inputLayout(fitStandardisation(rows, train))
  const part = (name: string, of: Dataset, chosen: Int32Array) => {
    const { numbers, codes } = inputRows(layout, of, chosen)
    return {
      numbers: writeNumbers(directory, `${name}-numbers-${fold}`, numbers),
      codes: codes.map((list, k) => writeNumbers(directory, `${name}-codes-${k}-${fold}`, list)),
      labels: writeNumbers(
        directory,
        `${name}-labels-${fold}`,
        Float64Array.from(chosen, (row) => of.labels[row]!),
      ),
    }
  }
  return {
    seed: fold + 1,
    width: layout.columns.length,
    embeddings: layout.embeddings,
    batchRows: Math.round(Math.min(defaultNetwork.batchRows, Math.max(32, train.length / 16))),
    train: part('train', rows, train),
    held: part('held', rows, test),
    test: part('test', held, allRows(held.count)),
    scores,
  }
}
