import { HOUR_MS, MINUTE_MS } from '../../schemas/durations.ts'
import { isDayName, monthNamed } from './calendar-names.ts'
import { midnightOf, wholeYear } from './calendar.ts'
import { bareCell, isPlainNumber, plainDigits } from './plain-text.ts'
import { periodIn } from './written-periods.ts'

/** Order of a date that does not begin with its year. */
export type DateOrder = 'dmy' | 'mdy'

const clock = String.raw`(?:(?:[T ]|,|:)\s*(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,](\d+))?)?\s*([ap]\.?\s?m\.?)?\s*(Z|(?:UTC|GMT)?[+-]\d{2}(?::?\d{2})?|UTC|GMT)?(?:\[.*\]| \(.*\))?)?`
const yearFirst = new RegExp(String.raw`^(\d{4})([-/.])\s?(\d{1,2})\2\s?(\d{1,2})\.?${clock}$`, 'i')
const yearLast = new RegExp(
  String.raw`^(?:(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4})|(\d{2}|\d{1,2}(?=/))([-/.])(\d{2}|\d{1,2}(?=/))\6(\d{2}))\.?${clock}$`,
  'i',
)
const compact = /^((?:19|20)\d{2})(\d{2})(\d{2})(?:\.0|[T ]?(\d{2})(\d{2})(\d{2})?(Z)?)?$/
const named = new RegExp(
  String.raw`^(\d{1,2})(?:st|nd|rd|th|er|º)?[-./ ]\s*(?:of |de )?(\p{L}{3,12})\.?[-,./ ]\s*(?:de )?(\d{4}|\d{2})(?:\s?(?:г|р)(?:\.|ода|оку)?)?${clock}$`,
  'iu',
)
const namedFirst = new RegExp(String.raw`^(\p{L}{3,12})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})${clock}$`, 'iu')
/** 30AUG2020 as SAS writes it, 30aug2020 as Stata does. */
const joined = new RegExp(String.raw`^(\d{1,2})(\p{L}{3})(\d{4})${clock}$`, 'iu')
/** Apr 15 17:26:00 2021, as C writes it after the day of the week. */
const yearBehind = /^(\p{L}{3}) +(\d{1,2}) (\d{1,2}):(\d{2}):(\d{2}) (?:UTC |GMT )?(\d{4})$/u
const chinese = new RegExp(String.raw`^(\d{4})[年년]\s?(\d{1,2})[月월]\s?(\d{1,2})[日일]${clock}$`, 'i')
const ofDay = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*([ap]\.?\s?m\.?)?$/i

/**
 * Returns a date in epoch ms, with its time of day and offset if there are any, in UTC otherwise; for a month, quarter
 * or week, its first day. `order` decides how dates that end with the year are read, except dotted ones, which are day,
 * month, year. Returns `undefined` if the cell is not a date, or the day does not exist.
 */
export function dateIn(cell: string, order: DateOrder = 'dmy'): number | undefined {
  const text = plainClock(plainDigits(bareCell(cell)))
  const digits = compact.exec(text)
  if (digits !== null) return at(Number(digits[1]), Number(digits[2]), Number(digits[3]), compactClock(digits))
  // Among other plain numbers, only a month such as 11.2026 is a date.
  if (isPlainNumber(text)) return text.length === 7 && text.includes('.') ? periodIn(text) : undefined
  if (!/\d/.test(text)) return undefined
  const iso = yearFirst.exec(text)
  if (iso !== null) return at(Number(iso[1]), Number(iso[3]), Number(iso[4]), iso.slice(5))
  const last = yearLast.exec(text)
  if (last !== null) {
    const [first, separator, second, year] = last[1] === undefined ? last.slice(5, 9) : last.slice(1, 5)
    const [day, month] = separator === '.' || order === 'dmy' ? [first, second] : [second, first]
    return at(wholeYear(year!), Number(month), Number(day), last.slice(9))
  }
  const found = wordedDate(text) ?? periodIn(text)
  if (found !== undefined) return found
  // Mar 5 May 2026 is a Tuesday in Italian, Mar 2026 is March.
  const [, dayName, rest] = /^(\p{L}{2,13})\.?,?\s+(.*\d.*)$/u.exec(text) ?? []
  return dayName !== undefined && isDayName(dayName) ? dateIn(rest!, order) : undefined
}

/** Rewrites Chinese, Japanese and Korean times of day in the common form: 下午1时53分 is 1:53 PM. */
function plainClock(text: string): string {
  if (!/[时時点點午오]/.test(text)) return text
  return text
    .replace(
      /(\d{1,2})[时時点點]\s?(\d{1,2})分?(?:\s?(\d{1,2})秒)?/,
      (_, hour: string, minute: string, second?: string) =>
        [hour, minute, ...(second === undefined ? [] : [second])].map((part) => part.padStart(2, '0')).join(':'),
    )
    .replace(
      /\s*(上午|下午|午前|午後|오전|오후)\s*([\d:.]+)$/,
      (_, half: string, time: string) => ` ${time} ${['上午', '午前', '오전'].includes(half) ? 'AM' : 'PM'}`,
    )
    .replace(/(?<=日)(?=\d)/, ' ')
    .trimStart()
}

function wordedDate(text: string): number | undefined {
  const word = named.exec(text) ?? joined.exec(text)
  if (word !== null) return at(wholeYear(word[3]!), monthOf(word[2]!), Number(word[1]), word.slice(4))
  const american = namedFirst.exec(text)
  if (american !== null) return at(Number(american[3]), monthOf(american[1]!), Number(american[2]), american.slice(4))
  const behind = yearBehind.exec(text)
  if (behind !== null) return at(Number(behind[6]), monthOf(behind[1]!), Number(behind[2]), behind.slice(3, 6))
  const han = chinese.exec(text)
  return han === null ? undefined : at(Number(han[1]), Number(han[2]), Number(han[3]), han.slice(4))
}

/** Returns the only order in which a cell can be read; `undefined` if it can be read in both or in neither. */
export function orderEvidence(cell: string): DateOrder | undefined {
  const [day, month] = [dateIn(cell, 'dmy'), dateIn(cell, 'mdy')]
  if (day === undefined) return month === undefined ? undefined : 'mdy'
  return month === undefined ? 'dmy' : undefined
}

/** Returns the hours since midnight of `13:05`, `13:05:30` or `1:05 PM`; `undefined` if it is not a time of day. */
export function timeOfDayIn(cell: string): number | undefined {
  const parts = ofDay.exec(plainClock(plainDigits(bareCell(cell))))
  if (parts === null) return undefined
  const ms = clockMs(parts.slice(1))
  return ms === undefined ? undefined : ms / HOUR_MS
}

/** Returns the parts in the order of a written clock: hour, minute, second, fraction, AM or PM, zone. */
function compactClock([, , , , hour, minute, second, zone]: RegExpExecArray): (string | undefined)[] {
  return [hour, minute, second, undefined, undefined, zone]
}

/** Returns the month from 1; 0 if the name is not a month. */
function monthOf(name: string): number {
  return (monthNamed(name) ?? -1) + 1
}

function at(year: number, month: number, day: number, clockParts: readonly (string | undefined)[]): number | undefined {
  const midnight = month === 0 ? undefined : midnightOf(year, month, day)
  const ms = clockMs(clockParts)
  return midnight === undefined || ms === undefined ? undefined : midnight + ms - offsetMs(clockParts[5])
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
  const signed = zone?.replace(/^(UTC|GMT)/i, '') ?? ''
  if (!/^[+-]/.test(signed)) return 0
  const minutes = 60 * Number(signed.slice(1, 3)) + Number(signed.slice(3).replace(':', '') || '0')
  return (signed.startsWith('-') ? -1 : 1) * minutes * MINUTE_MS
}
