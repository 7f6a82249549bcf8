import { inferNameFormat, nameIn, type NameFormat } from './cell-names.ts'
import { inferDateFormat, isDate, readDate } from './date-format.ts'
import { isBroken, knownCells, rowsWhere, type CellCount } from './known-cells.ts'
import { markEvidence } from './written-numbers.ts'
import {
  BAD_SHARE_MAX,
  inferNumberFormat,
  inferFileNumberFormat,
  numberFormatMessage,
  readNumber,
  type FileNumberFormat,
  type NumberFormat,
} from './number-format.ts'
import { missingMarkers } from './missing-markers.ts'
import { columnNamed, isAbsent, rowLocation, TableError, type Table } from './table.ts'
import { inferTimeFormat } from './time-format.ts'
import { meansNo, meansYes } from './truth-words.ts'
import { timeOfDayIn, type DateOrder } from './written-dates.ts'

/** The labels to learn, and their rows. */
export interface Target {
  readonly kind: 'classification' | 'regression'
  /** Rows with a known label. */
  readonly rows: Int32Array
  /** Label of each of these rows. */
  readonly labels: Float64Array
  /** For two classes: the name that means 1. */
  readonly positive: string | null
  /** Names of several classes, which the labels index. */
  readonly classes: readonly string[] | null
  /** Cells that are neither missing nor a label; their rows are excluded. */
  readonly unread: readonly { readonly cell: string; readonly row: number }[]
}

export interface TargetOptions {
  readonly positive?: string | undefined
  readonly kind?: 'classification' | 'regression' | undefined
}

/** Meaning of a target's cells, decided once and applied to other tables, too. */
export interface TargetEncoding {
  readonly column: string
  readonly kind: Target['kind']
  /**
   * Number format, also of numeric classes, where cells that are not numbers are no labels. `undefined` if cells are
   * names.
   */
  readonly numbers: NumberFormat | undefined
  readonly names: NameFormat
  /** For two classes: the name that means 1. */
  readonly positive: string | null
  /** For two classes: the names that mean 0. */
  readonly zeros: readonly string[]
  /** Names of several classes, in label order. */
  readonly classes: readonly string[] | null
  /** Note for people: the number format, or which names count as 0. */
  readonly note: string
}

/** Maximum number of classes. */
const CLASSES_MAX = 250

/**
 * Decides the kind of a target from the given rows: two distinct cells are two classes, more names several classes,
 * more numbers a rate. Throws `TableError` if it is ambiguous.
 */
export function inferTarget(
  table: Table,
  column: string,
  file: FileNumberFormat,
  { positive, kind }: TargetOptions = {},
  rows: Int32Array = allRows(table),
): TargetEncoding {
  const cells = knownCells(columnNamed(table, column), rows)
  if (cells.length === 0) throw new TableError(`The target ${column} is missing in every row.`)
  const numbers = numbersOfTarget(column, cells, file, kind === 'classification' || positive !== undefined)
  // In a numeric target, even of classes, a cell that is not a number is invalid rather than a class.
  const labels = numbers === undefined ? cells : cells.filter(({ cell }) => readNumber(cell, numbers) !== undefined)
  // Considers all rows, because a separate file of test rows may spell names differently.
  const everywhere = knownCells(columnNamed(table, column), allRows(table)).map(({ cell }) => cell)
  const names = inferNameFormat(
    numbers === undefined ? everywhere : everywhere.filter((cell) => readNumber(cell, numbers) !== undefined),
  )
  const counts = new Map<string, number>()
  for (const { cell, count } of labels) {
    const name = nameIn(cell, names)
    counts.set(name, (counts.get(name) ?? 0) + count)
  }
  const common = { column, numbers, names }
  const isRate =
    kind === 'regression' || (kind === undefined && positive === undefined && numbers !== undefined && counts.size > 2)
  if (isRate) {
    const reading = numbers ?? rejectNames(column, cells)
    if (kind === undefined) rejectStrayClasses(column, counts)
    const note = [numberFormatMessage(reading), ...(kind === undefined ? fewValuesMessages(counts) : [])]
    const words = note.filter((one) => one !== '').join('; ')
    return { ...common, kind: 'regression', positive: null, zeros: [], classes: null, note: words }
  }
  if (positive === undefined && counts.size > 2) {
    if (kind === undefined) rejectDates(column, labels)
    const classes = classNames(column, counts)
    return { ...common, kind: 'classification', positive: null, zeros: [], classes, note: rareClassesMessage(counts) }
  }
  const one = positiveOf(column, [...counts.keys()], positive, common)
  const zeros = [...counts.keys()].filter((name) => name !== one)
  const note = [
    ...binaryLabelMessages(one, zeros, positive === undefined),
    ...(names.truth === 'words' ? ['words for yes and no are read as "yes" and "no"'] : []),
    ...(zeros.length === 1 ? [rareClassesMessage(counts)] : []),
  ].filter((words) => words !== '')
  return { ...common, kind: 'classification', positive: one, zeros, classes: null, note: note.join('; ') }
}

/** Returns the number format of a target. For a rate, a few words among many numbers count as missing values. */
function numbersOfTarget(
  column: string,
  cells: readonly CellCount[],
  file: FileNumberFormat,
  isClass: boolean,
): NumberFormat | undefined {
  const named = { name: `${column}, the target,` }
  const numbers = inferNumberFormat(named, cells, file)
  if (numbers !== undefined || isClass) return numbers
  const words = missingMarkers(cells, (cell) => markEvidence(cell) !== undefined)
  return words.length === 0
    ? undefined
    : inferNumberFormat(
        named,
        cells.filter(({ cell }) => !words.includes(cell)),
        file,
      )
}

function rejectNames(column: string, cells: readonly CellCount[]): never {
  const wrong = cells.find(({ cell }) => markEvidence(cell) === undefined) ?? cells[0]!
  throw new TableError(
    `The target ${column} has the cell ${JSON.stringify(wrong.cell)}, which is no number, and more than ${100 * BAD_SHARE_MAX} % of such cells.`,
  )
}

/** Refuses a column of two values with a few others, such as -9 or 0.5, as a rate. */
function rejectStrayClasses(column: string, counts: ReadonlyMap<string, number>): void {
  if (counts.size > STRAY_MAX) return
  const sorted = [...counts].sort((one, other) => other[1] - one[1])
  const rows = sorted.reduce((sum, [, count]) => sum + count, 0)
  const strays = sorted.slice(2)
  const values = sorted.map(([name]) => Number(name))
  const areCounts = values.every(Number.isInteger) && Math.max(...values) - Math.min(...values) === values.length - 1
  if (areCounts || strays.reduce((sum, [, count]) => sum + count, 0) > BAD_SHARE_MAX * rows) return
  throw new TableError(
    `The target ${column} is ${sorted[0]![0]} or ${sorted[1]![0]} but for ${strays.map(([name, count]) => `${JSON.stringify(name)} (${rowsOf(count)})`).join(', ')}: empty those cells if they are missing, or say --task classify, --task regress or --positive.`,
  )
}

/** Up to this many distinct numbers may also be classes, which the note mentions. */
const FEW = 10
/** Maximum number of distinct values in such a column: two classes and two strays. */
const STRAY_MAX = 4

function fewValuesMessages(counts: ReadonlyMap<string, number>): string[] {
  if (counts.size > FEW) return []
  return [`its ${counts.size} different numbers are read as a rate; --task classify reads them as classes`]
}

/** Refuses dates and durations: they are not classes, and as numbers they could be in several units. */
function rejectDates(column: string, cells: readonly CellCount[]): void {
  const found = [
    ['dates', isDate],
    ['times or durations', (cell: string) => inferTimeFormat([{ cell, count: 1 }]) !== undefined],
  ] as const
  for (const [what, is] of found)
    if (rowsWhere(cells, is) >= (1 - BAD_SHARE_MAX) * rowsWhere(cells))
      throw new TableError(
        `The target ${column} holds ${what}, ${JSON.stringify(cells[0]!.cell)} for example: write it as a number, of days or hours, or say --task classify.`,
      )
}

/** Reads a table's rows with a known label, their labels, and the cells that are not labels. */
export function readTarget(table: Table, reading: TargetEncoding): Target {
  const { cells, codes } = columnNamed(table, reading.column)
  const value = (cell: string): number => {
    if (isAbsent(cell) || isBroken(cell)) return Number.NaN
    const number = reading.numbers === undefined ? undefined : readNumber(cell, reading.numbers)
    if (reading.numbers !== undefined && number === undefined) return Number.NaN
    if (reading.kind === 'regression') return number!
    if (reading.classes !== null) {
      const index = reading.classes.indexOf(nameIn(cell, reading.names))
      return index === -1 ? Number.NaN : index
    }
    return nameIn(cell, reading.names) === reading.positive ? 1 : 0
  }
  const values = cells.map(value)
  const rows = Int32Array.from(codes.keys()).filter((row) => !Number.isNaN(values[codes[row]!]!))
  const unread = Int32Array.from(codes.keys()).filter(
    (row) => Number.isNaN(values[codes[row]!]!) && !isAbsent(cells[codes[row]!]!),
  )
  return {
    kind: reading.kind,
    rows,
    labels: Float64Array.from(rows, (row) => values[codes[row]!]!),
    positive: reading.positive,
    classes: reading.classes,
    unread: Array.from(unread, (row) => ({ cell: cells[codes[row]!]!, row })),
  }
}

/**
 * Returns the class names in the given rows that did not occur in the rows on which the target was decided. Empty for
 * rates, and if all names but one count as 0.
 */
export function unknownClasses(
  table: Table,
  { column, kind, numbers, names, positive, zeros, classes }: TargetEncoding,
  rows: Int32Array,
): readonly string[] {
  const known = classes ?? (zeros.length === 1 ? [positive!, ...zeros] : undefined)
  if (kind === 'regression' || known === undefined) return []
  const labels = knownCells(columnNamed(table, column), rows).filter(
    ({ cell }) => numbers === undefined || readNumber(cell, numbers) !== undefined,
  )
  return [...new Set(labels.map(({ cell }) => nameIn(cell, names)))].filter((name) => !known.includes(name))
}

function allRows({ count }: Table): Int32Array {
  return Int32Array.from({ length: count }, (_, row) => row)
}

/** Returns the class names, in numerical order if they are numbers. */
function classNames(column: string, counts: ReadonlyMap<string, number>): string[] {
  const rows = [...counts.values()].reduce((sum, count) => sum + count, 0)
  if (counts.size > CLASSES_MAX || 2 * counts.size > rows)
    throw new TableError(
      `The target ${column} has ${counts.size} different cells (${shown([...counts.keys()])}) in ${rows} rows: these are no classes. Say which of them is meant with --positive.`,
    )
  const names = [...counts.keys()]
  const areNumbers = names.every((name) => Number.isFinite(Number(name)))
  return areNumbers ? names.sort((one, other) => Number(one) - Number(other)) : names.sort()
}

function positiveOf(
  column: string,
  known: readonly string[],
  requested: string | undefined,
  reading: Pick<TargetEncoding, 'numbers' | 'names'>,
): string {
  if (known.length === 1)
    throw new TableError(
      `The target ${column} is ${JSON.stringify(known[0]!.slice(0, 60))} in every row: with a single class there is nothing to learn.`,
    )
  if (requested === undefined) return known.find(meansYes) ?? largestOrLast(known)
  const found = namedIn(known, requested, reading)
  if (found === undefined)
    throw new TableError(`The target ${column} is never ${JSON.stringify(requested)}. It has: ${shown(known)}.`)
  return found
}

/** Finds a name as written in cells, by its number, or ignoring case; `undefined` if none or several match. */
function namedIn(
  known: readonly string[],
  requested: string,
  { numbers, names }: Pick<TargetEncoding, 'numbers' | 'names'>,
): string | undefined {
  const name = nameIn(requested, names)
  if (known.includes(name)) return name
  const value = numbers === undefined ? undefined : (readNumber(requested, numbers) ?? readNumber(requested, PLAIN))
  const alike = known.filter((one) =>
    value === undefined ? one.toLowerCase() === name.toLowerCase() : readNumber(one, numbers!) === value,
  )
  return alike.length === 1 ? alike[0] : undefined
}

const PLAIN = { style: 'point' } as const

/** Describes which names count as 1 and as 0, if that is not obvious. */
function binaryLabelMessages(one: string, zeros: readonly string[], isOpen: boolean): string[] {
  if (isOpen && !isSurely(one, zeros[0]!))
    return [
      `${JSON.stringify(one)} counts as 1 and ${JSON.stringify(zeros[0])} as 0, which is a guess; --positive says otherwise`,
    ]
  return zeros.length === 1 ? [] : [`all but ${JSON.stringify(one)} count as 0: ${shown(zeros)}`]
}

/** Returns whether the meaning is certain: 1 beside 0 is yes, 1 beside 2 may be either. */
function isSurely(one: string, zero: string): boolean {
  return meansYes(one) && (one !== '1' || meansNo(zero))
}

/** Returns the largest number, or the alphabetically last name. */
function largestOrLast(known: readonly string[]): string {
  const areNumbers = known.every((name) => Number.isFinite(Number(name)))
  return areNumbers ? known.toSorted((a, b) => Number(a) - Number(b)).at(-1)! : known.toSorted().at(-1)!
}

/** Minimum number of rows to learn a class from; rarer names are often misspellings of others. */
const CLASS_ROWS_MIN = 5
/** In smaller data both classes are rare, so that a warning is pointless. */
const ROWS_MIN = 20

function rareClassesMessage(counts: ReadonlyMap<string, number>): string {
  const rare = [...counts].filter(([, count]) => count < CLASS_ROWS_MIN)
  const rows = [...counts.values()].reduce((sum, count) => sum + count, 0)
  if (rare.length === 0 || (counts.size === 2 && rows < ROWS_MIN)) return ''
  const words = rare.slice(0, 6).map(([name, count]) => `${JSON.stringify(name)} (${count})`)
  if (counts.size === 2) return `only ${rowsOf(rare[0]![1])} of ${JSON.stringify(rare[0]![0])}: too few to measure by`
  return `${counts.size} classes, of which ${rare.length} ${rare.length === 1 ? 'has' : 'have'} fewer than ${CLASS_ROWS_MIN} rows: ${words.join(', ')}${rare.length > 6 ? ', …' : ''}; misspelt ones are classes of their own`
}

function rowsOf(count: number): string {
  return count === 1 ? '1 row' : `${count} rows`
}

function shown(cells: readonly string[]): string {
  const first = cells.slice(0, 6).map((cell) => JSON.stringify(cell.slice(0, 60)))
  return cells.length > 6 ? `${first.join(', ')}, …` : first.join(', ')
}

/**
 * Reads a time per row: epoch ms for dates, hours for times of day, or plain numbers. Throws `TableError` for a cell
 * that is none of these.
 */
export function readTimes(
  table: Table,
  column: string,
  order?: DateOrder,
  file: FileNumberFormat = inferFileNumberFormat(table, allRows(table)),
): { readonly times: Float64Array; readonly order: DateOrder | undefined } {
  const { name, cells, codes } = columnNamed(table, column)
  const known = knownCells(columnNamed(table, column), allRows(table))
  const { read, order: decided } = momentReader(name, known, file, order)
  const moments = cells.map((cell) => (isAbsent(cell) ? Number.NaN : (read(cell) ?? Number.NaN)))
  const wrong = codes.findIndex((code) => !Number.isFinite(moments[code]!))
  if (wrong !== -1)
    throw new TableError(
      `The time ${column} of ${rowLocation(table, wrong)} is ${JSON.stringify(cells[codes[wrong]!])}: it must be a date as in 2026-11-23 or a number.`,
    )
  return { times: Float64Array.from(codes, (code) => moments[code]!), order: decided }
}

interface MomentReader {
  read(cell: string): number | undefined
  /** Order of ambiguous dates. */
  readonly order?: DateOrder | undefined
}

/** Returns a reader for the kind that most cells have. */
function momentReader(
  name: string,
  known: readonly CellCount[],
  file: FileNumberFormat,
  order: DateOrder | undefined,
): MomentReader {
  const dates = rowsWhere(known, isDate)
  const numbers = rowsWhere(known, (cell) => markEvidence(cell) !== undefined)
  if (dates > 0 && dates >= numbers) {
    const reading = inferDateFormat(name, known, order, true)!
    return { read: (cell) => readDate(cell, reading), order: reading.order }
  }
  if (numbers < rowsWhere(known, (cell) => timeOfDayIn(cell) !== undefined)) return { read: timeOfDayIn }
  const reading = inferNumberFormat({ name }, known, file, true)
  return { read: (cell) => (reading === undefined ? undefined : readNumber(cell, reading)) }
}
