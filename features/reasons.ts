import { namedAfter, shortNameOf } from './short-names.ts'
import { comparisonText, usualValue } from './visits/comparison-text.ts'

/** A reason for a score: one feature’s contribution to the margin, in numbers and in words. */
export interface Reason {
  readonly feature: string
  /** Value of the feature; null if unknown. */
  readonly value: number | null
  /** Contribution to the log-odds of a probability, or to the estimate itself. */
  readonly contribution: number
  readonly words: string
}

/** A reason with the values behind its words, from which others can word it in another language. */
export interface ExplainedReason extends Reason {
  /** Names of things that are hashed into the feature, the first ones; empty if there are none, or none is known. */
  readonly names: string[]
  /** What the value usually is for the customer; null if that can’t be said, or there is no noticeable difference. */
  readonly usual: number | null
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
): ExplainedReason[] {
  const places = new Map(features.map(({ name }, place) => [name, place]))
  const valueOf = (name: string) => row[places.get(name) ?? -1] ?? Number.NaN
  return [...contributions.keys()]
    .filter((feature) => contributions[feature] !== 0)
    .sort((one, other) => Math.abs(contributions[other]!) - Math.abs(contributions[one]!) || one - other)
    .slice(0, most)
    .map((place) => {
      const { name, unit } = features[place]!
      const value = Number.isNaN(row[place]) ? null : row[place]!
      const contribution = contributions[place]!
      const names = (bucketNames.get(name) ?? []).slice(0, NAMES_MAX)
      const compared = comparisonText(name, valueOf)
      const shown = [formatFeatureValue(value, unitShown(name, unit)), compared].filter((part) => part !== undefined)
      return {
        ...{ feature: name, value, contribution, names },
        usual: compared === undefined ? null : (usualValue(name, valueOf)?.usual ?? null),
        words: `${nameOf(features[place]!, names)}: ${shown.join(', ')} (${directionOf(contribution)})`,
      }
    })
}

/** What people call a feature; a hashed one by its names, because the number of its group means nothing to them. */
function nameOf({ name, meaning, hashed }: Described, names: readonly string[]): string {
  if (hashed !== undefined) return `${hashed} ${names.length === 0 ? 'others' : names.join(', ')}`
  return shortNameOf(name) ?? meaning
}

/** A number weighted by recency counts nothing that people could count, so that it is shown without a unit. */
function unitShown(name: string, unit: string): string {
  return namedAfter(name).span?.startsWith('Decayed') === true && unit !== 'minor units' ? '' : unit
}

function directionOf(contribution: number): string {
  return contribution < 0 ? 'lowers the score' : 'raises the score'
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
    case 'logarithm':
      return brief(Math.expm1(value))
    case 'logarithm of minor units':
      return formatFeatureValue(Math.expm1(value), 'minor units')
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
