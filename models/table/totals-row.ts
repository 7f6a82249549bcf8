import { isAbsent, type Table } from './table.ts'

/** Labels that exports write beside the sums below a table. */
const sums = new Set(
  `total totals grandtotal sum summe gesamt gesamtsumme insgesamt somme suma totale soma totaal razem celkem összesen
  toplam итого всего усього 合计 总计 小计 合計 総計 합계`.split(/\s+/),
)
/** Labels beside means. */
const means = new Set(
  `mean average avg mittelwert mittel durchschnitt moyenne media promedio média gemiddelde średnia průměr átlag ortalama
  среднее 平均 平均值 平均値 평균`.split(/\s+/),
)
/** Minimum number of rows above a totals row. */
const ROWS_MIN = 5
/** Maximum number of totals rows below a table. */
const TOTALS_MAX = 4
/** Tolerance for means, which are rounded. */
const ROUNDED = 0.01

/** Returns the rows with sums and means right before `end`, which may be the end of the table. */
export function totalsRows(table: Table, end: number): number[] {
  const found = new Set<number>()
  for (let row = Math.max(0, end - TOTALS_MAX); row < end; row++) if (isTotalsRow(table, row, found)) found.add(row)
  let first = end
  while (found.has(first - 1)) first--
  return [...found].filter((row) => row >= first)
}

/**
 * Returns whether a row holds the sums or means of the rows above it: either a label that no other row has says so, or
 * a number is their sum while a cell is missing that all others have. `others` are totals rows above it.
 */
export function isTotalsRow(table: Table, row: number, others: ReadonlySet<number> = new Set()): boolean {
  const { columns, count } = table
  if (row < ROWS_MIN || row >= count) return false
  const own = columns.map(({ cells, codes }) => cells[codes[row]!]!)
  const isAlone = (column: number) =>
    columns[column]!.codes.every((code, at) => at === row || code !== columns[column]!.codes[row])
  const says = (words: ReadonlySet<string>) =>
    own.some((cell, column) => words.has(cell.toLowerCase().replaceAll(/[\s:.]/g, '')) && isAlone(column))
  if (says(sums)) return true
  const ofColumn = (column: number) => sumAbove(columns[column]!, row, others)
  if (says(means) && own.some((cell, column) => isNear(plainNumber(cell), ofColumn(column).mean, ROUNDED))) return true
  const lacks = own.some((cell, column) => isAbsent(cell) && isAlone(column))
  return lacks && own.some((cell, column) => isNear(plainNumber(cell), ofColumn(column).sum, 1e-6))
}

function isNear(value: number, expected: number, share: number): boolean {
  return value !== 0 && Math.abs(value - expected) <= share * Math.abs(expected)
}

/** Returns the sum and mean of a column's numbers above a row. */
function sumAbove({ cells, codes }: Table['columns'][number], row: number, others: ReadonlySet<number>) {
  const numbers = cells.map(plainNumber)
  let [sum, known] = [0, 0]
  for (let other = 0; other < row; other++) {
    const value = numbers[codes[other]!]!
    if (Number.isNaN(value) || others.has(other)) continue
    sum += value
    known++
  }
  return { sum, mean: sum / known }
}

function plainNumber(cell: string): number {
  return cell.trim() === '' ? Number.NaN : Number(cell.trim().replace(/^(-?\d+),(\d+)$/, '$1.$2'))
}
