import { shuffle, type Random } from '../random.ts'

/** Texts padded to one length, as the network takes them. */
export interface PaddedTexts {
  readonly count: number
  readonly places: number
  readonly ids: Int32Array
  readonly lengths: Int32Array
  readonly context: Float32Array
}

/** Pads the chosen texts to the length of the longest. `context` has `columns` numbers per text. */
export function padded(
  texts: readonly Int32Array[],
  context: Float32Array,
  columns: number,
  chosen: Int32Array,
): PaddedTexts {
  const places = chosen.reduce((most, row) => Math.max(most, texts[row]!.length), 1)
  const ids = new Int32Array(chosen.length * places)
  const ofChosen = new Float32Array(chosen.length * columns)
  chosen.forEach((row, at) => {
    ids.set(texts[row]!, at * places)
    ofChosen.set(context.subarray(row * columns, (row + 1) * columns), at * columns)
  })
  return {
    count: chosen.length,
    places,
    ids,
    lengths: Int32Array.from(chosen, (row) => texts[row]!.length),
    context: ofChosen,
  }
}

/** Batches formed from one pool of rows sorted by length: enough for similar lengths, few enough for randomness. */
const BATCHES_TOGETHER = 20

/**
 * Returns the rows in a new random order, batch by batch. Texts of similar length share a batch, which reduces padding.
 */
export function intentBatches(
  lengths: ArrayLike<number>,
  rows: Int32Array,
  batchRows: number,
  next: Random,
): Int32Array[] {
  const order = shuffle(rows.slice(), next)
  const batches: Int32Array[] = []
  for (let from = 0; from < order.length; from += batchRows * BATCHES_TOGETHER) {
    const part = order
      .slice(from, from + batchRows * BATCHES_TOGETHER)
      .sort((one, other) => lengths[one]! - lengths[other]!)
    for (let at = 0; at < part.length; at += batchRows) batches.push(part.slice(at, at + batchRows))
  }
  const mixed = shuffle(Int32Array.from(batches.keys()), next)
  return Array.from(mixed, (batch) => batches[batch]!)
}
