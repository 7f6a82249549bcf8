import type { Batch, Dataset } from '../model.ts'

/** Returns the data set with only the chosen features, in that order. */
export function chosenFeatures(data: Dataset, chosen: Int32Array): Dataset {
  return {
    ...data,
    ...chosenColumns(data, chosen),
    featureNames: Array.from(chosen, (feature) => data.featureNames[feature]!),
    categories: data.categories === undefined ? undefined : Array.from(chosen, (feature) => data.categories![feature]!),
  }
}

/** Returns the rows with only the chosen columns. */
export function chosenColumns({ count, width, rows, texts, lineTimes }: Batch, chosen: ArrayLike<number>): Batch {
  const picked = new Float32Array(count * chosen.length)
  for (let row = 0; row < count; row++)
    for (let k = 0; k < chosen.length; k++) picked[row * chosen.length + k] = rows[row * width + chosen[k]!]!
  return { count, width: chosen.length, rows: picked, texts, lineTimes }
}
