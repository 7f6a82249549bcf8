import { checkDataset, DatasetError } from './check-dataset.ts'
import type { Dataset } from './model.ts'

/**
 * Returns the class names that the labels index. Throws `DatasetError` for unusable data: labels out of range, or rows
 * of a single class.
 */
export function checkClasses(data: Dataset): readonly string[] {
  const { classes = [], labels } = data
  checkDataset(data, 'regression')
  const wrong = labels.findIndex((label) => !Number.isInteger(label) || label < 0 || label >= classes.length)
  if (wrong !== -1)
    throw new DatasetError(
      `The label of row ${wrong} is ${labels[wrong]}: it must be one of ${classes.length} classes.`,
    )
  if (labels.every((label) => label === labels[0]))
    throw new DatasetError(
      `All ${labels.length} rows are ${JSON.stringify(classes[labels[0]!])}: with a single class there is nothing to learn.`,
    )
  return classes
}

/** Returns the weight of a row of each class: 1, or such that all classes that occur have the same total weight. */
export function computeClassWeights(labels: Float64Array, classes: number, how: 'none' | 'balanced'): Float64Array {
  const counts = new Float64Array(classes)
  for (const label of labels) counts[label]!++
  const occurring = counts.filter((count) => count > 0).length
  return counts.map((count) => (how === 'none' || count === 0 ? 1 : labels.length / (occurring * count)))
}

/** Applies softmax to each row of margins in place: [rows × classes]. */
export function softmaxRows(margins: Float64Array, classes: number, rows: number): void {
  for (let row = 0; row < rows; row++) {
    const at = row * classes
    let highest = Number.NEGATIVE_INFINITY
    for (let k = 0; k < classes; k++) highest = Math.max(highest, margins[at + k]!)
    let total = 0
    for (let k = 0; k < classes; k++) total += margins[at + k] = Math.exp(margins[at + k]! - highest)
    for (let k = 0; k < classes; k++) margins[at + k]! /= total
  }
}
