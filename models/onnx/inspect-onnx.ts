import { decodeModel } from './onnx-codec.ts'
import { OnnxError } from './onnx-error.ts'
import { ELEMENT_TYPES, EXTERNAL } from './onnx-messages.ts'
import type { GraphMessage, ModelMessage, ValueMessage } from './onnx-messages.ts'

/** An input or output of a model. */
export interface OnnxValue {
  readonly name: string
  /**
   * Element type of a tensor by ONNX Runtime's names (`float32`, `int64`, …), or `sequence`, `map`, `sparse`,
   * `optional`.
   */
  readonly type: string
  /** Per dimension of a tensor: a length, the name of a variable one, or `null` if unnamed. `null` without a shape. */
  readonly shape: readonly (number | string | null)[] | null
}

export interface OnnxDescription {
  readonly formatVersion: number
  /** Name and version, as far as the file states them. */
  readonly producer: string
  /** The empty domain is ONNX's own. */
  readonly operatorSets: readonly { readonly domain: string; readonly version: number }[]
  /** Inputs, without those that have an initializer. */
  readonly inputs: readonly OnnxValue[]
  readonly outputs: readonly OnnxValue[]
  readonly metadata: Readonly<Record<string, string>>
}

/** Reads the description of an ONNX file. Throws `OnnxError` if the bytes are not a valid model. */
export function inspectOnnx(bytes: Uint8Array): OnnxDescription {
  if (bytes.length === 0) throw new OnnxError('This is no ONNX model: there are no bytes.')
  let model: ModelMessage
  try {
    model = decodeModel(bytes)
  } catch (error) {
    throw new OnnxError(
      `This is no ONNX model, or one that was cut short or damaged: its ${bytes.length} bytes can't be read as protobuf (${(error as Error).message}).`,
      { cause: error },
    )
  }
  const { formatVersion = 0, producer = '', producerVersion = '', graph, metadata } = model
  if (!(formatVersion > 0)) wrong('it names no version of the format')
  if (graph === undefined) return wrong('it has no graph')
  if (graph.nodes.length === 0) wrong('its graph has no nodes')
  if (graph.outputs.length === 0) wrong('its graph has no outputs')
  const operatorSets = operatorSetsOf(model)
  checkNodes(graph, new Set(operatorSets.map(({ domain }) => domain)))
  const external = graph.initializers.find(({ location }) => location === EXTERNAL)
  if (external !== undefined)
    throw new OnnxError(
      `The data of the tensor "${external.name}" is in another file. Only models in one file can be read: save it without external data.`,
    )
  const constants = new Set(graph.initializers.map(({ name }) => name))
  return {
    formatVersion,
    producer: `${producer} ${producerVersion}`.trim(),
    operatorSets,
    inputs: graph.inputs.filter(({ name }) => !constants.has(name)).map(described),
    outputs: graph.outputs.map(described),
    metadata: Object.fromEntries(metadata.map(({ key = '', value = '' }) => [key, value])),
  }
}

function wrong(what: string): never {
  throw new OnnxError(`This is no ONNX model, or one that was cut short or damaged: ${what}.`)
}

/** Returns the canonical domain: ONNX's own has two names. */
function plainDomain(domain = ''): string {
  return domain === 'ai.onnx' ? '' : domain
}

function operatorSetsOf({ operatorSets }: ModelMessage): OnnxDescription['operatorSets'] {
  if (operatorSets.length === 0) wrong('it names no version of its operators')
  return operatorSets.map(({ domain, version = 0 }) => ({ domain: plainDomain(domain), version }))
}

function checkNodes({ nodes }: GraphMessage, domains: ReadonlySet<string>): void {
  nodes.forEach(({ operator, domain }, index) => {
    if (!operator) wrong(`node ${index} names no operator`)
    if (!domains.has(plainDomain(domain)))
      wrong(`node ${index} is ${operator} of "${domain}", and no version of those operators is named`)
  })
}

const typeNames = new Map<number, string>(Object.entries(ELEMENT_TYPES).map(([name, number]) => [number, name]))

function described({ name, type }: ValueMessage): OnnxValue {
  if (!name) return wrong('an input or output has no name')
  if (type?.tensor === undefined)
    return { name, type: Object.keys(type ?? {}).find((kind) => kind !== 'tensor') ?? 'unknown', shape: null }
  const { elementType = 0, shape } = type.tensor
  return {
    name,
    type: typeNames.get(elementType) ?? `element type ${elementType}`,
    shape: shape === undefined ? null : shape.dimensions.map(({ length, name: symbol }) => length ?? symbol ?? null),
  }
}
