import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Model } from '../../models/model.ts'
import { sigmoid } from '../../models/linear/penalised-logistic.ts'
import { treeMargins, type TreeEnsemble } from '../../models/boosting/tree-ensemble.ts'

/**
 * Reads the ensemble of the comparison from its file, little-endian: int32 trees, int32 depth, float64 bias, then int32
 * features, float32 thresholds (2^depth − 1 per tree each) and float32 leaves (2^depth per tree).
 */
export function readEnsemble(bytes: Buffer): TreeEnsemble {
  const trees = bytes.readInt32LE(0)
  const depth = bytes.readInt32LE(4)
  const inner = trees * (2 ** depth - 1)
  const at = (place: number) => 16 + 4 * place
  return {
    depth,
    bias: bytes.readDoubleLE(8),
    features: Array.from({ length: inner }, (_, place) => bytes.readInt32LE(at(place))),
    thresholds: Array.from({ length: inner }, (_, place) => bytes.readFloatLE(at(inner + place))),
    leaves: Array.from({ length: trees * 2 ** depth }, (_, place) => bytes.readFloatLE(at(2 * inner + place))),
  }
}

/** Wraps the ensemble as a released model. `id`: the SHA-256 of the file. */
export function benchModel(bytes: Buffer, features: { readonly id: string; readonly names: readonly string[] }): Model {
  const margins = treeMargins(readEnsemble(bytes))
  return {
    id: createHash('sha256').update(bytes).digest('hex'),
    task: 'sb-s',
    algorithm: 'tree-ensemble',
    featureSet: features.id,
    outputs: ['score'],
    featureNames: features.names,
    score({ rows, count, width }, into) {
      margins(rows, count, width, into)
      for (let row = 0; row < count; row++) into[row] = sigmoid(into[row]!)
    },
  }
}

export function readModelFile(path: string): Buffer {
  return readFileSync(path)
}
