import { VARIANCE_FLOOR, type Moments } from './batch-moments.ts'
import type { InputLayout, InputRows } from './network-inputs.ts'
import type { Layer } from './network-parameters.ts'
import { namedBlocks, type WeightShapes } from './network-weights.ts'

/** Folds batch normalisation with the running moments into the weights and biases of each layer. */
export function foldedLayers(
  shapes: WeightShapes,
  blocks: readonly Float32Array[],
  running: readonly Moments[],
): Layer[] {
  const { hidden, last } = namedBlocks(shapes, blocks)
  return [
    ...hidden.map(({ weights, biases, gains }, k) => {
      const { inputs, outputs } = shapes.hidden[k]!
      if (gains === null) return { inputs, outputs, weights: weights.slice(), biases: biases.slice() }
      const { mean, variance } = running[k]!
      const scale = gains.map((gain, unit) => gain / Math.sqrt(variance[unit]! + VARIANCE_FLOOR))
      return {
        inputs,
        outputs,
        weights: weights.map((weight, i) => weight * scale[i % outputs]!),
        biases: biases.map((bias, unit) => bias - mean[unit]! * scale[unit]!),
      }
    }),
    { ...shapes.last, weights: last.weights.slice(), biases: last.biases.slice() },
  ]
}

/**
 * Returns embedding tables in which codes that were not seen in training, including missing values, get the average
 * vector.
 */
export function imputeUnseenEmbeddings(
  layout: InputLayout,
  tables: readonly Float32Array[],
  training: Pick<InputRows, 'codes'>,
): Float32Array[] {
  return layout.embeddings.map(({ codes, size }, k) => {
    const table = tables[k]!.slice()
    const seen = new Uint8Array(codes)
    const mean = meanVector(table, size, training.codes[k]!)
    for (const code of training.codes[k]!) seen[code] = 1
    for (let code = 0; code < codes; code++) if (seen[code] === 0) table.set(mean, code * size)
    return table
  })
}

/** Returns the mean of the network's inputs over the rows. */
export function meanInputs(layout: InputLayout, tables: readonly Float32Array[], rows: InputRows): Float32Array {
  const width = layout.columns.length
  const mean = new Float64Array(layout.width)
  for (let row = 0; row < rows.count; row++)
    for (let column = 0; column < width; column++) mean[column]! += rows.numbers[row * width + column]! / rows.count
  let start = width
  layout.embeddings.forEach(({ size }, k) => {
    mean.set(meanVector(tables[k]!, size, rows.codes[k]!), start)
    start += size
  })
  return Float32Array.from(mean)
}

function meanVector(table: Float32Array, size: number, codes: Int32Array): Float32Array {
  const mean = new Float64Array(size)
  for (const code of codes) for (let i = 0; i < size; i++) mean[i]! += table[code * size + i]! / codes.length
  return Float32Array.from(mean)
}
