/** Element types of tensors (TensorProto.DataType), by ONNX Runtime's names. */
export const ELEMENT_TYPES = {
  float32: 1,
  uint8: 2,
  int8: 3,
  uint16: 4,
  int16: 5,
  int32: 6,
  int64: 7,
  string: 8,
  bool: 9,
  float16: 10,
  float64: 11,
  uint32: 12,
  uint64: 13,
  bfloat16: 16,
} as const

/** Values of AttributeProto.AttributeType. */
export const ATTRIBUTE_TYPES = {
  float: 1,
  integer: 2,
  string: 3,
  tensor: 4,
  floats: 6,
  integers: 7,
  strings: 8,
} as const

/** Value of TensorProto.DataLocation for data in another file. */
export const EXTERNAL = 1

export interface AttributeMessage {
  readonly name: string
  readonly type: number
  readonly float?: number
  readonly integer?: number
  readonly string?: Uint8Array
  readonly tensor?: TensorMessage
  readonly floats?: ArrayLike<number>
  readonly integers?: ArrayLike<number>
  readonly strings?: readonly Uint8Array[]
}

export interface NodeMessage {
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly name?: string
  readonly operator: string
  readonly domain?: string
  readonly attributes: readonly AttributeMessage[]
}

export interface TensorMessage {
  readonly name?: string
  readonly shape: readonly number[]
  readonly elementType?: number
  /** Little-endian values. */
  readonly bytes?: Uint8Array
  readonly location?: number
}

export interface DimensionMessage {
  readonly length?: number
  readonly name?: string
}

export interface ValueMessage {
  readonly name?: string
  readonly type?: {
    readonly tensor?: {
      readonly elementType?: number
      readonly shape?: { readonly dimensions: readonly DimensionMessage[] }
    }
    readonly sequence?: object
    readonly map?: object
    readonly sparse?: object
    readonly optional?: object
  }
}

export interface GraphMessage {
  readonly name?: string
  readonly nodes: readonly NodeMessage[]
  readonly initializers: readonly TensorMessage[]
  readonly inputs: readonly ValueMessage[]
  readonly outputs: readonly ValueMessage[]
}

export interface ModelMessage {
  readonly formatVersion?: number
  readonly producer?: string
  readonly producerVersion?: string
  readonly graph?: GraphMessage
  readonly operatorSets: readonly { readonly domain?: string; readonly version?: number }[]
  readonly metadata: readonly { readonly key?: string; readonly value?: string }[]
}
