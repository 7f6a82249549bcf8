import { rowsWhere, type CellCount } from './known-cells.ts'
import { isPlainNumber, plainText } from './plain-text.ts'
import { markEvidence, numberIn } from './written-numbers.ts'

/** Unit format of a column, decided once on the training rows. */
export interface UnitFormat {
  /**
   * Unit of the column, such as `kg` or `/10`. Cells with it or without any are numbers; cells with another one are
   * not.
   */
  readonly unit?: string
  /** Whether some cells have multipliers such as thousand or million: 1.5k is 1500. */
  readonly multiples?: boolean
  /** Whether some cells are 5 1/2 or ½, so that 3/4 is 0.75 and not a date, ratio or score. */
  readonly fractions?: boolean
}

const suffixed = /^(.*\d[.,]?)\s*((?:\/|of |von |out of )\s*\d+|[\p{L}°‰µ"][\p{L}\d°µ/·^. €$£¥₹₽-]{0,19})$/u
/** `Mio. €`: millions of a currency. */
const ofMoney = /^(\p{L}+)\.? ?(€|[$£¥₹₽]|[A-Z]{3}|руб\.?|元)$/u
/** 5 1/2, and the decompositions of ½ and 5½. */
const mixed = /^([+-])?(?:(\d+)\s*(?:\s|(?=\d+\u2044)))?(\d+)[/\u2044](\d+)$/
/** Maximum number of words in a unit; a longer suffix is more likely a name, such as that of a street. */
const WORDS_MAX = 3

const MULTIPLES: Readonly<Record<string, number>> = {
  k: 1e3,
  K: 1e3,
  tsd: 1e3,
  thousand: 1e3,
  тыс: 1e3,
  千: 1e3,
  万: 1e4,
  lakh: 1e5,
  lac: 1e5,
  m: 1e6,
  M: 1e6,
  mn: 1e6,
  mio: 1e6,
  million: 1e6,
  млн: 1e6,
  crore: 1e7,
  亿: 1e8,
  B: 1e9,
  bn: 1e9,
  mrd: 1e9,
  billion: 1e9,
  млрд: 1e9,
}

interface SuffixedNumber {
  readonly number: string
  readonly unit: string
}

/** Splits a number and the unit after it: `12 kg`, `7/10`, `3rd`. Returns `undefined` for other cells. */
export function suffixedNumber(cell: string): SuffixedNumber | undefined {
  const text = plainText(cell)
  const last = text.charCodeAt(text.length - 1)
  // Fast path: most cells are plain numbers or plain names.
  if (!/\d/.test(text) || (last >= 48 && last <= 57 && !/[/ ]/.test(text) && !/\p{L}/u.test(text))) return undefined
  const [, number, written] = suffixed.exec(text) ?? []
  if (number === undefined || markEvidence(text) !== undefined || markEvidence(number) === undefined) return undefined
  const unit = written!.trim().replaceAll(/\s+/g, ' ').replace(/\.$/, '')
  const [, multiple, currency] = ofMoney.exec(unit) ?? []
  if (multiple !== undefined && multipleOf(multiple) !== undefined)
    return { number: `${number} ${currency}`, unit: multiple }
  return unit.split(' ').length > WORDS_MAX ? undefined : { number, unit: /^(st|nd|rd|th)$/.test(unit) ? 'th' : unit }
}

/** Reads a fraction, optionally after an integer. */
function fractionIn(cell: string): { readonly value: number; readonly isSure: boolean } | undefined {
  // Unicode decomposes 5½ to 51⁄2, hence the space.
  const text = plainText(cell.replace(/(?<=\d)(?=[\u00bc-\u00be\u2150-\u215e])/g, ' '))
  const [, sign, whole, upper, lower] = mixed.exec(text) ?? []
  if (upper === undefined || Number(lower) === 0) return undefined
  const value = Number(whole ?? 0) + Number(upper) / Number(lower)
  return { value: sign === '-' ? -value : value, isSure: whole !== undefined || text.includes('\u2044') }
}

function multipleOf(unit: string): number | undefined {
  const word = unit.length < 2 ? unit : unit.toLowerCase().replace(/s$/, '')
  return Object.hasOwn(MULTIPLES, word) ? MULTIPLES[word] : undefined
}

/** Returns whether two units are the same, as `month` and `Months`. Abbreviations are case-sensitive, as mW and MW. */
function isSameUnit(one: string, other: string): boolean {
  if (one === other) return true
  const [short, long] = [one.toLowerCase(), other.toLowerCase()].sort((a, b) => a.length - b.length) as [string, string]
  if (short.length >= 2 && long === `${short}s`) return true
  return short.length >= 3 && long.startsWith(short) && long.length <= short.length + 2
}

/** Counts the rows of each unit. */
function countUnits(cells: readonly CellCount[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { cell, count } of cells) {
    const found = suffixedNumber(cell)
    if (found !== undefined) counts.set(found.unit, (counts.get(found.unit) ?? 0) + count)
  }
  return counts
}

/** Decides the most frequent unit; empty if there is none. */
export function inferUnit(all: readonly CellCount[]): UnitFormat {
  const cells = all.filter(({ cell }) => !isPlainNumber(cell))
  if (cells.some(({ cell }) => fractionIn(cell)?.isSure === true)) return { fractions: true }
  const units = [...countUnits(cells)].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  if (units.length === 0) return {}
  const sizes = new Set(units.map(([unit]) => multipleOf(unit)))
  // On its own, m may be metres or minutes, and B bytes. 1.2k is 1200 even if all cells are in thousands, because a new
  // cell may be 1200.
  const isOpen = units.length === 1 && (units[0]![0] === 'm' || units[0]![0] === 'B')
  const areMultiples = !sizes.has(undefined) && !isOpen
  return areMultiples ? { multiples: true } : { unit: units[0]![0] }
}

/**
 * Splits a cell into its number and a multiplier. A cell without a unit is returned as it is; returns `undefined` for
 * one with another unit.
 */
export function withoutUnit(
  cell: string,
  { unit, multiples, fractions }: UnitFormat,
): { readonly number: string; readonly times: number } | undefined {
  if (fractions === true) {
    const fraction = fractionIn(cell)
    return fraction === undefined ? { number: cell, times: 1 } : { number: '1', times: fraction.value }
  }
  if (unit === undefined && multiples !== true) return { number: cell, times: 1 }
  const found = suffixedNumber(cell)
  if (found === undefined) return { number: cell, times: 1 }
  const times = multiples === true ? multipleOf(found.unit) : isSameUnit(found.unit, unit!) ? 1 : undefined
  return times === undefined ? undefined : { number: found.number, times }
}

/** Describes how units are read, for people; empty if there are none. */
export function unitMessage({ unit, multiples, fractions }: UnitFormat): string {
  if (fractions === true) return 'fractions count as such: 5 1/2 is 5.5'
  if (multiples === true) return 'k, M and so on count as thousands, millions and so on'
  return unit === undefined ? '' : `the unit is ${JSON.stringify(unit)}; cells with another one can't be read`
}

/** Explains that numbers with different units are not read as numbers; empty if that is not the case. */
export function mixedUnitsMessage(cells: readonly CellCount[]): string[] {
  const percent = rowsWhere(
    cells,
    (cell) => numberIn(cell, 'point')?.percent ?? numberIn(cell, 'comma')?.percent ?? false,
  )
  const counted = [...countUnits(cells), ...(percent > 0 ? [['%', percent] as const] : [])]
  const units = counted.sort((a, b) => b[1] - a[1])
  const known = rowsWhere(cells)
  const rows = units.reduce((sum, [, count]) => sum + count, 0)
  // Many different suffixes are parts of names rather than units.
  if (rows < 0.9 * known || units.length < 2 || units.length > 10) return []
  const shown = units.slice(0, 3).map(([unit]) => JSON.stringify(unit))
  return [`its numbers have different units (${shown.join(', ')}), and nothing is converted`]
}
