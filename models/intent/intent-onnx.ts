import type { OnnxExport } from '../onnx/onnx-export.ts'
import { createOnnxGraph, type OnnxGraph } from '../onnx/onnx-graph.ts'
import { contextWidth } from './context-columns.ts'
import { unpackIntentWeights, type IntentParameters } from './intent-parameters.ts'
import { unpackIntentTerms, type IntentTerms } from './intent-terms.ts'
import { intentBlocks, NORM_FLOOR, readsContext, weighsQueries, type IntentShape } from './intent-shape.ts'

/**
 * Exports the transformer as an ONNX model of one text. Inputs: `ids` (int64 [P], its word pieces after the [CLS]
 * token), `context` (float32 [1, C], its columns) and, if the model has terms, `terms` (float32 [1, T]). Output:
 * `score` (float32 [1, intents + 1]). The metadata holds the pieces, the terms, and the mapping of context to columns.
 */
export function intentToOnnx(parameters: IntentParameters, { metadata = {} }: OnnxExport = {}): Uint8Array {
  const { shape, context, pieces, temperature, threshold, encoderShare = 1, terms } = parameters
  const graph = createOnnxGraph()
  const blocks = blocksOf(graph, parameters)
  let values = embedded(graph, blocks)
  for (let layer = 0; layer < shape.layers; layer++) values = layerOf(graph, blocks, shape, layer, values)
  const read = headOf(graph, blocks, shape, values)
  const ofEncoder = graph.node('Mul', [read, blocks.number(encoderShare)])
  const ofBoth = terms === undefined ? ofEncoder : graph.node('Add', [ofEncoder, ofTerms(graph, terms, shape.intents)])
  const logits = graph.node('Div', [ofBoth, blocks.number(temperature)])
  const among = graph.node('Softmax', [logits], { axis: -1 })
  return graph.encodeWith(
    {
      inputs: [
        { name: 'ids', type: 'int64', dimensions: ['P'] },
        { name: 'context', type: 'float32', dimensions: [1, contextWidth(context)] },
        ...(terms === undefined
          ? []
          : [{ name: 'terms', type: 'float32', dimensions: [1, terms.stored.terms.length] } as const]),
      ],
      value: withOutOfScope(graph, among, threshold),
      output: 'score',
      outputDimensions: [1, shape.intents + 1],
    },
    {
      ...metadata,
      ...(terms === undefined ? {} : { terms: JSON.stringify(terms.stored) }),
      pieces: JSON.stringify(pieces),
      context: JSON.stringify(context),
      piecesMax: String(shape.piecesMax),
    },
  )
}

/** Blocks of weights as graph nodes, by name. */
interface Blocks {
  block(name: string): string
  /** Applies an affine map. */
  mapped(values: string, name: string): string
  normalised(values: string, name: string): string
  number(value: number): string
}

function blocksOf(graph: OnnxGraph, parameters: IntentParameters): Blocks {
  const weights = unpackIntentWeights(parameters)
  const sizes = new Map(intentBlocks(parameters.shape).map(({ name, rows, columns }) => [name, [rows, columns]]))
  const block = (name: string) => graph.floats(weights.get(name)!, sizes.get(name)!)
  const flat = (name: string) => graph.floats(weights.get(name)!, [sizes.get(name)![1]!])
  return {
    block,
    mapped: (values, name) => graph.node('Add', [graph.node('MatMul', [values, block(name)]), block(`${name} bias`)]),
    normalised: (values, name) =>
      graph.node('LayerNormalization', [values, flat(`${name} gain`), flat(`${name} bias`)], {
        axis: -1,
        epsilon: { float: NORM_FLOOR },
      }),
    number: (value) => graph.floats([value], []),
  }
}

/** Returns the embeddings of the pieces plus those of their positions. */
function embedded(graph: OnnxGraph, { block }: Blocks): string {
  const positions = graph.node('Range', [graph.integers([0], []), graph.node('Size', ['ids']), graph.integers([1], [])])
  const words = graph.node('Gather', [block('pieces'), 'ids'], { axis: 0 })
  return graph.node('Add', [words, graph.node('Gather', [block('places'), positions], { axis: 0 })])
}

function layerOf(graph: OnnxGraph, blocks: Blocks, shape: IntentShape, layer: number, values: string): string {
  const { mapped, normalised } = blocks
  const name = (part: string) => `${layer} ${part}`
  const unweighted = mapped(values, name('query'))
  const queries = weighsQueries(shape) ? graph.node('Mul', [unweighted, weightVector(graph, blocks, name)]) : unweighted
  const [keys, vectors] = [mapped(values, name('key')), mapped(values, name('value'))]
  const mixed = attention(graph, blocks, shape, { queries, keys, vectors })
  const attended = normalised(graph.node('Add', [values, mapped(mixed, name('output'))]), name('attention norm'))
  const upper = graph.node('Relu', [mapped(attended, name('up'))])
  return normalised(graph.node('Add', [attended, mapped(upper, name('down'))]), name('norm'))
}

function attention(
  graph: OnnxGraph,
  { number }: Blocks,
  { width, heads }: IntentShape,
  { queries, keys, vectors }: { readonly queries: string; readonly keys: string; readonly vectors: string },
): string {
  const perHead = width / heads
  const columnsOf = (values: string, head: number) =>
    graph.node('Slice', [
      values,
      graph.integers([head * perHead], [1]),
      graph.integers([(head + 1) * perHead], [1]),
      graph.integers([1], [1]),
    ])
  const mixed = Array.from({ length: heads }, (_, head) => {
    const turned = graph.node('Transpose', [columnsOf(keys, head)], { perm: { integers: [1, 0] } })
    const scores = graph.node('Mul', [
      graph.node('MatMul', [columnsOf(queries, head), turned]),
      number(1 / Math.sqrt(perHead)),
    ])
    return graph.node('MatMul', [graph.node('Softmax', [scores], { axis: -1 }), columnsOf(vectors, head)])
  })
  return heads === 1 ? mixed[0]! : graph.node('Concat', mixed, { axis: 1 })
}

function weightVector(graph: OnnxGraph, { mapped, number }: Blocks, name: (part: string) => string): string {
  const units = graph.node('Relu', [mapped('context', name('context'))])
  return graph.node('Mul', [graph.node('Sigmoid', [mapped(units, name('context weight'))]), number(2)])
}

function headOf(graph: OnnxGraph, { block }: Blocks, shape: IntentShape, values: string): string {
  const first = graph.node('Gather', [values, graph.integers([0], [1])], { axis: 0 })
  const mean = graph.node('ReduceMean', [values], { axes: { integers: [0] }, keepdims: 1 })
  const read = graph.node('Add', [
    graph.node('MatMul', [first, block('head first')]),
    graph.node('MatMul', [mean, block('head mean')]),
  ])
  const withContext = readsContext(shape)
    ? graph.node('Add', [read, graph.node('MatMul', ['context', block('head context')])])
    : read
  return graph.node('Add', [withContext, block('head bias')])
}

function ofTerms(graph: OnnxGraph, intentTerms: IntentTerms, intents: number): string {
  const own = unpackIntentTerms(intentTerms, intents)
  const split = own.length - intents
  const weights = graph.floats(own.subarray(0, split), [split / intents, intents])
  return graph.node('Add', [graph.node('MatMul', ['terms', weights]), graph.floats(own.subarray(split), [1, intents])])
}

/** Appends the probability of none of the intents, as in `writeProbabilities`. */
function withOutOfScope(graph: OnnxGraph, among: string, threshold: number): string {
  const best = graph.node('ReduceMax', [among], { axes: { integers: [1] }, keepdims: 1 })
  const square = graph.floats([threshold ** 2], [])
  const none = graph.node('Div', [square, graph.node('Add', [best, square])])
  const left = graph.node('Sub', [graph.floats([1], []), none])
  return graph.node('Concat', [graph.node('Mul', [among, left]), none], { axis: 1 })
}
