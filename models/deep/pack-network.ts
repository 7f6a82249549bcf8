import type { Batch } from '../model.ts'
import { packFloats } from '../packed/packed-floats.ts'
import { networkImportance } from './network-importance.ts'
import { meanInputs } from './fold-network.ts'
import type { InputRows } from './network-inputs.ts'
import type { Network, NetworkParameters, TrainingRecord } from './network-parameters.ts'

/**
 * Packs a network for storage, with mean inputs and importances from the training rows. `rows` are those of `training`
 * as network inputs.
 */
export function packNetwork(
  network: Network,
  training: Batch,
  rows: InputRows,
  record: TrainingRecord,
): NetworkParameters {
  const { head, width, outputs, centre, scale, layout, tables, layers } = network
  const parameters: NetworkParameters = {
    head,
    width,
    outputs,
    standardisation: layout.standardisation,
    embeddings: layout.embeddings.map(({ size }, k) => ({ size, table: packFloats(tables[k]!) })),
    layers: layers.map((layer) => ({ ...layer, weights: packFloats(layer.weights), biases: packFloats(layer.biases) })),
    centre,
    scale,
    meanInputs: packFloats(meanInputs(layout, tables, rows)),
    importance: [],
    training: record,
  }
  return { ...parameters, importance: networkImportance(parameters, training) }
}
