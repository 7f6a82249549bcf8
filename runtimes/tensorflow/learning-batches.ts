import type { Targets } from '../../models/deep/network-data.ts'
import type { InputRows } from '../../models/deep/network-inputs.ts'
import { pickedRows } from '../../models/picked-rows.ts'
import { shuffle, type Random } from '../../models/random.ts'
import type { LearningBatch } from './network-gradients.ts'

/** Epochs with fewer steps learn slowly; batches with fewer rows have noisy moments. */
const STEPS_WANTED = 16
const BATCH_ROWS_MIN = 32

/**
 * Returns the number of batches per epoch. They are of nearly equal size, since the moments of a small last batch would
 * spoil the normalisation.
 */
export function batchCount(count: number, batchRows: number): number {
  const rows = Math.min(batchRows, Math.max(BATCH_ROWS_MIN, count / STEPS_WANTED))
  return Math.max(1, Math.round(count / rows))
}

/** Yields the rows of an epoch in a new random order, batch by batch. */
export function* learningBatches(
  rows: InputRows,
  targets: Targets,
  {
    batches,
    hidden,
    dropout,
  }: { readonly batches: number; readonly hidden: readonly number[]; readonly dropout: number },
  next: Random,
): Generator<LearningBatch> {
  const order = shuffle(
    Int32Array.from({ length: rows.count }, (_, row) => row),
    next,
  )
  for (let batch = 0; batch < batches; batch++) {
    const chosen = order.subarray(
      Math.round((batch * rows.count) / batches),
      Math.round(((batch + 1) * rows.count) / batches),
    )
    const picked = (values: Float32Array) => pickedRows(values, values.length / rows.count, chosen)
    yield {
      count: chosen.length,
      numbers: picked(rows.numbers),
      codes: rows.codes.map((codes) => Int32Array.from(chosen, (row) => codes[row]!)),
      targets: {
        values: picked(targets.values),
        weights: picked(targets.weights),
      },
      masks: dropout === 0 ? [] : hidden.map((units) => mask(chosen.length * units, dropout, next)),
    }
  }
}

/**
 * Returns a mask of inverted dropout: the remaining units are scaled up, so that nothing has to be scaled down at
 * inference.
 */
function mask(length: number, dropout: number, next: Random): Float32Array {
  const kept = 1 / (1 - dropout)
  const factors = new Float32Array(length)
  for (let i = 0; i < length; i++) factors[i] = next() < dropout ? 0 : kept
  return factors
}
