import { readFileSync } from 'node:fs'
import { decodeModel } from '../../models/onnx/onnx-codec.ts'
import { bertWeights, readBertGraph, type BertShape } from '../../models/text/bert-graph.ts'
import { pickedRows } from '../../models/picked-rows.ts'

/** Which weights are tuned: `last` for the last layer and the head, `all` for everything. */
export type Tuned = 'last' | 'all'

export interface BertBlocksOptions {
  /** The float32 ONNX file of the backbone. */
  readonly file: string
  readonly tune: Tuned
  readonly classes: number
  /** Initial weights by block name. The other blocks start with the backbone's weights, the head at zero. */
  readonly from?: ReadonlyMap<string, Float32Array> | undefined
}

/** The weights of a BERT and its head, by block name. */
export interface BertBlocks {
  readonly shape: BertShape
  readonly values: ReadonlyMap<string, Float32Array>
  readonly sizes: ReadonlyMap<string, readonly [rows: number, columns: number]>
  /** Tuned blocks, without those of the head and, with `all`, the word embeddings. */
  readonly layersTuned: readonly string[]
}

/** The blocks of the head: weights of the first token, weights of the mean of all pieces, and the bias. */
export const HEAD = ['head first', 'head mean', 'head bias']

export function readBertBlocks({ file, tune, classes, from }: BertBlocksOptions): BertBlocks {
  const model = decodeModel(readFileSync(file))
  const graph = readBertGraph(model)
  const { shape } = graph
  const values = bertWeights(model, graph)
  const sizes = new Map(graph.blocks.map(({ name, rows, columns }) => [name, [rows, columns] as const]))
  for (const name of HEAD) {
    const rows = name === 'head bias' ? 1 : shape.width
    values.set(name, new Float32Array(rows * classes))
    sizes.set(name, [rows, classes])
  }
  for (const [name, block] of from ?? []) values.set(name, block.slice())
  const layersTuned = [...sizes.keys()].filter((name) =>
    tune === 'all' ? name !== 'words' && !HEAD.includes(name) : name.startsWith(`${shape.layers - 1} `),
  )
  return { shape, values, sizes, layersTuned }
}

/** Returns the embedding of each piece, [ids × width]. */
export function wordsOf({ shape: { width }, values }: BertBlocks, ids: Int32Array): Float32Array {
  return pickedRows(values.get('words')!, width, ids)
}
