import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { decodeModel } from '../../../models/onnx/onnx-codec.ts'
import { OnnxError } from '../../../models/onnx/onnx-error.ts'
import { bertWeights, readBertGraph, withBertWeights } from '../../../models/text/bert-graph.ts'

const fileOf = (name: string) =>
  fileURLToPath(new URL(`../../../deploy/backbone/lib/${name}/model.onnx`, import.meta.url))
const testWithBackbone = existsSync(fileOf('bge-small-zh')) ? test : test.skip

testWithBackbone.each([
  ['bge-small-zh', { layers: 4, width: 512, heads: 8, feedForward: 2048, vocabulary: 21128, places: 512 }],
  ['all-minilm-l6-v2', { layers: 6, width: 384, heads: 12, feedForward: 1536, vocabulary: 30522, places: 512 }],
])('the weights of %s are found by their use in the graph', (name, shape) => {
  const model = decodeModel(readFileSync(fileOf(name)))
  const graph = readBertGraph(model)
  expect(graph.shape).toEqual(shape)
  expect(graph.blocks.length).toBe(5 + 16 * shape.layers)
  const weights = bertWeights(model, graph)
  for (const { name: block, rows, columns } of graph.blocks) expect(weights.get(block)!.length).toBe(rows * columns)

  const bias = weights.get('1 up bias')!.map((value) => value + 1)
  const changed = bertWeights(withBertWeights(model, graph, new Map([['1 up bias', bias]])), graph)
  expect(changed.get('1 up bias')).toEqual(bias)
  expect(changed.get('0 up bias')).toEqual(weights.get('0 up bias'))
})

test('a graph that is not BERT, or without usable weights, is refused with what is missing', () => {
  expect(() => readBertGraph({ operatorSets: [], metadata: [] })).toThrow(new OnnxError('The file holds no graph.'))
  const graph = { nodes: [], initializers: [], inputs: [], outputs: [] }
  expect(() => readBertGraph({ graph, operatorSets: [], metadata: [] })).toThrow(
    'There is no embeddings.word_embeddings.weight in the graph',
  )
  const words = {
    name: 'bert.embeddings.word_embeddings.weight',
    shape: [4, 2],
    elementType: 1,
    bytes: new Uint8Array(32),
  }
  expect(() => readBertGraph({ graph: { ...graph, initializers: [words] }, operatorSets: [], metadata: [] })).toThrow(
    'no layers of a BERT',
  )
})
