import { encodeModel } from './onnx-codec.ts'
import { ATTRIBUTE_TYPES, ELEMENT_TYPES } from './onnx-messages.ts'
import type { AttributeMessage, NodeMessage, TensorMessage, ValueMessage } from './onnx-messages.ts'

/** Versions of the format and operators to write: supported by every recent ONNX Runtime. */
const FORMAT_VERSION = 8
const OPERATORS_VERSION = 17
const TREE_OPERATORS_VERSION = 3

/** Domain of the operators for classical machine learning, including trees. */
export const TREE_OPERATORS = 'ai.onnx.ml'

/** An attribute's value; a plain number is an integer, as most attributes are. */
export type Attribute =
  | number
  | string
  | { readonly float: number }
  | { readonly floats: ArrayLike<number> }
  | { readonly integers: ArrayLike<number> }
  | { readonly strings: readonly string[] }
  /** A one-dimensional tensor, for attributes named `…_as_tensor`. */
  | { readonly doubles: ArrayLike<number> }

/** Input and output of a model: float32 [N, width] each. */
export interface OnnxSurface {
  readonly input: string
  readonly inputWidth: number
  /** Name of the value that becomes the output. */
  readonly value: string
  readonly output: string
  readonly outputWidth: number
  /** Metadata stored in the model, by name. */
  readonly metadata?: Readonly<Record<string, string>>
}

/** Builder of an ONNX model. Methods that add a value return its name. */
export interface OnnxGraph {
  floats(values: ArrayLike<number>, shape: readonly number[]): string
  doubles(values: ArrayLike<number>, shape: readonly number[]): string
  integers(values: ArrayLike<number>, shape: readonly number[]): string
  node(
    operator: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, Attribute>>,
    domain?: string,
  ): string
  cast(value: string, type: keyof typeof ELEMENT_TYPES): string
  encode(surface: OnnxSurface): Uint8Array
  /** Same as `encode`, for a model with other inputs than rows. */
  encodeWith(surface: OnnxInputs, metadata: Readonly<Record<string, string>>): Uint8Array
}

/** Inputs and output of a model; a dimension given by name is variable. */
export interface OnnxInputs {
  readonly inputs: readonly {
    readonly name: string
    readonly type: keyof typeof ELEMENT_TYPES
    readonly dimensions: readonly (number | string)[]
  }[]
  /** Name of the value that becomes the output, float32. */
  readonly value: string
  readonly output: string
  readonly outputDimensions: readonly (number | string)[]
}

export function createOnnxGraph(): OnnxGraph {
  const nodes: NodeMessage[] = []
  const initializers: TensorMessage[] = []

  function constant(tensor: TensorMessage): string {
    const name = `constant${initializers.length}`
    initializers.push({ ...tensor, name })
    return name
  }

  function node(
    operator: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
    domain = '',
    output = `value${nodes.length}`,
  ): string {
    nodes.push({
      inputs,
      outputs: [output],
      name: `node${nodes.length}`,
      operator,
      domain,
      attributes: Object.entries(attributes).map(([name, attribute]) => attributeMessage(name, attribute)),
    })
    return output
  }

  return {
    floats: (values, shape) =>
      constant(tensor('float32', 4, values, shape, (view, at, value) => view.setFloat32(at, value, true))),
    doubles: (values, shape) => constant(doubles(values, shape)),
    integers: (values, shape) =>
      constant(tensor('int64', 8, values, shape, (view, at, value) => view.setBigInt64(at, BigInt(value), true))),
    node: (operator, inputs, attributes, domain) => node(operator, inputs, attributes, domain),
    cast: (value, type) => node('Cast', [value], { to: ELEMENT_TYPES[type] }),
    encode: ({ input, inputWidth, value, output, outputWidth, metadata = {} }) =>
      encodeWith(
        {
          inputs: [{ name: input, type: 'float32', dimensions: ['N', inputWidth] }],
          value,
          output,
          outputDimensions: ['N', outputWidth],
        },
        metadata,
      ),
    encodeWith,
  }

  function encodeWith(
    { inputs, value, output, outputDimensions }: OnnxInputs,
    metadata: Readonly<Record<string, string>>,
  ) {
    node('Identity', [value], {}, '', output)
    const domains = new Set(nodes.map(({ domain }) => domain))
    return encodeModel({
      formatVersion: FORMAT_VERSION,
      producer: 'scoreline',
      graph: {
        name: 'model',
        nodes,
        initializers,
        inputs: inputs.map(({ name, type, dimensions }) => valueOf(name, type, dimensions)),
        outputs: [valueOf(output, 'float32', outputDimensions)],
      },
      operatorSets: [
        { domain: '', version: OPERATORS_VERSION },
        ...(domains.has(TREE_OPERATORS) ? [{ domain: TREE_OPERATORS, version: TREE_OPERATORS_VERSION }] : []),
      ],
      metadata: Object.entries(metadata).map(([key, text]) => ({ key, value: text })),
    })
  }
}

function doubles(values: ArrayLike<number>, shape: readonly number[]): TensorMessage {
  return tensor('float64', 8, values, shape, (view, at, value) => view.setFloat64(at, value, true))
}

function tensor(
  type: keyof typeof ELEMENT_TYPES,
  size: number,
  values: ArrayLike<number>,
  shape: readonly number[],
  write: (view: DataView, at: number, value: number) => void,
): TensorMessage {
  const bytes = new Uint8Array(size * values.length)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < values.length; i++) write(view, size * i, values[i]!)
  return { shape, elementType: ELEMENT_TYPES[type], bytes }
}

function attributeMessage(name: string, attribute: Attribute): AttributeMessage {
  if (typeof attribute === 'number') return { name, type: ATTRIBUTE_TYPES.integer, integer: attribute }
  if (typeof attribute === 'string')
    return { name, type: ATTRIBUTE_TYPES.string, string: new TextEncoder().encode(attribute) }
  if ('float' in attribute) return { name, type: ATTRIBUTE_TYPES.float, float: attribute.float }
  if ('floats' in attribute) return { name, type: ATTRIBUTE_TYPES.floats, floats: attribute.floats }
  if ('integers' in attribute) return { name, type: ATTRIBUTE_TYPES.integers, integers: attribute.integers }
  if ('doubles' in attribute)
    return {
      name,
      type: ATTRIBUTE_TYPES.tensor,
      tensor: { ...doubles(attribute.doubles, [attribute.doubles.length]), name },
    }
  const encoder = new TextEncoder()
  return { name, type: ATTRIBUTE_TYPES.strings, strings: attribute.strings.map((text) => encoder.encode(text)) }
}

function valueOf(name: string, type: keyof typeof ELEMENT_TYPES, lengths: readonly (number | string)[]): ValueMessage {
  const dimensions = lengths.map((length) => (typeof length === 'string' ? { name: length } : { length }))
  return { name, type: { tensor: { elementType: ELEMENT_TYPES[type], shape: { dimensions } } } }
}
