/** What the input of every model that we write is called: raw rows, floats [N, width], NaN where a value is missing. */
export const ROWS = 'rows'
/** … and its output, one a row. */
export const SCORES = 'scores'

/** Element types of ONNX tensors that models are made of (onnx.proto3, TensorProto.DataType). */
const ELEMENT_TYPES = { float: 1, int64: 7, double: 11 } as const

type ElementType = keyof typeof ELEMENT_TYPES

/** The version of the format and of its operators that we write: old enough for every ONNX Runtime of the last years. */
const FORMAT_VERSION = 8
const OPERATORS_VERSION = 17
const TREE_OPERATORS = 'ai.onnx.ml'
const TREE_OPERATORS_VERSION = 3

/** A whole number, a text, or a list of one kind. */
export type Attribute =
  | number
  | string
  | { readonly floats: readonly number[] }
  | { readonly integers: readonly number[] }
  | { readonly strings: readonly string[] }

/** Builds an ONNX graph. What is added is named by what is returned. */
export interface Graph {
  floats(values: ArrayLike<number>, shape: readonly number[]): string
  doubles(values: ArrayLike<number>, shape: readonly number[]): string
  integers(values: ArrayLike<number>, shape: readonly number[]): string
  /** `domain`: of the operator; not given: ONNX's own. */
  node(operator: string, inputs: readonly string[], attributes?: Readonly<Record<string, Attribute>>, domain?: string): string
  cast(value: string, type: ElementType): string
  /** The model from rows of so many floats to as many outputs a row; `value` is what they are. */
  encode(input: string, inputWidth: number, value: string, output: string, outputWidth: number): Uint8Array
}

export function createGraph(): Graph {
  const nodes: Uint8Array[] = []
  const tensors: Uint8Array[] = []
  let names = 0
  const named = (kind: string): string => `${kind}${names++}`

  function tensor(type: ElementType, shape: readonly number[], bytes: Uint8Array): string {
    const name = named('constant')
    const dimensions = shape.map((length) => integer(1, length))
    tensors.push(field(5, ...dimensions, integer(2, ELEMENT_TYPES[type]), text(8, name), field(9, bytes)))
    return name
  }

  function node(
    operator: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
    domain = '',
    output = named('value'),
  ): string {
    const settings = Object.entries(attributes).map(([name, value]) => field(5, text(1, name), ...attributeOf(value)))
    const place = domain === '' ? [] : [text(7, domain)]
    nodes.push(field(1, ...inputs.map((input) => text(1, input)), text(2, output), text(4, operator), ...settings, ...place))
    return output
  }

  return {
    floats: (values, shape) =>
      tensor(
        'float',
        shape,
        littleEndian(values, 4, (view, at, value) => view.setFloat32(at, value, true)),
      ),
    doubles: (values, shape) =>
      tensor(
        'double',
        shape,
        littleEndian(values, 8, (view, at, value) => view.setFloat64(at, value, true)),
      ),
    integers: (values, shape) =>
      tensor(
        'int64',
        shape,
        littleEndian(values, 8, (view, at, value) => view.setBigInt64(at, BigInt(value), true)),
      ),
    node: (operator, inputs, attributes, domain) => node(operator, inputs, attributes, domain),
    cast: (value, type) => node('Cast', [value], { to: ELEMENT_TYPES[type] }),
    encode(input, inputWidth, value, output, outputWidth) {
      node('Identity', [value], {}, '', output)
      const graph = field(
        7,
        ...nodes,
        text(2, 'model'),
        ...tensors,
        field(11, rowsOf(input, inputWidth)),
        field(12, rowsOf(output, outputWidth)),
      )
      const operators = [
        field(8, integer(2, OPERATORS_VERSION)),
        field(8, text(1, TREE_OPERATORS), integer(2, TREE_OPERATORS_VERSION)),
      ]
      return joined([integer(1, FORMAT_VERSION), text(2, 'scoreline'), graph, ...operators])
    },
  }
}

/** Fields of AttributeProto: the value, and which kind it is. */
function attributeOf(value: Attribute): Uint8Array[] {
  if (typeof value === 'number') return [integer(3, value), integer(20, 2)]
  if (typeof value === 'string') return [text(4, value), integer(20, 3)]
  if ('floats' in value) {
    const bytes = littleEndian(value.floats, 4, (view, at, number) => view.setFloat32(at, number, true))
    return [field(7, bytes), integer(20, 6)]
  }
  if ('integers' in value) return [field(8, ...value.integers.map(varint)), integer(20, 7)]
  return [...value.strings.map((one) => text(9, one)), integer(20, 8)]
}

/** What a tensor of so many floats a row is called and looks like. */
function rowsOf(name: string, width: number): Uint8Array {
  const shape = field(2, field(1, text(2, 'N')), field(1, integer(1, width)))
  return joined([text(1, name), field(2, field(1, integer(1, ELEMENT_TYPES.float), shape))])
}

/** A protobuf field of bytes: its number, how many bytes, and they. */
function field(number: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = joined(parts)
  return joined([varint(number * 8 + 2), varint(content.length), content])
}

function text(number: number, value: string): Uint8Array {
  return field(number, new TextEncoder().encode(value))
}

function integer(number: number, value: number): Uint8Array {
  return joined([varint(number * 8), varint(value)])
}

/** Seven bits a byte, the lowest first. */
function varint(value: number): Uint8Array {
  const bytes: number[] = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    bytes.push(rest < 128 ? rest : (rest % 128) + 128)
    if (rest < 128) return Uint8Array.from(bytes)
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function littleEndian(
  values: ArrayLike<number>,
  size: number,
  write: (view: DataView, at: number, value: number) => void,
): Uint8Array {
  const bytes = new Uint8Array(values.length * size)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < values.length; i++) write(view, i * size, values[i]!)
  return bytes
}
