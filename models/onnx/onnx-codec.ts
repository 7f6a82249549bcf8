import { Root } from 'protobufjs/light.js'
import type { ModelMessage } from './onnx-messages.ts'

type Field = readonly [type: string, number: number, many?: 'many']

/**
 * The messages that are written and read, with the field numbers of onnx.proto. Field names are not encoded, so they
 * are our own.
 */
const messages: Readonly<Record<string, Readonly<Record<string, Field>>>> = {
  Model: {
    formatVersion: ['int64', 1],
    producer: ['string', 2],
    producerVersion: ['string', 3],
    graph: ['Graph', 7],
    operatorSets: ['OperatorSet', 8, 'many'],
    metadata: ['Entry', 14, 'many'],
  },
  OperatorSet: { domain: ['string', 1], version: ['int64', 2] },
  Entry: { key: ['string', 1], value: ['string', 2] },
  Graph: {
    nodes: ['Node', 1, 'many'],
    name: ['string', 2],
    initializers: ['Tensor', 5, 'many'],
    inputs: ['Value', 11, 'many'],
    outputs: ['Value', 12, 'many'],
  },
  Node: {
    inputs: ['string', 1, 'many'],
    outputs: ['string', 2, 'many'],
    name: ['string', 3],
    operator: ['string', 4],
    attributes: ['Attribute', 5, 'many'],
    domain: ['string', 7],
  },
  Attribute: {
    name: ['string', 1],
    float: ['float', 2],
    integer: ['int64', 3],
    string: ['bytes', 4],
    tensor: ['Tensor', 5],
    floats: ['float', 7, 'many'],
    integers: ['int64', 8, 'many'],
    strings: ['bytes', 9, 'many'],
    type: ['int32', 20],
  },
  Tensor: {
    shape: ['int64', 1, 'many'],
    elementType: ['int32', 2],
    name: ['string', 8],
    bytes: ['bytes', 9],
    location: ['int32', 14],
  },
  Value: { name: ['string', 1], type: ['ValueType', 2] },
  ValueType: {
    tensor: ['TensorType', 1],
    sequence: ['Other', 4],
    map: ['Other', 5],
    sparse: ['Other', 8],
    optional: ['Other', 9],
  },
  TensorType: { elementType: ['int32', 1], shape: ['Shape', 2] },
  Shape: { dimensions: ['Dimension', 1, 'many'] },
  Dimension: { length: ['int64', 1], name: ['string', 2] },
  /** A message whose presence matters, but not its content. */
  Other: {},
}

const NUMBERS = ['float', 'int64']

const root = Root.fromJSON({
  nested: Object.fromEntries(
    Object.entries(messages).map(([message, fields]) => [
      message,
      { fields: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, described(field)])) },
    ]),
  ),
})
const model = root.lookupType('Model')

/** Numeric lists are written packed, which is shorter; readers must accept both forms. */
function described([type, id, many]: Field) {
  if (many === undefined) return { type, id }
  return { type, id, rule: 'repeated', ...(NUMBERS.includes(type) ? { options: { packed: true } } : {}) }
}

export function encodeModel(message: ModelMessage): Uint8Array {
  return new Uint8Array(model.encode(message).finish())
}

/**
 * Decodes a model. Missing lists are empty; other missing fields are absent. Throws if the bytes are not a protobuf
 * message with these fields.
 */
export function decodeModel(bytes: Uint8Array): ModelMessage {
  return model.toObject(model.decode(bytes), { longs: Number, arrays: true }) as ModelMessage
}
