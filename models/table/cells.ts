/** How the numbers of a column are written. */
export type NumberStyle = 'point' | 'comma'

const plain = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?\s*%?$/i
const groupedPoint = /^[+-]?\d{1,3}(,\d{3})+(\.\d*)?\s*%?$/
const plainComma = /^[+-]?(\d+(,\d*)?|,\d+)(e[+-]?\d+)?\s*%?$/i
const groupedComma = /^[+-]?\d{1,3}(\.\d{3})+(,\d*)?\s*%?$/
const infinite = /^[+-]?(inf|infinity|∞)$/i

/**
 * The number that a cell says, with or without groups of thousands; a percentage as its hundredth. `undefined`: it says
 * none.
 */
export function numberIn(cell: string, style: NumberStyle): number | undefined {
  const text = cell.trim()
  if (infinite.test(text)) return text.startsWith('-') ? -Infinity : Infinity
  const [own, grouped] = style === 'point' ? [plain, groupedPoint] : [plainComma, groupedComma]
  if (!own.test(text) && !grouped.test(text)) return undefined
  const digits = text
    .replace('%', '')
    .replaceAll(style === 'point' ? ',' : '.', '')
    .replace(',', '.')
  return text.endsWith('%') ? Number(digits) / 100 : Number(digits)
}

const isoDate = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/
const slashDate = /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/
const dotDate = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/

/**
 * Milliseconds since 1970 of a date in the orders that can't be misread: 2026-11-23, 2026/11/23, 23.11.2026, with a
 * time of day after the first; UTC unless the cell says otherwise.
 */
export function dateIn(cell: string): number | undefined {
  const text = cell.trim()
  const iso = isoDate.exec(text)
  if (iso !== null) {
    const [, year, month, day, hour = '0', minute = '0', second = '0', zone = 'Z'] = iso
    const at = utc(+year!, +month!, +day!, +hour, +minute, +second)
    return at === undefined ? undefined : at - offsetOf(zone)
  }
  const slash = slashDate.exec(text)
  if (slash !== null) return utc(+slash[1]!, +slash[2]!, +slash[3]!)
  const dots = dotDate.exec(text)
  return dots === null ? undefined : utc(+dots[3]!, +dots[2]!, +dots[1]!)
}

function utc(year: number, month: number, day: number, hour = 0, minute = 0, second = 0): number | undefined {
  const at = Date.UTC(year, month - 1, day, hour, minute, second)
  const back = new Date(at)
  const same = back.getUTCMonth() === month - 1 && back.getUTCDate() === day && back.getUTCHours() === hour
  return same && minute < 60 && second < 60 ? at : undefined
}

function offsetOf(zone: string): number {
  if (zone === 'Z') return 0
  const minutes = 60 * +zone.slice(1, 3) + +zone.slice(-2)
  return (zone.startsWith('-') ? -1 : 1) * minutes * 60_000
}
