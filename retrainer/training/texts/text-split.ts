import { folds, temporalHoldout, type Split } from '../../../models/split.ts'

/** Split of cases: `train` consists of `learning` and `validation`. */
export interface TextSplit extends Split {
  readonly learning: Int32Array
  /** Cases for model selection and calibration: the newest fifth of the training rows, unless given. */
  readonly validation: Int32Array
}

/** Rows to fit on, and newer rows to validate the fit on. */
export type LearningSplit = Pick<TextSplit, 'learning' | 'validation'>

const TEST_SHARE = 0.2
const VALIDATION_SHARE = 0.2

export interface TextSplitOptions {
  /** Split to use instead. `validation` names the training rows for model selection. */
  readonly split?: (Split & { readonly validation?: Int32Array | undefined }) | undefined
  readonly validationShare?: number
}

/** Holds out the newest fifth as the test, or a random one if there are no times. */
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

export function describeSplit(times: Float64Array, seed: number, given?: Split): string {
  if (given !== undefined) return 'as it was given'
  return times.every(Number.isNaN)
    ? `a fifth of the cases drawn at random (seed ${seed})`
    : 'the newest fifth of the cases'
}

/** Number of training cases from which a single validation part is reliable. */
const CASES_MANY = 2_500
/**
 * Starts of the validation parts for few cases, as shares of the training cases; those before the first are only
 * learned from.
 */
const PART_STARTS = [0.4, 0.6, 0.8]

/**
 * Returns the splits for model selection and calibration. With few training cases, each newer part is validated by a
 * model of the older ones (forward chaining; Hyndman and Athanasopoulos 2021, 5.10), or each by all others if there are
 * no times. The last split is the usual one; it is the only one for many cases and for a given validation set.
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
  // Random folds already cover all cases.
  return timed || usable.length === 0 ? [...usable, split] : usable
}

const PARTS = 4
