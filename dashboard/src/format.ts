import { currentLocale, dateLocale } from './words/language.ts'
import { t, textIfAny } from './words/words.ts'

type NumberOptions = Intl.NumberFormatOptions

const numberFormats = new Map<string, Intl.NumberFormat>()
const dateFormats = new Map<string, Intl.DateTimeFormat>()

/** Formats a number in the language shown. */
function formatted(value: number, options: NumberOptions): string {
  const key = `${currentLocale()} ${JSON.stringify(options)}`
  let format = numberFormats.get(key)
  if (format === undefined) numberFormats.set(key, (format = new Intl.NumberFormat(currentLocale(), options)))
  return format.format(value)
}

/** Formats a number with a fixed number of digits after the decimal separator. */
function fixed(value: number, digits: number): string {
  return formatted(value, { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

function formattedTime(iso: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${dateLocale()} ${JSON.stringify(options)}`
  let format = dateFormats.get(key)
  if (format === undefined) dateFormats.set(key, (format = new Intl.DateTimeFormat(dateLocale(), options)))
  return format.format(new Date(iso))
}

export function percent(probability: number): string {
  return t('format.percent', { value: fixed(100 * probability, 1) })
}

export function rate(value: number): string {
  return value >= 100 ? count(value) : fixed(value, value >= 10 ? 0 : 1)
}

export function count(value: number): string {
  return formatted(value, { maximumFractionDigits: 0 })
}

/** Formats a number with four significant digits, or as a whole number from 10,000. */
export function number(value: number): string {
  return Math.abs(value) >= 10_000 ? count(value) : formatted(value, { maximumSignificantDigits: 4 })
}

export function milliseconds(value: number): string {
  return value >= 1_000
    ? t('format.seconds', { value: fixed(value / 1_000, 1) })
    : t('format.milliseconds', { value: count(value) })
}

const CLOCK = { hour: '2-digit', minute: '2-digit', hour12: false } as const

export function time(iso: string): string {
  return formattedTime(iso, { day: 'numeric', month: 'short', ...CLOCK })
}

export function date(iso: string): string {
  return formattedTime(iso, { day: 'numeric', month: 'short', year: 'numeric' })
}

export function dateAndTime(iso: string): string {
  return t('format.dateAndTime', { date: date(iso), time: clockTime(iso) })
}

export function clockTime(iso: string): string {
  return formattedTime(iso, CLOCK)
}

/** Formats a distance in metres. */
export function metres(value: number): string {
  if (value < 1_000) return t('format.metres', { value: count(value) })
  return t('format.kilometres', {
    value: value < 100_000 ? fixed(value / 1_000, value % 1_000 === 0 ? 0 : 1) : count(value / 1_000),
  })
}

/** Formats an amount in minor units of an ISO 4217 currency. */
export function money(minor: number, currency: string): string {
  try {
    const format = new Intl.NumberFormat(currentLocale(), {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      notation: 'compact',
      maximumFractionDigits: 1,
    })
    // The digits that the currency has, not the one that is shown: 0 for JPY and KRW, 3 for KWD.
    const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
    return format.format(minor / 10 ** maximumFractionDigits)
  } catch {
    return `${count(minor / 100)} ${currency}`
  }
}

/** An estimate with its 95 % interval; an end is null if there is too little data for one. */
export interface Estimate {
  readonly value: number
  readonly lower: number | null
  readonly upper: number | null
}

/** Formats an estimate with its interval: “20.0 % (15.8 % to 24.9 %)”. */
export function estimateText({ value, lower, upper }: Estimate, format: (value: number) => string): string {
  if (lower === null || upper === null) return format(value)
  return t('format.interval', { value: format(value), lower: format(lower), upper: format(upper) })
}

/** Formats a duration: “45 s”, “3 min 05 s”, “1 h 20 min”. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000))
  if (seconds < 60) return t('format.seconds', { value: String(seconds) })
  const two = (value: number) => String(value).padStart(2, '0')
  const minutes = Math.floor(seconds / 60)
  if (seconds < 3_600) return t('format.minutesAndSeconds', { minutes: String(minutes), seconds: two(seconds % 60) })
  return t('format.hoursAndMinutes', { hours: String(Math.floor(minutes / 60)), minutes: two(minutes % 60) })
}

/** Formats a difference between two shares in percentage points: “+3.2 points”. */
export function points(difference: number): string {
  const value = Number((100 * difference).toFixed(1))
  const sign = value > 0 ? '+' : value < 0 || Object.is(value, -0) ? '−' : ''
  return t('format.points', { value: `${sign}${fixed(Math.abs(value), 1)}` })
}

/** Returns the display text of a machine-readable name: of one that the page does not know, the name itself. */
export function title(name: string): string {
  return textIfAny('names', name) ?? name.charAt(0).toUpperCase() + name.slice(1).replaceAll(/[-_]/g, ' ')
}
