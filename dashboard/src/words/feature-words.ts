/** Words for features and for reasons of scores, in the language shown. */
import { clockTime, number, percent } from '../format.ts'
import { featureUnits } from './feature-units.ts'
import { t, textIfAny } from './words.ts'

/** A reason as the API gives it; `names` and `usual` only where it explains a score on request. */
interface Reason {
  readonly feature: string
  readonly value: number | null
  readonly contribution: number
  readonly words: string
  readonly names?: readonly string[]
  readonly usual?: number | null
}

const SPAN = /(Decayed1h|Decayed24h|Decayed30d|24h|7d|30d)$/
const hashedName = (feature: string) => feature.replace(/\d+$/, '#')

/** Returns what people call a feature; `undefined` for one that the page does not know, such as that of an extension. */
export function featureName(feature: string, names: readonly string[] = []): string | undefined {
  const shown = names.length === 0 ? t('reasons.otherNames') : names.join(', ')
  const hashed = /\d$/.test(feature) ? textIfAny('features', hashedName(feature), { names: shown }) : undefined
  if (hashed !== undefined) return hashed
  const [span] = SPAN.exec(feature) ?? []
  if (span === undefined) return textIfAny('features', feature)
  const what = textIfAny('features', feature.slice(0, -span.length))
  return what === undefined ? undefined : textIfAny('reasons', `within${span}`, { what })
}

/** Formats the value of a feature for people: shares as per cent, money in whole units, flags as yes or no. */
export function featureValue(feature: string, value: number | null): string {
  if (value === null) return t('reasons.notKnown')
  const unit = featureUnits[feature] ?? featureUnits[feature.replace(SPAN, '')] ?? featureUnits[hashedName(feature)]
  switch (unit) {
    case 'share':
      return percent(value)
    case 'minor units':
      // Assumes that a minor unit is a hundredth, as in the currencies that the platform is used with.
      return number(Math.round(value) / 100)
    case 'logarithm':
      return number(Math.round(Math.expm1(value)))
    case 'logarithm of minor units':
      return number(Math.round(Math.expm1(value)) / 100)
    case '1 or 0':
      return value === 1 ? t('common.yes') : t('common.no')
    case '1 to 5':
      return t('reasons.ofFive', { value: number(value) })
    case 'hour, 0 to 23':
      return clockTime(new Date(2000, 0, 1, value).toISOString())
    case 'days':
      return t('reasons.days', { value, shown: number(value) })
    case 'minutes':
      return t('reasons.minutes', { value: number(value) })
    case 'seconds':
      return timeText(value)
    default:
      return number(value)
  }
}

function timeText(seconds: number): string {
  if (seconds >= 7_200) return t('reasons.hours', { value: number(seconds / 3_600) })
  return seconds >= 120
    ? t('reasons.minutes', { value: number(seconds / 60) })
    : t('reasons.seconds', { value: number(seconds) })
}

/** Words a reason for a score: what, how much, compared with what is usual, and whether it raises the score. */
export function reasonText({ feature, value, contribution, words, names, usual }: Reason): string {
  const what = featureName(feature, names)
  if (what === undefined) return words
  const shown = featureValue(feature, value)
  const compared =
    value === null || usual === null || usual === undefined ? shown : comparedText(feature, shown, value / usual)
  return t('reasons.reason', { what, value: compared, direction: contribution < 0 ? 'down' : 'up' })
}

/** Adds what a value is compared with. `factor`: the value ÷ what it usually is. */
function comparedText(feature: string, value: string, factor: number): string {
  const isAverage = feature.endsWith('Last')
  if (factor >= 2)
    return t(isAverage ? 'reasons.timesAverage' : 'reasons.timesUsual', { value, factor: number(factor) })
  const share = number(Math.round(100 * Math.abs(factor - 1)))
  const [more, less] = isAverage
    ? (['reasons.aboveAverage', 'reasons.belowAverage'] as const)
    : (['reasons.moreThanUsual', 'reasons.lessThanUsual'] as const)
  return t(factor >= 1 ? more : less, { value, share })
}
