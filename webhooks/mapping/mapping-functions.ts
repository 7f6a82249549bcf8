import { zoneOffsetMinutes, isTimeZone } from '../../features/time-zone.ts'
import { timeFromIso } from '../../schemas/json/iso-time.ts'
import { minorUnits } from '../../schemas/minor-units.ts'

const LOCAL_TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:\.\d{1,9})?)?)?$/
const OFFSET = /^([+-])(\d{2}):?(\d{2})$/
const DECIMAL = /^([+-]?)(\d{1,15})(?:\.(\d+))?$/

/** Functions that mappings can use beside those of JSONata. All pass on an empty value as null. */
export const mappingFunctions = {
  /** ms since 1970 from ms, ISO 8601 with a zone, or a local time and its zone (`Europe/Moscow`, `+03:00`). */
  time: (value: unknown, zone?: unknown) => unlessBlank(value, (text) => timeOf(text, zone)),
  /** ms since 1970 from Unix seconds. */
  seconds: (value: unknown) => unlessBlank(value, (text) => Math.round(numberOf(text, 'Unix seconds') * 1_000)),
  /** Minor units of a currency from a decimal amount. */
  minor: (value: unknown, currency: unknown) => unlessBlank(value, (text) => amountOf(text, currency)),
  /** A number from a number or its text. */
  numeric: (value: unknown) => unlessBlank(value, (text) => numberOf(text, 'a number')),
  /** The text of a value without surrounding white space. */
  text: (value: unknown) => unlessBlank(value, (text) => text),
} as const satisfies Readonly<Record<string, (...values: never[]) => unknown>>

/** Returns null for a missing, null or blank value, and the result of `convert` for any other text or number. */
function unlessBlank<T>(value: unknown, convert: (text: string) => T): T | null {
  if (value === undefined || value === null) return null
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
    throw new Error(`${JSON.stringify(value)?.slice(0, 100)} is neither a text nor a number.`)
  const text = String(value).trim()
  return text === '' ? null : convert(text)
}

function timeOf(text: string, zone: unknown): number {
  if (/^-?\d{11,15}$/.test(text)) return Number(text)
  if (/^\d{1,10}$/.test(text)) throw new Error(`${text} may be seconds or milliseconds: use $seconds for Unix seconds.`)
  // Salesforce writes offsets without a colon, and many systems write a space for the T.
  const iso = text.replace(/^(\d{4}-\d{2}-\d{2}) (?=\d)/, '$1T').replace(/ (?=[+-]\d{2}:?\d{2}$)/, '')
  const isLocal = LOCAL_TIME.test(iso)
  const known = isLocal ? undefined : timeFromIso(iso)
  if (known !== undefined) return known
  if (!isLocal) throw new Error(`${JSON.stringify(text)} is not a time in ISO 8601 or in ms since 1970.`)
  if (typeof zone !== 'string')
    throw new Error(`The time ${JSON.stringify(text)} has no zone: give it, as in $time(value, "Europe/Berlin").`)
  return localTime(iso, zone)
}

function localTime(iso: string, zone: string): number {
  const utc = timeFromIso(iso.includes('T') ? `${iso}Z` : `${iso}T00:00Z`)
  if (utc === undefined) throw new Error(`${JSON.stringify(iso)} is not a date or time that exists.`)
  const fixed = OFFSET.exec(zone)
  if (fixed !== null) {
    const minutes = Number(fixed[2]) * 60 + Number(fixed[3])
    return utc - (fixed[1] === '-' ? -minutes : minutes) * 60_000
  }
  if (!isTimeZone(zone)) throw new Error(`${JSON.stringify(zone)} is not a time zone.`)
  // The offset at the local time is found in two steps, since it may change between the two.
  const guess = utc - zoneOffsetMinutes(zone, utc) * 60_000
  return utc - zoneOffsetMinutes(zone, guess) * 60_000
}

function numberOf(text: string, what: string): number {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(text) || !Number.isFinite(Number(text)))
    throw new Error(`${JSON.stringify(text)} is not ${what}.`)
  return Number(text)
}

function amountOf(text: string, currency: unknown): number {
  if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency))
    throw new Error('$minor takes an amount and its currency, such as $minor(amount, "EUR").')
  const match = DECIMAL.exec(text)
  if (match === null) throw new Error(`${JSON.stringify(text)} is not an amount with a decimal point.`)
  const digits = String(minorUnits(currency)).length - 1
  const [, sign, whole, fraction = ''] = match
  if (/[1-9]/.test(fraction.slice(digits))) throw new Error(`${text} ${currency} has more than ${digits} decimals.`)
  const minor = Number(`${whole}${fraction.slice(0, digits).padEnd(digits, '0')}`)
  if (!Number.isSafeInteger(minor)) throw new Error(`${text} ${currency} is too large.`)
  return sign === '-' && minor !== 0 ? -minor : minor
}
