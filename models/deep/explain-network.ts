import type { Explainer } from '../model.ts'
import { unpackFloats } from '../packed/packed-floats.ts'
import { inputRows } from './network-inputs.ts'
import { unpackNetwork, type NetworkParameters } from './network-parameters.ts'
import { createPathIntegral } from './path-integral.ts'
import { writeInputs } from './score-network.ts'

const FIRST_ROW = Int32Array.of(0)

/**
 * Returns an explainer by integrated gradients (Sundararajan, Taly and Yan 2017): each feature's contribution to the
 * margin of an output, along the straight path from the mean of the training inputs. Contributions and the margin of
 * the mean add up to the row's margin within 1e-3, usually within 1e-6, since the path is integrated piece by piece. A
 * category's contribution is the sum over its embedding.
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
    features.forEach((feature, index) => (into[feature]! += scale[output]! * ofInputs[index]!))
    return centre[output]! + scale[output]! * base
  }
}
