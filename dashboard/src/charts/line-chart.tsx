import { useEffect, useRef } from 'preact/hooks'
import { DataTable } from '../data-table.tsx'
import { dateAndTime } from '../format.ts'
import { t } from '../words/words.ts'
import type { LineSeries } from './line-series.ts'

interface LineChartProps {
  /** What the chart shows. */
  readonly label: string
  /** Times as ISO 8601 strings, ascending. */
  readonly times: readonly string[]
  readonly series: readonly LineSeries[]
  readonly format: (value: number) => string
}

/** Rows of the table, the newest. */
const TABLE_ROWS = 30

/** Lines over time, with a legend and the same numbers as a table. */
export function LineChart({ label, times, series, format }: LineChartProps) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = place.current!
    const drawing = import('./draw-lines.ts').then(({ drawLines }) =>
      drawLines(element, { times: times.map((time) => Date.parse(time)), series, format }),
    )
    return () => void drawing.then((stop) => stop())
  }, [times, series, format])
  return (
    <figure class="line-chart">
      <figcaption>{label}</figcaption>
      <ul class="line-names">
        {series.map(({ label: name, colour, dashed }) => (
          <li key={name}>
            <span class={dashed === true ? 'line dashed' : 'line'} style={{ borderColor: `var(${colour})` }} /> {name}
          </li>
        ))}
      </ul>
      <div ref={place} role="img" aria-label={label} />
      <ChartTable label={label} times={times} series={series} format={format} />
    </figure>
  )
}

function ChartTable({ label, times, series, format }: LineChartProps) {
  const rows = [...times.keys()].slice(-TABLE_ROWS).reverse()
  return (
    <details>
      <summary>{t('common.asATable')}</summary>
      <DataTable
        caption={label}
        rows={rows}
        keyOf={(row) => `${row}`}
        columns={[
          { label: t('common.time'), cell: (row) => dateAndTime(times[row]!) },
          ...series.map(({ label: name, values }) => ({
            label: name,
            cell: (row: number) => (values[row] == null ? '–' : format(values[row])),
          })),
        ]}
      />
    </details>
  )
}
