import { rowLocation, TableError, type Table } from './table.ts'

/**
 * Appends the rows of the second table to the first, with columns matched by name. Throws `TableError` if the second
 * lacks a column of the first.
 */
export function joinTables(first: Table, second: Table): Table {
  const missing = first.columns.filter(({ name }) => !second.columns.some((column) => column.name === name))
  if (missing.length > 0)
    throw new TableError(
      `${second.file ?? 'The second table'} has no column ${missing.map(({ name }) => name).join(', ')}. It has: ${second.columns.map(({ name }) => name).join(', ')}.`,
    )
  const columns = first.columns.map((column) => {
    const other = second.columns.find(({ name }) => name === column.name)!
    const codeByCell = new Map(column.cells.map((cell, code) => [cell, code]))
    const codesOfOther = other.cells.map((cell) => {
      if (!codeByCell.has(cell)) codeByCell.set(cell, codeByCell.size)
      return codeByCell.get(cell)!
    })
    const codes = new Int32Array(first.count + second.count)
    codes.set(column.codes)
    other.codes.forEach((code, row) => (codes[first.count + row] = codesOfOther[code]!))
    return { ...column, cells: [...codeByCell.keys()], codes }
  })
  return {
    count: first.count + second.count,
    columns,
    ...(first.separator === undefined ? {} : { separator: first.separator }),
    rowLabel: (row) => (row < first.count ? rowLocation(first, row) : rowLocation(second, row - first.count)),
  }
}
