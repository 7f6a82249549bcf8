import { readTable } from '../../retrainer/training/tables/read-table.ts'

/** Cells of a table by column name. */
export type CsvRow = Readonly<Record<string, string>>

export async function readCsv(file: string): Promise<CsvRow[]> {
  const { count, columns } = await readTable(file)
  return Array.from({ length: count }, (_, row) =>
    Object.fromEntries(columns.map(({ name, cells, codes }) => [name, cells[codes[row]!]!])),
  )
}
