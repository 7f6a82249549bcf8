import { folds, temporalHoldout, type Split } from '../../../models/split.ts'

/** Rows of cases: `train` is all of `learning` and `validation`. */
export interface TextSplit extends Split {
  readonly learning: Int32Array
  /** Chosen and calibrated on: the newest fifth of the training rows, unless they were given. */
  readonly validation: Int32Array
}

/** Rows to fit on, and newer ones that show what the fit is worth. */
export type LearningSplit = Pick<TextSplit, 'learning' | 'validation'>

const TEST_SHARE = 0.2
const VALIDATION_SHARE = 0.2

export interface TextSplitOptions {
  /** Used if given. `validation`: of its training rows, those that are chosen by. */
  readonly split?: (Split & { readonly validation?: Int32Array | undefined }) | undefined
  readonly validationShare?: number
}

/** Measures on the newest fifth, or at random where there are no times. */
export function splitTexts(times: Float64Array, seed: number, options: TextSplitOptions = {}): TextSplit {
  const { split, validationShare = VALIDATION_SHARE } = options
  const { train, test } = split ?? temporalHoldout({ times, count: times.length }, TEST_SHARE, seed)
  if (split?.validation !== undefined) {
    const held = new Set(split.validation)
    return { train, test, learning: train.filter((row) => !held.has(row)), validation: split.validation }
  }
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

/** From this many training cases on, a fifth of them says enough about a model. */
const CASES_MANY = 2_500
/** Where the parts of few cases begin, as shares of the older ones; the first is only learned from. */
const PART_STARTS = [0.4, 0.6, 0.8]

/**
 * The splits by which few training cases are chosen and calibrated: each newer part by what is older (forward
 * chaining; Hyndman and Athanasopoulos 2021, 5.10), or each by all others where there are no times. The last one is the
 * usual split; of many cases, and of cases that were named, it is the only one.
 */
export function learningSplits(
  split: TextSplit,
  times: Float64Array,
  labels: Int32Array,
  seed: number,
  isGiven: boolean,
): readonly LearningSplit[] {
  const { train } = split
  if (isGiven || train.length >= CASES_MANY) return [split]
  const trainTimes = Float64Array.from(train, (row) => times[row]!)
  const timed = trainTimes.every((time) => !Number.isNaN(time)) && trainTimes.at(-1) !== trainTimes[0]
  const rowsOf = (places: Int32Array) => places.map((place) => train[place]!)
  const others = timed
    ? PART_STARTS.slice(0, -1).map((start, part) => {
        const [from, to] = [start, PART_STARTS[part + 1]!].map((share) => Math.round(share * train.length))
        return { learning: train.slice(0, from), validation: train.slice(from, to) }
      })
    : folds({ times: trainTimes, count: train.length }, PARTS, seed).map((fold) => ({
        learning: rowsOf(fold.train),
        validation: rowsOf(fold.test),
      }))
  const canLearn = ({ learning, validation }: LearningSplit) =>
    validation.length > 0 && new Set(learning.map((row) => labels[row]!)).size > 1
  const usable = others.filter(canLearn)
  // Drawn at random, the parts are all cases already.
  return timed || usable.length === 0 ? [...usable, split] : usable
}

const PARTS = 4
