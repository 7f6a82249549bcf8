import { unpackFloats } from '../packed/packed-floats.ts'
import type { Standardisation } from '../linear/standardise.ts'
import { inputLayout, type InputLayout } from './network-inputs.ts'
import type { NetworkOptions } from './network-options.ts'

/** Output layer: one probability, several independent ones, those of exclusive classes (softmax), or estimates. */
export type Head = 'binary' | 'multi-label' | 'classes' | 'regression'

/** A trained network as plain data. Batch normalisation is folded in, so that all layers are plain dense layers. */
export interface NetworkParameters {
  readonly head: Head
  /** Numbers per raw row. */
  readonly width: number
  readonly outputs: number
  readonly standardisation: Standardisation
  /** One per categorical feature, in the order of `standardisation.oneHot`. */
  readonly embeddings: readonly StoredEmbedding[]
  /** All layers but the last are followed by a ReLU. */
  readonly layers: readonly StoredLayer[]
  /**
   * Per output: its margin is `centre + scale × sum` of the last layer, in the unit of the labels. 0 and 1 for classes.
   */
  readonly centre: readonly number[]
  readonly scale: readonly number[]
  /** Mean of the inputs over the training rows, packed: the baseline of explanations. */
  readonly meanInputs: string
  /** Mean absolute contribution of each feature to the margins of training rows, as shares of 1. */
  readonly importance: readonly number[]
  readonly training: TrainingRecord
}

export interface StoredEmbedding {
  readonly size: number
  /** A vector for each known code, then one for any other category, then one for missing values; packed. */
  readonly table: string
}

export interface StoredLayer {
  readonly inputs: number
  readonly outputs: number
  /** Packed; the weights of an input are adjacent. */
  readonly weights: string
  readonly biases: string
}

/** Record of the training run. */
export interface TrainingRecord {
  /** Backend that computed the gradients. The same data and seed give the same parameters only on the same backend. */
  readonly backend: string
  readonly options: NetworkOptions
  /** Epoch whose parameters were kept. */
  readonly bestEpoch: number
  /** Mean training loss of each epoch. */
  readonly losses: readonly number[]
  /** Validation loss of each epoch; empty if no rows were held out. */
  readonly validationLosses: readonly number[]
}

/** Unpacked parameters, ready to compute with. */
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
