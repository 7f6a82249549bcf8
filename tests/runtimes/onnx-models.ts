import { createOnnxGraph } from '../../models/onnx/onnx-graph.ts'
import { encodeModel } from '../../models/onnx/onnx-codec.ts'
import type { ModelMessage, ValueMessage } from '../../models/onnx/onnx-messages.ts'

/** A model that returns each row’s sum. */
export function sumModel(width: number): Uint8Array {
  const graph = createOnnxGraph()
  const value = graph.node('MatMul', ['rows', graph.floats(new Array<number>(width).fill(1), [width, 1])])
  return graph.encode({ input: 'rows', inputWidth: width, value, output: 'score', outputWidth: 1 })
}

export function tensor(name: string, elementType: number, lengths: readonly (number | null)[]): ValueMessage {
  const dimensions = lengths.map((length) => (length === null ? { name: 'N' } : { length }))
  return { name, type: { tensor: { elementType, shape: { dimensions } } } }
}

/** Returns a model as other tools write them, of operators with one input and one output each. */
export function foreignModel(
  inputs: readonly ValueMessage[],
  outputs: readonly ValueMessage[],
  nodes: readonly (readonly [input: string, operator: string, output: string, to?: number])[],
): Uint8Array {
  const message: ModelMessage = {
    formatVersion: 8,
    operatorSets: [{ domain: '', version: 17 }],
    metadata: [],
    graph: {
      name: 'foreign',
      initializers: [],
      inputs,
      outputs,
      nodes: nodes.map(([input, operator, output, to]) => ({
        inputs: [input],
        outputs: [output],
        operator,
        attributes: to === undefined ? [] : [{ name: 'to', type: 2, integer: to }],
      })),
    },
  }
  return encodeModel(message)
}
