import { markup, type Markup } from './markup.ts'

export interface TableColumn<Row> {
  readonly heading: string
  readonly cell: (row: Row) => string | Markup
  /** Whether cells are text, aligned left; numbers are aligned right. */
  readonly isText?: boolean
}

/** Builds a table whose first column names the row. */
export function table<Row>(caption: string, columns: readonly TableColumn<Row>[], rows: readonly Row[]): Markup {
  const classOf = ({ isText }: TableColumn<Row>) => (isText ? 'text' : 'number')
  return markup`<div class="wide"><table><caption>${caption}</caption><thead><tr>${columns.map((column) => markup`<th scope="col" class="${classOf(column)}">${column.heading}</th>`)}</tr></thead><tbody>${rows.map(
    (row) =>
      markup`<tr>${columns.map((column, i) =>
        i === 0
          ? markup`<th scope="row" class="${classOf(column)}">${column.cell(row)}</th>`
          : markup`<td class="${classOf(column)}">${column.cell(row)}</td>`,
      )}</tr>`,
  )}</tbody></table></div>`
}

/** Builds a collapsed table of a chart's numbers, for reading and copying. */
export function collapsibleTable<Row>(
  caption: string,
  columns: readonly TableColumn<Row>[],
  rows: readonly Row[],
): Markup {
  return markup`<details><summary>Numbers</summary>${table(caption, columns, rows)}</details>`
}
