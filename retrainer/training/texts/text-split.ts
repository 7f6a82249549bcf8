import { temporalHoldout, type Split } from '../../../models/split.ts'

/** Rows of cases: `train` is all of `learning` and `validation`. */
export interface TextSplit extends Split {
  readonly learning: Int32Array
  /** Chosen and calibrated on: the newest fifth of the training rows. */
  readonly validation: Int32Array
}

const TEST_SHARE = 0.2
const VALIDATION_SHARE = 0.2

export interface TextSplitOptions {
  /** Used if given. */
  readonly split?: Split | undefined
  readonly validationShare?: number
}

/** Measures on the newest fifth, or at random where there are no times. */
export function splitTexts(times: Float64Array, seed: number, options: TextSplitOptions = {}): TextSplit {
  const { split, validationShare = VALIDATION_SHARE } = options
  const { train, test } = split ?? temporalHoldout({ times, count: times.length }, TEST_SHARE, seed)
  const trainTimes = Float64Array.from(train, (row) => times[row]!)
  const inner = temporalHoldout({ times: trainTimes, count: train.length }, validationShare, seed)
  const rowsOf = (places: Int32Array) => places.map((place) => train[place]!)
  return { train, test, learning: rowsOf(inner.train), validation: rowsOf(inner.test) }
}

export function splitInWords(times: Float64Array, seed: number, given?: Split): string {
  if (given !== undefined) return 'as it was given'
  return times.every(Number.isNaN)
    ? `a fifth of the cases drawn at random (seed ${seed})`
    : 'the newest fifth of the cases'
}
