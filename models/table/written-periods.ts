import { monthNamed } from './calendar-names.ts'
import { midnightOf, weekDay, wholeYear, yearDay } from './calendar.ts'

const monthOfYear =
  /^((?:18|19|20|21)\d{2})(?:[-/](\d{1,2})|\.(\d{2}))$|^(?:(\d{1,2})[-/]|(\d{2})\.)((?:18|19|20|21)\d{2})$/
const chineseMonth = /^(\d{4})年(\d{1,2})月$/
const namedMonth = /^(\p{L}{3,12})\.?[-, /]\s*'?(\d{4}|\d{2})$/u
const quarter = /^(\d{4})[-/ ]?Q([1-4])$|^Q([1-4])[-/ ](\d{4})$/i
const week = /^(\d{4})-?W(\d{2})(?:-?([1-7]))?$/i
const dayOfYear = /^((?:19|20)\d{2})-(\d{3})$/

/**
 * Returns the first day of a month (`2026-11`, `11/2026`, `Nov 2026`, `2026年11月`), quarter (`2026-Q4`) or ISO 8601 week
 * (`2026-W48`), or a day by its number in the week (`2026-W48-7`) or year (`2026-333`), in epoch ms. Returns
 * `undefined` for other cells, including `Nov-26`, which may be a day.
 */
export function periodIn(text: string): number | undefined {
  const month = monthOfYear.exec(text)
  if (month !== null) {
    const [, year, second, decimals, first, whole, last] = month
    return midnightOf(Number(year ?? last), Number(second ?? decimals ?? first ?? whole), 1)
  }
  const han = chineseMonth.exec(text)
  if (han !== null) return midnightOf(Number(han[1]), Number(han[2]), 1)
  const named = namedMonth.exec(text)
  if (named !== null) {
    const [, name, year] = named
    const isYear = year!.length === 4 || Number(year) > 31 || Number(year) === 0
    const monthIndex = isYear ? monthNamed(name!) : undefined
    return monthIndex === undefined ? undefined : midnightOf(wholeYear(year!), monthIndex + 1, 1)
  }
  const part = quarter.exec(text)
  if (part !== null) return midnightOf(Number(part[1] ?? part[4]), 3 * Number(part[2] ?? part[3]) - 2, 1)
  const weekly = week.exec(text)
  if (weekly !== null) return weekDay(Number(weekly[1]), Number(weekly[2]), Number(weekly[3] ?? 1))
  const day = dayOfYear.exec(text)
  return day === null ? undefined : yearDay(Number(day[1]), Number(day[2]))
}
