import { DAY_MS } from '../../schemas/durations.ts'
import { inferNameFormat, nameIn } from './cell-names.ts'
import { inferDateFormat, isDate, readDate } from './date-format.ts'
import { rowsWhere, type CellCount } from './known-cells.ts'
import {
  BAD_SHARE_MAX,
  mixedCurrenciesMessage,
  inferNumberFormat,
  numberFormatMessage,
  readNumber,
  type FileNumberFormat,
  type NumberFormat,
} from './number-format.ts'
import type { ColumnEncoding } from './column-encoding.ts'
import { bareCell, plainDigits } from './plain-text.ts'
import { inferTimeFormat, timeFormatMessage } from './time-format.ts'
import { sentinelMessage, missingMarkers, missingMarkersMessage } from './missing-markers.ts'
import { suffixedNumber, mixedUnitsMessage } from './units.ts'
import { timeOfDayIn, type DateOrder } from './written-dates.ts'
import { markEvidence } from './written-numbers.ts'

/** Hints from the user on the columns of a table. */
export interface ColumnHints {
  /** Columns whose numbers are category names. */
  readonly asCategories?: ReadonlySet<string>
  /** Columns to read as numbers, however many of their cells are not numbers. */
  readonly asNumbers?: ReadonlySet<string>
  readonly dates?: DateOrder | undefined
}

interface Kind {
  readonly encoding: ColumnEncoding
  readonly note: string
}

/**
 * Detects a column of numbers, dates or times of day; returns `undefined` for other columns. A few words among many
 * different values count as missing values.
 */
export function kindOf(
  column: string,
  cells: readonly CellCount[],
  file: FileNumberFormat,
  hints: ColumnHints,
): Kind | undefined {
  const found = kindOfAll(column, cells, file, hints)
  const words = found === undefined && hints.asCategories?.has(column) !== true ? missingMarkers(cells, isValue) : []
  if (found !== undefined || words.length === 0) return found
  const values = cells.filter(({ cell }) => !words.includes(cell))
  const ofValues = kindOfAll(column, values, file, hints)
  if (ofValues === undefined || ofValues.encoding.kind === 'category') return undefined
  return {
    encoding: { ...ofValues.encoding, standIns: words },
    note: [ofValues.note, missingMarkersMessage(cells, words)].filter((one) => one !== '').join('; '),
  }
}

function isValue(cell: string): boolean {
  const number = suffixedNumber(cell)?.number ?? cell
  return markEvidence(number) !== undefined || isDate(cell) || inferTimeFormat([{ cell, count: 1 }]) !== undefined
}

function kindOfAll(
  column: string,
  cells: readonly CellCount[],
  file: FileNumberFormat,
  { asCategories, asNumbers, dates }: ColumnHints,
): Kind | undefined {
  if (asCategories?.has(column) === true) return undefined
  const isForced = asNumbers?.has(column) === true
  // Dates first: 20261123 would also parse as a number, which is as wrong as reading 7/10 as a date.
  const dated = isForced ? undefined : datesOf(column, cells, dates)
  if (dated !== undefined) return dated
  const numbers = inferNumberFormat({ name: column }, cells, file, isForced)
  if (numbers !== undefined) return numbersOf(column, cells, numbers, isForced)
  const times = isForced ? undefined : inferTimeFormat(cells)
  return times === undefined
    ? undefined
    : { encoding: { kind: 'time', column, ...times }, note: timeFormatMessage(times) }
}

function datesOf(column: string, cells: readonly CellCount[], requested: DateOrder | undefined): Kind | undefined {
  const dated = inferDateFormat(column, cells, requested)
  if (dated === undefined) return undefined
  const moments = cells.map(({ cell }) => readDate(cell, dated)).filter((at) => at !== undefined)
  const clock = new Set(moments.map((at) => ((at % DAY_MS) + DAY_MS) % DAY_MS)).size > 1
  const isShort = cells.some(({ cell }) => /\D\d{2}$/.test(cell.trim()) && !/\d{4}/.test(plainDigits(cell)))
  const isCompact = cells.some(({ cell }) => /^\d{8}(?:\.0)?$/.test(cell.trim()))
  const words = dateFormatMessage(dated.order, moments)
  return {
    encoding: { kind: 'date', column, ...dated, ...(clock ? { clock } : {}) },
    note: [
      ...(isShort ? ['years of two digits are 1970 to 2069'] : []),
      ...(isCompact ? ['eight digits are year, month, day; --numeric reads numbers'] : []),
      words,
    ]
      .filter((one) => one !== '')
      .join('; '),
  }
}

function numbersOf(column: string, cells: readonly CellCount[], numbers: NumberFormat, isForced: boolean): Kind {
  const merged = mergedIn(cells, numbers)
  if (merged !== undefined && !isForced && merged.of <= NAMES_MAX) {
    const named = namesOf(column, cells, NAMES_MAX)
    return { ...named, note: [`${merged.words}, so they are names`, named.note].filter((one) => one !== '').join('; ') }
  }
  const isPadded = cells.some(({ cell }) => /^0\d/.test(bareCell(cell)))
  const notes = [
    numberFormatMessage(numbers),
    ...(merged === undefined ? [] : [`${merged.words}; if they are names, say --categories`]),
    ...(isPadded ? ['some begin with 0; if they are names, say --categories'] : []),
    sentinelMessage(cells, (cell) => readNumber(cell, numbers)),
  ]
  const isWhole = cells.every(
    ({ cell }) => /^[+-]?\d+$/.test(bareCell(cell)) || readNumber(cell, numbers) === undefined,
  )
  return {
    encoding: { kind: 'number', column, ...numbers, ...(isWhole ? { whole: true } : {}) },
    note: notes.filter((words) => words !== '').join('; '),
  }
}

/** Encodes a column as categories, the most frequent first. */
export function namesOf(column: string, cells: readonly CellCount[], most: number): Kind {
  const reading = inferNameFormat(cells.map(({ cell }) => cell))
  const counts = new Map<string, number>()
  for (const { cell, count } of cells) {
    const name = nameIn(cell, reading)
    counts.set(name, (counts.get(name) ?? 0) + count)
  }
  const names = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name)
  const categories = names.slice(0, most)
  const others = names.length - categories.length
  const notes = [
    ...(others > 0 ? [`the ${others} rarest are one category`] : []),
    ...(names.length < cells.length
      ? [
          reading.truth === 'words'
            ? 'words for yes and no are two categories'
            : `spellings that differ by ${reading.truth === true ? 'large letters' : 'space or as 1 and 1.0'} are one category`,
        ]
      : []),
    ...spellingMessages(names),
    ...nearMissMessages(cells),
  ]
  return { encoding: { kind: 'category', column, categories, ...reading }, note: notes.join('; ') }
}

/** Warns of names that differ only in case, and of names whose letters were lost in an encoding. */
function spellingMessages(names: readonly string[]): string[] {
  const bySmall = new Map<string, string>()
  const twice = names.flatMap((name) => {
    const other = bySmall.get(name.toLowerCase())
    bySmall.set(name.toLowerCase(), name)
    return other === undefined ? [] : [`${JSON.stringify(other)} and ${JSON.stringify(name)}`]
  })
  const lost = names.find((name) => name.includes('\ufffd'))
  return [
    ...(twice.length === 0 ? [] : [`${twice[0]} are different names${twice.length > 1 ? ', and so are others' : ''}`]),
    ...(lost === undefined
      ? []
      : [`letters were lost when the file was written, in ${JSON.stringify(lost)} for example`]),
  ]
}

/** Explains why a column is not read as the kind of most of its cells. */
export function nearMissMessages(cells: readonly CellCount[]): string[] {
  const units = [...mixedUnitsMessage(cells), ...mixedCurrenciesMessage(cells)]
  if (units.length > 0) return units
  const known = rowsWhere(cells)
  const kinds = [
    ['numbers', (cell: string) => readNumber(cell, POINT) !== undefined || readNumber(cell, COMMA) !== undefined],
    ['dates', isDate],
    ['times of day', (cell: string) => timeOfDayIn(cell) !== undefined],
  ] as const
  for (const [kind, is] of kinds) {
    const others = cells.filter(({ cell }) => !is(cell))
    const share = rowsWhere(others) / known
    if (share > BAD_SHARE_MAX && share < 0.5)
      return [
        `${(100 * share).toFixed(0)} % of its cells are no ${kind}, ${JSON.stringify(others[0]!.cell)} for example, and at most ${100 * BAD_SHARE_MAX} % may be${kind === 'numbers' ? ': --numeric reads them as missing' : ''}`,
      ]
  }
  return []
}

const POINT = { style: 'point', groups: true, percent: 'same' } as const
const COMMA = { style: 'comma', groups: true, percent: 'same' } as const

/** Numbers that are equal in single precision are read as names, if there are no more distinct ones than this. */
const NAMES_MAX = 250

/** Finds integers that become equal in the 24-bit precision of Float32. Returns `undefined` if there are none. */
function mergedIn(
  cells: readonly CellCount[],
  reading: NumberFormat,
): { readonly of: number; readonly words: string } | undefined {
  const exact = new Map<number | bigint, number>()
  for (const { cell } of cells) {
    const value = readNumber(cell, reading)
    const whole = cell.trim()
    // A double has only 15 reliable digits.
    if (value !== undefined) exact.set(/^-?\d{16,}$/.test(whole) ? BigInt(whole) : value, value)
  }
  const known = [...exact].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  const merged = known.length - new Set(known.map(([, value]) => Math.fround(value))).size
  if (merged === 0) return undefined
  const firstMerged = known.findIndex(
    ([, value], index) => index > 0 && Math.fround(value) === Math.fround(known[index - 1]![1]),
  )
  return {
    of: known.length,
    words: `${merged} of ${known.length} different numbers can't be told from their neighbours in single precision, ${known[firstMerged - 1]![0]} and ${known[firstMerged]![0]} for example`,
  }
}

/** Years often used as a placeholder for a missing date. */
const PLACEHOLDER_YEARS = [1, 1900, 2099, 2999, 9999]
/** Years after this are hardly meant, unless in another calendar. */
const FAR_YEAR = 2150
/** Earlier years are hardly Gregorian; in 1300 to 1500 are today's years of the Persian and the Islamic calendar. */
const GREGORIAN_FROM = 1583
const FAR_FROM_EPOCH_MS = 10 * 365 * DAY_MS

/** Returns whether some dates are the epoch, far from all others: programs write 0 for a missing date. */
function isEpochAlone(moments: readonly number[]): boolean {
  const others = moments.filter((at) => at !== 0)
  return others.length > 0 && others.length < moments.length && others.every((at) => Math.abs(at) > FAR_FROM_EPOCH_MS)
}

function dateFormatMessage(order: DateOrder | undefined, moments: readonly number[]): string {
  const years = new Set(moments.map((at) => new Date(at).getUTCFullYear()))
  const odd = PLACEHOLDER_YEARS.filter((year) => years.has(year))
  const isAlone = years.size <= odd.length
  const farthest = Math.max(...years)
  const isFar = farthest > FAR_YEAR && !PLACEHOLDER_YEARS.includes(farthest)
  return [
    ...(order === undefined ? [] : [order === 'dmy' ? 'day first' : 'month first']),
    ...(odd.length === 0 || isAlone
      ? []
      : [`dates of the ${odd.length > 1 ? 'years' : 'year'} ${odd.join(', ')} are read as such: are they meant?`]),
    ...(isEpochAlone(moments) ? ['1970-01-01 is read as such, far from all others: is it meant?'] : []),
    ...(farthest < GREGORIAN_FROM && farthest > 1000
      ? [`years up to ${farthest} are read in the Gregorian calendar: convert them if they are of another one`]
      : []),
    ...(isFar ? [`years up to ${farthest} are read as such: are they meant?`] : []),
  ].join('; ')
}
