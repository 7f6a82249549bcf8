import type { Random } from '../random.ts'
import type { InputLayout } from './network-inputs.ts'
import type { NetworkOptions } from './network-options.ts'

/** Shapes of the trainable blocks, in this order: embedding tables, hidden layers, the last layer. */
export interface WeightShapes {
  readonly embeddings: readonly BlockShape[]
  readonly hidden: readonly HiddenShape[]
  readonly last: HiddenShape
  readonly batchNormalisation: boolean
}

/** Rows and columns of a block; a vector has one row. */
export type BlockShape = readonly [rows: number, columns: number]

interface HiddenShape {
  readonly inputs: number
  readonly outputs: number
}

/** Blocks by role. With batch normalisation, `biases` are its shifts and `gains` its scales. */
export interface NetworkBlocks<Block> {
  readonly tables: readonly Block[]
  readonly hidden: readonly { readonly weights: Block; readonly biases: Block; readonly gains: Block | null }[]
  readonly last: { readonly weights: Block; readonly biases: Block }
}

export function weightShapes(
  layout: InputLayout,
  outputs: number,
  { hidden, batchNormalisation }: NetworkOptions,
): WeightShapes {
  const layers = [...hidden, outputs].map((units, k) => ({
    inputs: k === 0 ? layout.width : hidden[k - 1]!,
    outputs: units,
  }))
  return {
    embeddings: layout.embeddings.map(({ codes, size }) => [codes, size]),
    hidden: layers.slice(0, -1),
    last: layers.at(-1)!,
    batchNormalisation,
  }
}

export function blockShapes({ embeddings, hidden, last, batchNormalisation }: WeightShapes): BlockShape[] {
  const ofLayer = ({ inputs, outputs }: HiddenShape): BlockShape[] => [
    [inputs, outputs],
    [1, outputs],
  ]
  const ofHidden = (layer: HiddenShape): BlockShape[] =>
    batchNormalisation ? [...ofLayer(layer), [1, layer.outputs]] : ofLayer(layer)
  return [...embeddings, ...hidden.flatMap(ofHidden), ...ofLayer(last)]
}

/** Groups the ordered blocks by role. */
export function namedBlocks<Block>(shapes: WeightShapes, blocks: readonly Block[]): NetworkBlocks<Block> {
  let index = 0
  const next = (): Block => blocks[index++]!
  return {
    tables: shapes.embeddings.map(next),
    hidden: shapes.hidden.map(() => ({
      weights: next(),
      biases: next(),
      gains: shapes.batchNormalisation ? next() : null,
    })),
    last: { weights: next(), biases: next() },
  }
}

const EMBEDDING_DEVIATION = 0.05

/** Returns initial weights: by He et al. 2015 for layers with ReLU, small random vectors for embeddings. */
export function initialWeights(shapes: WeightShapes, biases: Float32Array, next: Random): Float32Array[] {
  const normal = normalNumbers(next)
  const randomBlock = ([rows, columns]: BlockShape, deviation: number) =>
    Float32Array.from({ length: rows * columns }, () => deviation * normal())
  return [
    ...shapes.embeddings.map((shape) => randomBlock(shape, EMBEDDING_DEVIATION)),
    ...shapes.hidden.flatMap(({ inputs, outputs }) => {
      const layer = [randomBlock([inputs, outputs], Math.sqrt(2 / inputs)), new Float32Array(outputs)]
      return shapes.batchNormalisation ? [...layer, new Float32Array(outputs).fill(1)] : layer
    }),
    randomBlock([shapes.last.inputs, shapes.last.outputs], Math.sqrt(1 / shapes.last.inputs)),
    biases,
  ]
}

/** Returns a generator of standard normal numbers (Box and Muller 1958). */
function normalNumbers(next: Random): () => number {
  let spare: number | null = null
  return () => {
    if (spare !== null) {
      const held = spare
      spare = null
      return held
    }
    const length = Math.sqrt(-2 * Math.log(1 - next()))
    const angle = 2 * Math.PI * next()
    spare = length * Math.sin(angle)
    return length * Math.cos(angle)
  }
}
