/** The order of a date that does not begin with its year. */
export type DateOrder = 'dmy' | 'mdy'

const clock = String.raw`(?:(?:[T ]|,)\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*([ap]\.?m\.?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?(?:\[.*\])?)?`
const yearFirst = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})\.?${clock}$`, 'i')
const yearLast = new RegExp(
  String.raw`^(?:(\d{1,2})([-/.])(\d{1,2})\2(\d{4})|(\d{2})([-/.])(\d{2})\6(\d{2}))\.?${clock}$`,
  'i',
)
const named = new RegExp(String.raw`^(\d{1,2})[-. ]\s*([a-z]{3,9})\.?[-, ]\s*(\d{4})${clock}$`, 'i')
const namedFirst = new RegExp(String.raw`^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})${clock}$`, 'i')
const chinese = new RegExp(String.raw`^(\d{4})年(\d{1,2})月(\d{1,2})日${clock}$`, 'i')
const ofDay = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*([ap]\.?m\.?)?$/i
const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

/** Two digits mean 1970 to 2069. */
const CENTURY_FROM = 70
const MINUTE_MS = 60_000

/**
 * Milliseconds since 1970 of a date, with a time of day and an offset where the cell has one, in UTC otherwise.
 * `order`: how dates that end in their year are read; a dotted one is always day, month, year. `undefined`: it is no
 * date, or a day that does not exist.
 */
export function dateIn(cell: string, order: DateOrder = 'dmy'): number | undefined {
  const text = cell.trim()
  if (!/\d/.test(text)) return undefined
  const iso = yearFirst.exec(text)
  if (iso !== null) return at(iso[1]!, iso[3]!, iso[4]!, iso.slice(5))
  const last = yearLast.exec(text)
  if (last !== null) {
    const [first, separator, second, year] = last[1] === undefined ? last.slice(5, 9) : last.slice(1, 5)
    const [day, month] = separator === '.' || order === 'dmy' ? [first, second] : [second, first]
    return at(wholeYear(year!), month!, day!, last.slice(9))
  }
  const word = named.exec(text)
  if (word !== null) return at(word[3]!, monthNamed(word[2]!), word[1]!, word.slice(4))
  const american = namedFirst.exec(text)
  if (american !== null) return at(american[3]!, monthNamed(american[1]!), american[2]!, american.slice(4))
  const han = chinese.exec(text)
  return han === null ? undefined : at(han[1]!, han[2]!, han[3]!, han.slice(4))
}

/** Whether a cell can only be read in one order; `undefined`: in both, with one result or two, or in none. */
export function orderEvidence(cell: string): DateOrder | undefined {
  const [day, month] = [dateIn(cell, 'dmy'), dateIn(cell, 'mdy')]
  if (day === undefined) return month === undefined ? undefined : 'mdy'
  return month === undefined ? 'dmy' : undefined
}

/** Hours since midnight of `13:05`, `13:05:30` or `1:05 PM`; `undefined`: it is no time of day. */
export function timeOfDayIn(cell: string): number | undefined {
  const parts = ofDay.exec(cell.trim())
  if (parts === null) return undefined
  const ms = clockMs(parts.slice(1))
  return ms === undefined ? undefined : ms / (60 * MINUTE_MS)
}

function wholeYear(year: string): string {
  if (year.length === 4) return year
  return `${Number(year) < CENTURY_FROM ? '20' : '19'}${year}`
}

function monthNamed(name: string): string {
  const place = months.findIndex((month) => name.toLowerCase().startsWith(month))
  return String(place + 1)
}

function at(year: string, month: string, day: string, clockParts: readonly (string | undefined)[]): number | undefined {
  // Date.UTC would take the years 0 to 99 for 1900 to 1999.
  const midnight = new Date(0)
  midnight.setUTCFullYear(Number(year), Number(month) - 1, Number(day))
  const isThatDay = midnight.getUTCMonth() === Number(month) - 1 && midnight.getUTCDate() === Number(day)
  const ms = clockMs(clockParts)
  if (!isThatDay || ms === undefined) return undefined
  return midnight.getTime() + ms - offsetMs(clockParts[5])
}

function clockMs([hour = '0', minute = '0', second = '0', part = '0', half]: readonly (string | undefined)[]):
  number | undefined {
  let hours = Number(hour)
  if (half !== undefined) {
    if (hours < 1 || hours > 12) return undefined
    hours = (hours % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0)
  }
  if (hours > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  return (hours * 60 + Number(minute)) * MINUTE_MS + Number(second) * 1000 + Math.floor(Number(`0.${part}`) * 1000)
}

function offsetMs(zone: string | undefined): number {
  if (zone === undefined || !/^[+-]/.test(zone)) return 0
  const minutes = 60 * Number(zone.slice(1, 3)) + Number(zone.slice(3).replace(':', '') || '0')
  return (zone.startsWith('-') ? -1 : 1) * minutes * MINUTE_MS
}
