import { OnnxError } from '../onnx/onnx-error.ts'
import { ELEMENT_TYPES, type ModelMessage, type NodeMessage, type TensorMessage } from '../onnx/onnx-messages.ts'

/** Dimensions of a BERT model. */
export interface BertShape {
  readonly layers: number
  readonly width: number
  readonly heads: number
  readonly feedForward: number
  readonly vocabulary: number
  /** Number of positions with an embedding. */
  readonly places: number
}

/** A block of weights, with our name and the name of its tensor in the graph. */
export interface BertBlock {
  readonly name: string
  readonly tensor: string
  readonly rows: number
  readonly columns: number
}

export interface BertGraph {
  readonly shape: BertShape
  readonly blocks: readonly BertBlock[]
}

/**
 * Names of a layer's biases in PyTorch's export. Its matrices have no meaningful names, and are found by the bias that
 * is added to their product.
 */
const MAPS = {
  query: 'attention.self.query',
  key: 'attention.self.key',
  value: 'attention.self.value',
  output: 'attention.output.dense',
  up: 'intermediate.dense',
  down: 'output.dense',
} as const
const NORMS = { 'attention norm': 'attention.output.LayerNorm', norm: 'output.LayerNorm' } as const
const EMBEDDINGS = {
  words: 'embeddings.word_embeddings.weight',
  places: 'embeddings.position_embeddings.weight',
  types: 'embeddings.token_type_embeddings.weight',
} as const

/**
 * Finds the weights of a BERT model in the graph of its usual export (PyTorch, Hugging Face). Throws `OnnxError` naming
 * what is missing: such a model can serve as a backbone, but can't be fine-tuned.
 */
export function readBertGraph(model: ModelMessage): BertGraph {
  const graph = model.graph
  if (graph === undefined) throw new OnnxError('The file holds no graph.')
  const tensors = new Map(graph.initializers.map((tensor) => [tensor.name ?? '', tensor]))
  // Some exports prefix the names with that of the whole network.
  const words = [...tensors.keys()].find((name) => name.endsWith(EMBEDDINGS.words))
  if (words === undefined)
    throw new OnnxError(`There is no ${EMBEDDINGS.words} in the graph: its weights can't be tuned.`)
  const prefix = words.slice(0, -EMBEDDINGS.words.length)
  const producers = new Map(graph.nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)))
  const tensor = (name: string): TensorMessage => {
    const found = tensors.get(prefix + name)
    if (found?.bytes === undefined || found.elementType !== ELEMENT_TYPES.float32)
      throw new OnnxError(`There is no ${prefix}${name} of 32 bits in the graph: its weights can't be tuned.`)
    return found
  }
  const block = (name: string, from: string): BertBlock => {
    const dimensions = tensor(from).shape.map(Number)
    const [rows, columns] = dimensions.length === 1 ? [1, dimensions[0]!] : [dimensions[0]!, dimensions[1]!]
    return { name, tensor: prefix + from, rows, columns }
  }
  const matrix = (name: string, bias: string): BertBlock => {
    const sum = graph.nodes.find(({ operator, inputs }) => operator === 'Add' && inputs.includes(prefix + bias))
    const product = sum?.inputs.map((input) => producers.get(input)).find((node) => node?.operator === 'MatMul')
    const weights = product?.inputs.find((input) => tensors.has(input))
    if (weights === undefined)
      throw new OnnxError(`Nothing is multiplied before ${prefix}${bias} is added: its weights can't be tuned.`)
    const [rows, columns] = tensors.get(weights)!.shape.map(Number)
    return { name, tensor: weights, rows: rows!, columns: columns! }
  }
  let layers = 0
  while (tensors.has(`${prefix}encoder.layer.${layers}.output.dense.bias`)) layers++
  if (layers === 0) throw new OnnxError('The graph has no layers of a BERT: its weights can’t be tuned.')
  const blocks = [
    ...Object.entries(EMBEDDINGS).map(([name, from]) => block(name, from)),
    block('embedding norm gain', 'embeddings.LayerNorm.weight'),
    block('embedding norm bias', 'embeddings.LayerNorm.bias'),
    ...Array.from({ length: layers }, (_, layer) => {
      const own = `encoder.layer.${layer}.`
      return [
        ...Object.entries(MAPS).flatMap(([name, from]) => [
          matrix(`${layer} ${name}`, `${own}${from}.bias`),
          block(`${layer} ${name} bias`, `${own}${from}.bias`),
        ]),
        ...Object.entries(NORMS).flatMap(([name, from]) => [
          block(`${layer} ${name} gain`, `${own}${from}.weight`),
          block(`${layer} ${name} bias`, `${own}${from}.bias`),
        ]),
      ]
    }).flat(),
  ]
  const sizes = new Map(blocks.map((one) => [one.name, one]))
  const width = sizes.get('words')!.columns
  return {
    shape: {
      layers,
      width,
      heads: width / headWidth(graph.nodes, producers, tensors),
      feedForward: sizes.get('0 up')!.columns,
      vocabulary: sizes.get('words')!.rows,
      places: sizes.get('places')!.rows,
    },
    blocks,
  }
}

/**
 * Returns the width of a head, from the constant by which attention scores are scaled: no tensor shows the number of
 * heads. Scores are divided by its root, or multiplied by the inverse.
 */
function headWidth(
  nodes: readonly NodeMessage[],
  producers: ReadonlyMap<string, NodeMessage>,
  tensors: ReadonlyMap<string, TensorMessage>,
): number {
  for (const { operator, inputs } of nodes) {
    if (operator !== 'Div' && operator !== 'Mul') continue
    const [scores, scale] = inputs.map((input) => producers.get(input))
    if (
      scores?.operator !== 'MatMul' ||
      scores.inputs.some((input) => tensors.has(input)) ||
      scale?.operator !== 'Constant'
    )
      continue
    const bytes = scale.attributes[0]?.tensor?.bytes
    if (bytes?.length !== 4) continue
    const value = new DataView(bytes.buffer, bytes.byteOffset, 4).getFloat32(0, true)
    return Math.round(operator === 'Div' ? value ** 2 : value ** -2)
  }
  throw new OnnxError(
    'The graph does not scale the scores of attention by a constant: how many heads it has is not known.',
  )
}

/** Returns the weights of each block, by our names. */
export function bertWeights(model: ModelMessage, { blocks }: BertGraph): Map<string, Float32Array> {
  const tensors = new Map(model.graph!.initializers.map((tensor) => [tensor.name, tensor.bytes!]))
  return new Map(blocks.map(({ name, tensor }) => [name, floatsOf(tensors.get(tensor)!)]))
}

/** Returns the model with the weights of some blocks replaced. */
export function withBertWeights(
  model: ModelMessage,
  { blocks }: BertGraph,
  weights: ReadonlyMap<string, Float32Array>,
): ModelMessage {
  const exchanged = new Map(
    blocks.flatMap(({ name, tensor }) => (weights.has(name) ? [[tensor, weights.get(name)!] as const] : [])),
  )
  const graph = model.graph!
  return {
    ...model,
    graph: {
      ...graph,
      initializers: graph.initializers.map((tensor) => {
        const values = exchanged.get(tensor.name ?? '')
        return values === undefined ? tensor : { ...tensor, bytes: bytesOf(values) }
      }),
    },
  }
}

function floatsOf(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true))
}

/** Encodes numbers as little-endian bytes, as in ONNX. */
export function bytesOf(values: Float32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * values.length))
  for (let i = 0; i < values.length; i++) view.setFloat32(4 * i, values[i]!, true)
  return new Uint8Array(view.buffer)
}
