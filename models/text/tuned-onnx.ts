import {
  ATTRIBUTE_TYPES,
  ELEMENT_TYPES,
  type ModelMessage,
  type NodeMessage,
  type TensorMessage,
} from '../onnx/onnx-messages.ts'
import { bytesOf } from './bert-graph.ts'

/**
 * Head of a backbone: the logits are linear in the vector of the first token and in the mean over all tokens, both
 * unnormalised.
 */
export interface TunedHead {
  /** [width × classes] each. */
  readonly first: Float32Array
  readonly mean: Float32Array
  /** One per class. */
  readonly bias: Float32Array
  readonly temperature: number
}

/**
 * Appends the head to the backbone's graph. The inputs are unchanged; `probabilities` (float32 [N, classes]) is added
 * after the backbone's outputs, so that the result can still serve as a backbone. `width` is that of a hidden state.
 */
export function withHead(
  model: ModelMessage,
  width: number,
  { first, mean, bias, temperature }: TunedHead,
): ModelMessage {
  const graph = model.graph!
  const hidden = graph.outputs[0]!.name!
  const classes = bias.length
  const { nodes, initializers, tensor, node } = createHeadNodes()
  const zero = tensor('zero', [], new Uint8Array(8), ELEMENT_TYPES.int64)
  const firstVector = node('Gather', [hidden, zero], { axis: 1 })
  const cast = node('Cast', ['attention_mask'], { to: ELEMENT_TYPES.float32 })
  // Axes are attributes here, because backbones use older versions of the operators.
  const mask = node('Unsqueeze', [cast], { axes: [2] })
  const sums = node('ReduceSum', [node('Mul', [hidden, mask])], { axes: [1], keepdims: 0 })
  const counts = node('ReduceSum', [cast], { axes: [1], keepdims: 1 })
  const meanVector = node('Div', [sums, counts])
  const logits = node('Add', [
    node('Add', [
      node('MatMul', [firstVector, tensor('first', [width, classes], bytesOf(first))]),
      node('MatMul', [meanVector, tensor('mean', [width, classes], bytesOf(mean))]),
    ]),
    tensor('bias', [classes], bytesOf(bias)),
  ])
  const scaled = node('Div', [logits, tensor('temperature', [], bytesOf(Float32Array.of(temperature)))])
  const probabilities = node('Softmax', [scaled], { axis: 1 })
  nodes.push({
    inputs: [probabilities],
    outputs: ['probabilities'],
    name: named('output'),
    operator: 'Identity',
    domain: '',
    attributes: [],
  })
  return {
    ...model,
    graph: {
      ...graph,
      nodes: [...graph.nodes, ...nodes],
      initializers: [...graph.initializers, ...initializers],
      outputs: [
        ...graph.outputs,
        {
          name: 'probabilities',
          type: {
            tensor: { elementType: ELEMENT_TYPES.float32, shape: { dimensions: [{ name: 'N' }, { length: classes }] } },
          },
        },
      ],
    },
  }
}

function named(part: string): string {
  return `scoreline/${part}`
}

/** Collects the nodes and tensors to append to a backbone, under prefixed names. */
function createHeadNodes() {
  const nodes: NodeMessage[] = []
  const initializers: TensorMessage[] = []
  return {
    nodes,
    initializers,
    tensor(part: string, shape: number[], bytes: Uint8Array, elementType: number = ELEMENT_TYPES.float32): string {
      initializers.push({ name: named(part), shape, elementType, bytes })
      return named(part)
    },
    node(
      operator: string,
      inputs: readonly string[],
      attributes: Readonly<Record<string, number | readonly number[]>> = {},
    ): string {
      const output = named(`value${nodes.length}`)
      nodes.push({
        inputs,
        outputs: [output],
        name: named(`node${nodes.length}`),
        operator,
        domain: '',
        attributes: Object.entries(attributes).map(([key, value]) =>
          typeof value === 'number'
            ? { name: key, type: ATTRIBUTE_TYPES.integer, integer: value }
            : { name: key, type: ATTRIBUTE_TYPES.integers, integers: [...value] },
        ),
      })
      return output
    },
  }
}
