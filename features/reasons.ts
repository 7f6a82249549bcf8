import { comparisonText } from './visits/comparison-text.ts'

/** A reason for a score: one feature’s contribution to the margin, in numbers and in words. */
export interface Reason {
  readonly feature: string
  /** Value of the feature; null if unknown. */
  readonly value: number | null
  /** Contribution to the log-odds of a probability, or to the estimate itself. */
  readonly contribution: number
  readonly words: string
}

/** Description of a feature for its wording. */
interface Described {
  readonly name: string
  readonly meaning: string
  readonly unit: string
  readonly hashed?: string
}

/** Maximum number of names shown: more are hard to read, and the first ones explain most. */
const NAMES_MAX = 3

/** Names hashed into each feature of this row, by feature. */
export type BucketNames = ReadonlyMap<string, readonly string[]>

/** Returns at most `most` reasons, the largest contributions first, without those that are zero. */
export function reasonsFrom(
  features: readonly Described[],
  row: ArrayLike<number>,
  contributions: Float64Array,
  most: number,
  bucketNames: BucketNames = new Map(),
): Reason[] {
  const places = new Map(features.map(({ name }, place) => [name, place]))
  const valueOf = (name: string) => row[places.get(name) ?? -1] ?? Number.NaN
  return [...contributions.keys()]
    .filter((feature) => contributions[feature] !== 0)
    .sort((one, other) => Math.abs(contributions[other]!) - Math.abs(contributions[one]!) || one - other)
    .slice(0, most)
    .map((place) => {
      const { name, unit } = features[place]!
      const meaning = meaningOf(features[place]!, bucketNames.get(name))
      const value = Number.isNaN(row[place]) ? null : row[place]!
      const contribution = contributions[place]!
      const compared = comparisonText(name, valueOf)
      const shown =
        compared === undefined ? formatFeatureValue(value, unit) : `${formatFeatureValue(value, unit)}, ${compared}`
      return { feature: name, value, contribution, words: `${meaning}: ${shown} (${signed(contribution)})` }
    })
}

/** Describes a hashed feature by its names, because a bucket number means nothing to a reader. */
function meaningOf({ meaning, hashed }: Described, names: readonly string[] = []): string {
  if (hashed === undefined) return meaning
  return `${hashed} ${names.length === 0 ? 'others' : names.slice(0, NAMES_MAX).join(', ')}`
}

/**
 * Formats a value for people: shares as per cent, money in whole units, long times in minutes or hours, flags as yes or
 * no.
 */
export function formatFeatureValue(value: number | null, unit: string): string {
  if (value === null) return 'not known'
  switch (unit) {
    case 'share':
      return `${brief(100 * value)} %`
    case 'minor units':
      // Assumes that a minor unit is a hundredth, as in the currencies that the platform is used with.
      return grouped((value / 100).toFixed(2))
    case '1 or 0':
      return value === 1 ? 'yes' : 'no'
    case 'seconds':
      if (value >= 7_200) return `${brief(value / 3_600)} hours`
      return value >= 120 ? `${brief(value / 60)} minutes` : `${brief(value)} seconds`
    case '':
    case 'ratio':
      return brief(value)
    default:
      return `${brief(value)} ${unit}`
  }
}

function brief(value: number): string {
  return Number(value.toPrecision(4)).toString()
}

function grouped(digits: string): string {
  return digits.replaceAll(/\B(?=(\d{3})+\.)/g, ',')
}

function signed(contribution: number): string {
  return `${contribution < 0 ? '−' : '+'}${Math.abs(contribution).toPrecision(2)}`
}
