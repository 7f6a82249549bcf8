import type { Batch, Dataset } from './model.ts'

/** Thrown for data that is inconsistent or can't be trained on. */
export class DatasetError extends Error {
  override readonly name = 'DatasetError'
}

/** Throws `DatasetError` for data that an algorithm of this kind can't be trained on. */
export function checkDataset(data: Dataset, kind: 'classification' | 'regression', readsText = false): void {
  const { count, width, rows, texts, featureNames, labels, times } = data
  if (count === 0) throw new DatasetError('The data set is empty: there are no rows to learn from.')
  if (featureNames.length !== width)
    throw new DatasetError(`The rows have ${width} numbers and there are ${featureNames.length} feature names.`)
  if (rows.length < count * width)
    throw new DatasetError(`${count} rows of ${width} numbers need ${count * width} numbers; there are ${rows.length}.`)
  if (labels.length !== count) throw new DatasetError(`There are ${count} rows and ${labels.length} labels.`)
  if (times.length !== count) throw new DatasetError(`There are ${count} rows and ${times.length} times.`)
  if (readsText && texts.length !== count) throw new DatasetError(`There are ${count} rows and ${texts.length} texts.`)
  if (data.weights !== undefined && (data.weights.length !== count || !data.weights.every((weight) => weight > 0)))
    throw new DatasetError(`There are ${count} rows: each needs a weight above 0, or none may have one.`)
  const infinite = rows.findIndex((value) => Math.abs(value) === Infinity)
  if (infinite !== -1) {
    throw new DatasetError(
      `The feature "${featureNames[infinite % width]}" of row ${Math.floor(infinite / width)} is ${rows[infinite]}: it must be a number, or NaN where it is missing.`,
    )
  }
  const wrong = labels.findIndex((label) =>
    kind === 'classification' ? label !== 0 && label !== 1 : !Number.isFinite(label),
  )
  if (wrong !== -1) {
    throw new DatasetError(
      `The label of row ${wrong} is ${labels[wrong]}: it must be ${kind === 'classification' ? '0 or 1' : 'a finite number'}.`,
    )
  }
  if (kind === 'classification' && labels.every((label) => label === labels[0])) {
    throw new DatasetError(`All ${count} labels are ${labels[0]}: with a single class there is nothing to learn.`)
  }
}

/** Throws an `Error` if the batch's width differs from the model's, because its rows have other features. */
export function checkWidth(batch: Batch, width: number): void {
  if (batch.width !== width)
    throw new Error(`The model was trained on rows of ${width} numbers, and these have ${batch.width}.`)
}
