import { quantile } from '../evaluation/quantile.ts'
import { TableError, type Table, type TableColumn } from './table.ts'
import { knownCells, rowsWhere, type CellCount } from './known-cells.ts'
import { decideUnit, unitWords, withoutUnit, type UnitReading } from './units.ts'
import { markEvidence, numberIn, type NumberStyle, type WrittenNumber } from './written-numbers.ts'

/** How the numbers of a column are written, decided once on the training rows. */
export interface NumberReading extends UnitReading {
  readonly style: NumberStyle
  /** Whether 1,234 (or 1.234 beside a decimal comma) is a thousand and more; otherwise such a cell is not read. */
  readonly groups?: boolean
  /**
   * `all`: every cell has a percent sign, and is its hundredth. `same`: some have one, of the same size as the others,
   * and the sign changes nothing. `hundredth`: some have one, and are hundredths. Not given: no cell has one.
   */
  readonly percent?: 'all' | 'same' | 'hundredth'
  /** Not given: no cell names one. Cells in another one are not read. */
  readonly currency?: string
}

/** What the number columns of a file say of its decimal mark, as shares of 1 a column. */
export interface FileStyle {
  readonly point: boolean
  readonly comma: boolean
  /** Some cells are written in groups of thousands. */
  readonly groups: boolean
  /** Named by the user. */
  readonly given: NumberStyle | undefined
  /** Cells are parted by commas, as where decimals have a point. */
  readonly commaSeparated: boolean
}

/** Up to this share of the known cells of a column may be no numbers (or dates): they count as missing. */
export const BAD_SHARE_MAX = 0.1
/** With this many different numbers, three digits after every mark mean thousands if other numbers have no mark. */
const SINGLES_MIN = 20
/** Cells with a percent sign that are this many times larger than those without are hundredths. */
const PERCENT_RATIO = 10

interface Marks {
  readonly known: number
  readonly numbers: number
  readonly point: number
  readonly comma: number
  /** Rows with 1.234, and with 1,234: another number with the other decimal mark. */
  readonly single: Readonly<Record<NumberStyle, number>>
  readonly singles: readonly string[]
  /** Whole numbers without groups: below a thousand, and the others. */
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

/** What all number columns together say, on the given rows. `given`: what the user says. */
export function fileStyle(table: Table, rows: Int32Array, given?: NumberStyle): FileStyle {
  const found = { point: false, comma: false, groups: false }
  for (const column of table.columns) {
    const known = knownCells(column, rows)
    const cells = bareNumbers(known, decideUnit(known))
    const marks = marksOf(cells)
    if (!isNumeric(marks)) continue
    const { point, comma } = marks
    if (point > comma && comma <= BAD_SHARE_MAX * marks.known) found.point = true
    if (comma > point && point <= BAD_SHARE_MAX * marks.known) found.comma = true
    found.groups ||= cells.some(({ cell }) => /\d[.,]\d{3}[.,]\d/.test(cell))
  }
  return { ...found, given, commaSeparated: table.separator === undefined || table.separator === ',' }
}

/** The cells without the unit of their column; those with another one stay as they are, and so are no numbers. */
function bareNumbers(cells: readonly CellCount[], unit: UnitReading): readonly CellCount[] {
  if (Object.keys(unit).length === 0) return cells
  return cells.map(({ cell, count }) => ({ cell: withoutUnit(cell, unit)?.number ?? cell, count }))
}

/**
 * How the numbers of a column are written, judged by its own cells, then by the other columns of the file. `undefined`:
 * it is no column of numbers. `forced`: it is one whatever the share of other cells. Throws `TableError` where the same
 * cells could be two numbers and nothing says which.
 */
export function decideNumbers(
  { name }: Pick<TableColumn, 'name'>,
  known: readonly CellCount[],
  file: FileStyle,
  forced = false,
): NumberReading | undefined {
  const unit = decideUnit(known)
  const cells = bareNumbers(known, unit)
  const marks = marksOf(cells)
  if (marks.numbers === 0 || (!forced && !isNumeric(marks))) return undefined
  // 1,234 million beside 250 thousand is no sign of groups.
  const style = file.given ?? styleOf(name, unit.multiples === true ? { ...marks, small: 0 } : marks, file)
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
  // Amounts in other currencies are not read.
  const unread = rowsWhere(known, (cell) => readNumber(cell, reading) === undefined)
  return !forced && currency !== undefined && unread > BAD_SHARE_MAX * marks.known ? undefined : reading
}

/** Why amounts in several currencies are no numbers of one column; empty where they are not such. */
export function currencyWords(cells: readonly CellCount[]): string[] {
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

function styleOf(name: string, marks: Marks, file: FileStyle): NumberStyle {
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

/** Whether cells such as 1,234 are grouped: not where more numbers of four digits and more are written without. */
function groupsOf({ single, large }: Marks, style: NumberStyle, file: FileStyle): boolean {
  const grouped = single[style === 'point' ? 'comma' : 'point']
  return grouped === 0 ? file.groups && large === 0 : grouped > large
}

function percentOf(read: readonly (WrittenNumber & CellCountOnly)[]): NumberReading['percent'] {
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

/** A whole number that another program wrote as 30.0. */
const wholeDecimal = /^\s*[+-]?\d+[.,]0{1,2}\s*$/

function readWritten(cell: string, { style, groups }: NumberReading): WrittenNumber | undefined {
  const written = numberIn(wholeDecimal.test(cell) ? cell.replace(/[.,]0+\s*$/, '') : cell, style)
  // 1,234 where thousands are not grouped: the mark is not this column's.
  const isForeign = groups !== true && cell.includes(style === 'point' ? ',' : '.') && markEvidence(cell) === 'single'
  return isForeign ? undefined : written
}

/** The number of a cell as its column writes them; `undefined`: it is none, or not one of this column. */
export function readNumber(cell: string, reading: NumberReading): number | undefined {
  const bare = withoutUnit(cell, reading)
  const written = bare === undefined ? undefined : readWritten(bare.number, reading)
  if (written === undefined || !Number.isFinite(Math.fround(written.value))) return undefined
  const { percent, currency } = written
  const value = written.value * bare!.times
  if (currency !== null && reading.currency !== undefined && currency !== reading.currency) return undefined
  if (value === 0) return 0
  if (!percent) return reading.percent === 'all' ? undefined : value
  if (reading.percent === undefined) return undefined
  return reading.percent === 'same' ? value : value / 100
}

/** How numbers are written where that is not obvious; empty if it is. */
export function numberWords({ style, groups, percent, currency, ...unit }: NumberReading): string {
  const ofUnit = unitWords(unit)
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
