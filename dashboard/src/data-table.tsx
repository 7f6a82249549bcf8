import type { ComponentChildren } from 'preact'

export interface Column<Row> {
  readonly label: string
  readonly cell: (row: Row) => ComponentChildren
}

interface DataTableProps<Row> {
  /** What the table shows, for screen readers; the heading above it says the same to the eye. */
  readonly caption: string
  /** The first column names the row. */
  readonly columns: readonly [Column<Row>, ...Column<Row>[]]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
}

/** A table whose rows become cards on a narrow screen, each value with the label of its column. */
export function DataTable<Row>({ caption, columns: [first, ...others], rows, keyOf }: DataTableProps<Row>) {
  return (
    <table class="data">
      <caption class="hidden">{caption}</caption>
      <thead>
        <tr>
          {[first, ...others].map(({ label }) => (
            <th key={label} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            <th scope="row" data-label={first.label}>
              {first.cell(row)}
            </th>
            {others.map(({ label, cell }) => (
              <td key={label} data-label={label}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
