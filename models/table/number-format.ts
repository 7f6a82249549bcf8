import { quantile } from '../evaluation/quantile.ts'
import { TableError, type Table, type TableColumn } from './table.ts'
import { knownCells, rowsWhere, type CellCount } from './known-cells.ts'
import { inferUnit, unitMessage, withoutUnit, type UnitFormat } from './units.ts'
import { markEvidence, numberIn, type DecimalMark, type WrittenNumber } from './written-numbers.ts'

/** Number format of a column, decided once on the training rows. */
export interface NumberFormat extends UnitFormat {
  readonly style: DecimalMark
  /**
   * Whether 1,234 (1.234 with a decimal comma) is read with a thousands separator; otherwise such cells are not read.
   */
  readonly groups?: boolean
  /**
   * `all`: every cell has a percent sign and is divided by 100. `same`: some have one but are of the same magnitude as
   * the others, so the sign is ignored. `hundredth`: cells with a percent sign are divided by 100. Absent if no cell
   * has one.
   */
  readonly percent?: 'all' | 'same' | 'hundredth'
  /** Currency of the column; cells in another one are not read. Absent if no cell has a currency. */
  readonly currency?: string
}

/** What the number columns of a file show about its number format. */
export interface FileNumberFormat {
  readonly point: boolean
  readonly comma: boolean
  /** Whether some cells have thousands separators. */
  readonly groups: boolean
  /** Decimal mark given by the user. */
  readonly requested: DecimalMark | undefined
  /** Whether cells are separated by commas, which suggests a decimal point. */
  readonly commaSeparated: boolean
}

/** Maximum share of a column's known cells that may fail to parse as numbers (or dates); they count as missing. */
export const BAD_SHARE_MAX = 0.1
/**
 * Number of distinct cells such as 1.234 from which their mark is a thousands separator, if all other numbers are small
 * and have no mark.
 */
const SINGLES_MIN = 20
/** Ratio of the medians from which cells with a percent sign are hundredths beside those without. */
const PERCENT_RATIO = 10

interface Marks {
  readonly known: number
  readonly numbers: number
  readonly point: number
  readonly comma: number
  /** Rows with 1.234 and with 1,234, whose value depends on the decimal mark. */
  readonly single: Readonly<Record<DecimalMark, number>>
  readonly singles: readonly string[]
  /** Rows with ungrouped integers of up to three digits, and of more. */
  readonly small: number
  readonly large: number
}

function marksOf(cells: readonly CellCount[]): Marks {
  const marks = { known: 0, numbers: 0, point: 0, comma: 0, small: 0, large: 0 }
  const single = { point: 0, comma: 0 }
  const singles: string[] = []
  for (const { cell, count } of cells) {
    marks.known += count
    const mark = markEvidence(cell)
    if (mark === undefined) continue
    marks.numbers += count
    if (mark === 'single') {
      single[cell.includes('.') ? 'point' : 'comma'] += count
      singles.push(cell)
      continue
    }
    if (mark !== 'either') marks[mark] += count
    if (/^\D*\d{4}/.test(cell)) marks.large += count
    else if (/^\D*\d{1,3}\D*$/.test(cell)) marks.small += count
  }
  return { ...marks, single, singles }
}

const isNumeric = ({ known, numbers }: Marks): boolean => numbers > 0 && known - numbers <= BAD_SHARE_MAX * known

/** Derives the format from all number columns together, on the given rows. `given` is the user's choice. */
export function inferFileNumberFormat(table: Table, rows: Int32Array, requested?: DecimalMark): FileNumberFormat {
  const found = { point: false, comma: false, groups: false }
  for (const column of table.columns) {
    const known = knownCells(column, rows)
    const cells = bareNumbers(known, inferUnit(known))
    const marks = marksOf(cells)
    if (!isNumeric(marks)) continue
    const { point, comma } = marks
    if (point > comma && comma <= BAD_SHARE_MAX * marks.known) found.point = true
    if (comma > point && point <= BAD_SHARE_MAX * marks.known) found.comma = true
    found.groups ||= cells.some(({ cell }) => /\d[.,]\d{3}[.,]\d/.test(cell))
  }
  return { ...found, requested, commaSeparated: table.separator === undefined || table.separator === ',' }
}

/** Strips the column's unit. Cells with another unit are unchanged and therefore do not parse as numbers. */
function bareNumbers(cells: readonly CellCount[], unit: UnitFormat): readonly CellCount[] {
  if (Object.keys(unit).length === 0) return cells
  return cells.map(({ cell, count }) => ({ cell: withoutUnit(cell, unit)?.number ?? cell, count }))
}

/**
 * Decides the number format of a column from its own cells, then from the other columns of the file; returns
 * `undefined` if it is not a column of numbers. With `forced`, any share of other cells is accepted. Throws
 * `TableError` if cells are ambiguous and nothing decides.
 */
export function inferNumberFormat(
  { name }: Pick<TableColumn, 'name'>,
  known: readonly CellCount[],
  file: FileNumberFormat,
  forced = false,
): NumberFormat | undefined {
  const unit = inferUnit(known)
  const cells = bareNumbers(known, unit)
  const marks = marksOf(cells)
  if (marks.numbers === 0 || (!forced && !isNumeric(marks))) return undefined
  // 1,234 million beside 250 thousand is no evidence of thousands separators.
  const style = file.requested ?? styleOf(name, unit.multiples === true ? { ...marks, small: 0 } : marks, file)
  const grouped = groupsOf(marks, style, file)
  const read = cells.flatMap(({ cell, count }) => {
    const written = readWritten(cell, { style, groups: grouped })
    return written === undefined ? [] : [{ ...written, count }]
  })
  const numbers = read.reduce((sum, { count }) => sum + count, 0)
  if (!forced && marks.known - numbers > BAD_SHARE_MAX * marks.known) return undefined
  const percent = percentOf(read)
  const currency = currencyOf(read)
  const reading = {
    style,
    ...unit,
    ...(grouped ? { groups: true } : {}),
    ...(percent === undefined ? {} : { percent }),
    ...(currency === undefined ? {} : { currency }),
  }
  // Amounts in other currencies or units are not read, and count against the column.
  const unread = rowsWhere(known, (cell) => readNumber(cell, reading) === undefined)
  return !forced && (currency ?? unit.unit) !== undefined && unread > BAD_SHARE_MAX * marks.known ? undefined : reading
}

/** Explains that amounts in several currencies are not read as numbers; empty if that is not the case. */
export function mixedCurrenciesMessage(cells: readonly CellCount[]): string[] {
  const written = cells.flatMap(({ cell, count }) => {
    const found = numberIn(cell, 'point') ?? numberIn(cell, 'comma')
    return found === undefined ? [] : [{ ...found, count }]
  })
  const currencies = new Set(written.flatMap(({ currency }) => currency ?? []))
  const rows = written.reduce((sum, { count }) => sum + count, 0)
  if (currencies.size < 2 || rows < (1 - BAD_SHARE_MAX) * rowsWhere(cells)) return []
  return [
    `its amounts are in different currencies (${[...currencies].slice(0, 3).join(', ')}), and nothing is converted`,
  ]
}

function styleOf(name: string, marks: Marks, file: FileNumberFormat): DecimalMark {
  const { point, comma, known, singles } = marks
  if (point > 0 || comma > 0) {
    if (Math.min(point, comma) > BAD_SHARE_MAX * known)
      throw new TableError(
        `Column ${name} has decimals with a point in ${point} rows and with a comma in ${comma}: say --decimal point or --decimal comma, or leave it out with --drop.`,
      )
    return point >= comma ? 'point' : 'comma'
  }
  const ofFile = file.point === file.comma ? undefined : file.point ? 'point' : 'comma'
  const [shown] = singles
  if (shown === undefined) return ofFile ?? 'point'
  const mark = shown.includes('.') ? 'point' : 'comma'
  if (singles.some((cell) => cell.includes('.') !== shown.includes('.'))) throw ambiguous(name, shown)
  const looksGrouped = singles.length >= SINGLES_MIN && marks.small > 0 && marks.large === 0
  if (looksGrouped) {
    const other = mark === 'point' ? 'comma' : 'point'
    if (ofFile !== undefined && ofFile !== other) throw ambiguous(name, shown)
    return other
  }
  if (ofFile !== undefined) return ofFile
  if (file.commaSeparated) return 'point'
  throw ambiguous(name, shown)
}

function ambiguous(name: string, cell: string): TableError {
  return new TableError(
    `Column ${name} has cells such as ${JSON.stringify(cell)}, and nothing says whether the mark is a decimal one or parts thousands: say --decimal point or --decimal comma.`,
  )
}

/**
 * Returns whether cells such as 1,234 have a thousands separator: not if more numbers of at least four digits have
 * none.
 */
function groupsOf({ single, large }: Marks, style: DecimalMark, file: FileNumberFormat): boolean {
  const grouped = single[style === 'point' ? 'comma' : 'point']
  return grouped === 0 ? file.groups && large === 0 : grouped > large
}

function percentOf(read: readonly (WrittenNumber & CellCountOnly)[]): NumberFormat['percent'] {
  const [marked, unmarked] = [read.filter(({ percent }) => percent), read.filter(({ percent }) => !percent)]
  if (marked.length === 0) return undefined
  const others = unmarked.filter(({ value }) => value !== 0)
  if (others.length === 0) return 'all'
  const middle = (cells: readonly WrittenNumber[]) =>
    quantile(Float64Array.from(cells, ({ value }) => Math.abs(value)).sort(), 0.5)
  return middle(marked.filter(({ value }) => value !== 0)) > PERCENT_RATIO * middle(others) ? 'hundredth' : 'same'
}

interface CellCountOnly {
  readonly count: number
}

function currencyOf(read: readonly (WrittenNumber & CellCountOnly)[]): string | undefined {
  const counts = new Map<string, number>()
  for (const { currency, count } of read)
    if (currency !== null) counts.set(currency, (counts.get(currency) ?? 0) + count)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0]
}

/** An integer that another program wrote as 30.0. */
const wholeDecimal = /^\s*[+-]?\d+[.,]0{1,2}\s*$/

function readWritten(cell: string, { style, groups }: NumberFormat): WrittenNumber | undefined {
  const written = numberIn(wholeDecimal.test(cell) ? cell.replace(/[.,]0+\s*$/, '') : cell, style)
  // 1,234 in a column without thousands separators uses a mark that the column does not have.
  const isForeign = groups !== true && cell.includes(style === 'point' ? ',' : '.') && markEvidence(cell) === 'single'
  return isForeign ? undefined : written
}

/** Returns the number of a cell in the column's format; `undefined` if it is not one. */
export function readNumber(cell: string, reading: NumberFormat): number | undefined {
  const bare = withoutUnit(cell, reading)
  const written = bare === undefined ? undefined : readWritten(bare.number, reading)
  if (written === undefined || !Number.isFinite(Math.fround(written.value))) return undefined
  const { percent, currency } = written
  // 3 % beside 3 ‰ or 3 bps: the sign is the cell's unit, and another one than the column's.
  if (percent && reading.unit !== undefined && bare!.number === cell) return undefined
  const value = written.value * bare!.times
  if (currency !== null && reading.currency !== undefined && currency !== reading.currency) return undefined
  if (value === 0) return 0
  if (!percent) return reading.percent === 'all' ? undefined : value
  if (reading.percent === undefined) return undefined
  return reading.percent === 'same' ? value : value / 100
}

/** Describes the number format for people; empty if it is obvious. */
export function numberFormatMessage({ style, groups, percent, currency, ...unit }: NumberFormat): string {
  const ofUnit = unitMessage(unit)
  return [
    ...(ofUnit === '' ? [] : [ofUnit]),
    ...(style === 'comma' ? ['decimal comma'] : []),
    ...(groups === true ? [`thousands parted, 1${style === 'comma' ? '.' : ','}234 is 1234`] : []),
    ...(percent === 'all' ? ['percentages count as hundredths'] : []),
    ...(percent === 'same' ? ['some cells have a percent sign, which changes nothing: 12.5 % is 12.5'] : []),
    ...(percent === 'hundredth' ? ['cells with a percent sign count as hundredths: 12.5 % is 0.125'] : []),
    ...(currency === undefined ? [] : [`amounts in ${currency}`]),
  ].join('; ')
}
