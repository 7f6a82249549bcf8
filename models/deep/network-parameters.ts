import { unpackFloats } from '../packed/packed-floats.ts'
import type { Standardisation } from '../linear/standardise.ts'
import { inputLayout, type InputLayout } from './network-inputs.ts'
import type { NetworkOptions } from './network-options.ts'

/**
 * What the last layer's sums become: one probability, several that don't exclude each other, those of classes that do
 * (softmax), or estimates.
 */
export type Head = 'binary' | 'multi-label' | 'classes' | 'regression'

/** A trained network as plain data. Batch normalisation is folded into the layers, which so are all of one kind. */
export interface NetworkParameters {
  readonly head: Head
  /** Numbers of a raw row. */
  readonly width: number
  readonly outputs: number
  readonly standardisation: Standardisation
  /** One a category feature, in the order of `standardisation.oneHot`. */
  readonly embeddings: readonly StoredEmbedding[]
  /** Those before the last are followed by a rectifier. */
  readonly layers: readonly StoredLayer[]
  /**
   * A margin is `centre + scale × sum` of the last layer: the unit of an estimate. 0 and 1 for classes. One an output.
   */
  readonly centre: readonly number[]
  readonly scale: readonly number[]
  /** The mean of the inputs over the training rows, packed: what explanations compare a row with. */
  readonly meanInputs: string
  /** How much each feature moves the margins of training rows, as shares of 1. */
  readonly importance: readonly number[]
  readonly training: TrainingRecord
}

export interface StoredEmbedding {
  readonly size: number
  /** A vector for each known code, then that of any other category, then that of a missing value; packed. */
  readonly table: string
}

export interface StoredLayer {
  readonly inputs: number
  readonly outputs: number
  /** Packed; the weights of an input are adjacent. */
  readonly weights: string
  readonly biases: string
}

/** How the training went. */
export interface TrainingRecord {
  /** What computed the gradients: only on the same do the same data and seed give the same parameters. */
  readonly backend: string
  readonly options: NetworkOptions
  /** Epochs after which the parameters were taken. */
  readonly bestEpoch: number
  /** Mean loss of each epoch. */
  readonly losses: readonly number[]
  /** Loss on the rows that the training stopped by; empty if there were none. */
  readonly validationLosses: readonly number[]
}

/** Parameters ready to compute with. */
export interface Network extends Pick<NetworkParameters, 'head' | 'width' | 'outputs' | 'centre' | 'scale'> {
  readonly layout: InputLayout
  readonly tables: readonly Float32Array[]
  readonly layers: readonly Layer[]
}

export interface Layer {
  readonly inputs: number
  readonly outputs: number
  /** The weight of input i for output o at `i × outputs + o`. */
  readonly weights: Float32Array
  readonly biases: Float32Array
}

export function unpackNetwork(parameters: NetworkParameters): Network {
  const { head, width, outputs, centre, scale, standardisation, embeddings, layers } = parameters
  const layout = inputLayout(standardisation)
  return {
    head,
    width,
    outputs,
    centre,
    scale,
    layout,
    tables: embeddings.map(({ size, table }, k) => unpackFloats(table, layout.embeddings[k]!.codes * size)),
    layers: layers.map((layer) => ({
      inputs: layer.inputs,
      outputs: layer.outputs,
      weights: unpackFloats(layer.weights, layer.inputs * layer.outputs),
      biases: unpackFloats(layer.biases, layer.outputs),
    })),
  }
}
