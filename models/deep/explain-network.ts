import type { Explainer } from '../model.ts'
import { unpackFloats } from '../packed/packed-floats.ts'
import { inputRows } from './network-inputs.ts'
import { unpackNetwork, type NetworkParameters } from './network-parameters.ts'
import { createPathIntegral } from './path-integral.ts'
import { writeInputs } from './score-network.ts'

const FIRST_ROW = Int32Array.of(0)

/**
 * Integrated gradients (Sundararajan, Taly and Yan 2017): what each feature contributes to the margin of an output,
 * against the mean of the training rows' inputs, along the straight way from there. Contributions and the margin of the
 * mean add up to the row's margin within 1e-3; as the way is walked piece by piece they usually do within 1e-6. A
 * category's contribution is that of all numbers of its vector.
 */
export function explainNetwork(parameters: NetworkParameters, output = 0): Explainer {
  const network = unpackNetwork(parameters)
  const { layout, tables, layers, centre, scale } = network
  const from = Float64Array.from(unpackFloats(parameters.meanInputs, layout.width))
  const integral = createPathIntegral(layers, from, output)
  const features = [
    ...layout.features,
    ...layout.embeddings.flatMap(({ feature, size }) => new Array<number>(size).fill(feature)),
  ]
  const to = new Float64Array(layout.width)
  const ofInputs = new Float64Array(layout.width)
  return (row, into) => {
    const rows = inputRows(layout, { rows: row, width: network.width }, FIRST_ROW)
    writeInputs(layout, tables, rows, 0, to)
    const base = integral(to, ofInputs)
    into.fill(0)
    features.forEach((feature, place) => (into[feature]! += scale[output]! * ofInputs[place]!))
    return centre[output]! + scale[output]! * base
  }
}
