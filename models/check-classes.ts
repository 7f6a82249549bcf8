import { checkDataset, DatasetError } from './check-dataset.ts'
import type { Dataset } from './model.ts'

/**
 * The classes whose places the labels are. Throws `DatasetError` for what nothing can be learned from: labels that are
 * no places, or rows of a single class.
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

/** How much a row of each class counts: alike, or so that all classes that occur weigh the same. */
export function classWeighing(labels: Float64Array, classes: number, how: 'none' | 'balanced'): Float64Array {
  const counts = new Float64Array(classes)
  for (const label of labels) counts[label]!++
  const occurring = counts.filter((count) => count > 0).length
  return counts.map((count) => (how === 'none' || count === 0 ? 1 : labels.length / (occurring * count)))
}

/** Margins become probabilities in place, row by row: [rows × classes] (softmax). */
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
