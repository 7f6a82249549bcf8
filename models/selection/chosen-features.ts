import type { Batch, Dataset } from '../model.ts'

/** The data set with those features alone, in that order. */
export function chosenFeatures(data: Dataset, chosen: Int32Array): Dataset {
  return {
    ...data,
    ...chosenColumns(data, chosen),
    featureNames: Array.from(chosen, (feature) => data.featureNames[feature]!),
    categories: data.categories === undefined ? undefined : Array.from(chosen, (feature) => data.categories![feature]!),
  }
}

/** The rows with those columns alone. */
export function chosenColumns({ count, width, rows, texts, lineTimes }: Batch, chosen: ArrayLike<number>): Batch {
  const picked = new Float32Array(count * chosen.length)
  for (let row = 0; row < count; row++)
    for (let k = 0; k < chosen.length; k++) picked[row * chosen.length + k] = rows[row * width + chosen[k]!]!
  return { count, width: chosen.length, rows: picked, texts, lineTimes }
}
