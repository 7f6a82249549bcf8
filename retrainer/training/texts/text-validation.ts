import { DatasetError } from '../../../models/check-dataset.ts'
import { fitTemperature } from '../../../models/text/fit-text-model.ts'
import { probabilitiesOf } from '../../../models/text/softmax-head.ts'
import { rowLosses } from '../../../models/text/text-metrics.ts'

/** Throws `DatasetError` for labels that nothing can be learned from. */
export function requireTwoClasses(labels: Int32Array, names: readonly string[]): void {
  if (names.length >= 2) return
  throw new DatasetError(
    `All ${labels.length} cases are ${JSON.stringify(names[0] ?? '')}: with a single class there is nothing to learn.`,
  )
}

/** Fits the temperature on validation rows, and returns it with the resulting loss. */
export function calibrate(
  logits: Float64Array,
  labels: Int32Array,
  classes: number,
): { readonly temperature: number; readonly logLoss: number } {
  const temperature = fitTemperature(logits, labels, classes)
  return { temperature, logLoss: logLossOf(logits, labels, classes, temperature) }
}

export function logLossOf(logits: Float64Array, labels: Int32Array, classes: number, temperature: number): number {
  const losses = rowLosses(labels, probabilitiesOf(logits, classes, temperature), classes)
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length
}
