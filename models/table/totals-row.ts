import { isAbsent, type Table } from './table.ts'

/** What exports write beside the sums below a table. */
const words = new Set(
  `total totals grandtotal sum summe gesamt gesamtsumme insgesamt somme suma totale soma totaal razem celkem összesen
  toplam итого всего усього 合计 总计 小计 合計 総計 합계`.split(/\s+/),
)
/** Of fewer rows a sum says nothing. */
const ROWS_MIN = 5

/**
 * Whether a row holds the sums of the rows above it: a cell says so that no other row has, or a number is their sum
 * while a cell is missing that the others have.
 */
export function isTotalsRow({ columns, count }: Table, row: number): boolean {
  if (row < ROWS_MIN || row >= count) return false
  const own = columns.map(({ cells, codes }) => cells[codes[row]!]!)
  const isAlone = (column: number) =>
    columns[column]!.codes.every((code, at) => at === row || code !== columns[column]!.codes[row])
  const says = own.some((cell, column) => words.has(cell.toLowerCase().replaceAll(/[\s:.]/g, '')) && isAlone(column))
  if (says) return true
  const lacks = own.some((cell, column) => isAbsent(cell) && isAlone(column))
  return lacks && own.some((cell, column) => isSum(columns[column]!, cell, row))
}

function isSum({ cells, codes }: Table['columns'][number], cell: string, row: number): boolean {
  const total = plainNumber(cell)
  if (Number.isNaN(total) || total === 0) return false
  const numbers = cells.map(plainNumber)
  let sum = 0
  for (let other = 0; other < row; other++) sum += numbers[codes[other]!]! || 0
  return Math.abs(sum - total) <= 1e-6 * Math.abs(total)
}

function plainNumber(cell: string): number {
  return cell.trim() === '' ? Number.NaN : Number(cell.trim().replace(/^(-?\d+),(\d+)$/, '$1.$2'))
}
