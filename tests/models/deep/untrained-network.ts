import { initialMoments } from '../../../models/deep/batch-moments.ts'
import { foldedLayers, imputeUnseenEmbeddings } from '../../../models/deep/fold-network.ts'
import { targetUnits } from '../../../models/deep/network-data.ts'
import { inputLayout, inputRows } from '../../../models/deep/network-inputs.ts'
import { networkOptions, type NetworkOptions } from '../../../models/deep/network-options.ts'
import type { Head, NetworkParameters } from '../../../models/deep/network-parameters.ts'
import { initialWeights, weightShapes } from '../../../models/deep/network-weights.ts'
import { packNetwork } from '../../../models/deep/pack-network.ts'
import { random } from '../../../models/random.ts'
import { allRows, fitStandardisation } from '../../../models/linear/standardise.ts'
import { mixedData } from './mixed-data.ts'

/** A network with random weights for rows of `mixedData`: untrained, but computed like any other. */
export function untrainedNetwork(head: Head, given: Partial<NetworkOptions> = {}, seed = 3): NetworkParameters {
  const data = mixedData(300, head)
  const options = networkOptions(given)
  const next = random(seed)
  const all = allRows(data.count)
  const layout = inputLayout(fitStandardisation(data, all))
  const shapes = weightShapes(layout, data.outputs, options)
  const biases = Float32Array.from({ length: data.outputs }, () => next() - 0.5)
  const blocks = initialWeights(shapes, biases, next).map((block) =>
    block.map((weight) => weight + 0.2 * (next() - 0.5)),
  )
  const rows = inputRows(layout, data, all)
  const moments = initialMoments(options.hidden).map(({ mean, variance }) => ({
    mean: mean.map(() => next() - 0.5),
    variance: variance.map(() => 0.5 + next()),
  }))
  return packNetwork(
    {
      head,
      width: data.width,
      outputs: data.outputs,
      ...targetUnits(data, head),
      layout,
      tables: imputeUnseenEmbeddings(layout, blocks, rows),
      layers: foldedLayers(shapes, blocks, moments),
    },
    data,
    rows,
    { backend: 'none', options, bestEpoch: 0, losses: [], validationLosses: [] },
  )
}
