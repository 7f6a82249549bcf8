import { number } from '../format.ts'
import { t } from '../words/words.ts'

const WIDTH = 480
const HEIGHT = 200
const LEFT = 64
const RIGHT = 32
const BOTTOM = 28
const TOP = 12

interface ThresholdChartProps {
  readonly title: string
  /** Thresholds, ascending, from 0 to 1. */
  readonly at: readonly number[]
  /** Lines with a value from 0 to 1 for each threshold; null: none. */
  readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[] }[]
  readonly marks: { readonly asked: number; readonly active: number }
  /** What the value 1 is. */
  readonly top: string
}

/** Lines over the threshold, with the one in force and the one tried out. The table below has the same numbers. */
export function ThresholdChart({ title, at, series, marks, top }: ThresholdChartProps) {
  const x = (threshold: number) => LEFT + threshold * (WIDTH - LEFT - RIGHT)
  const y = (value: number) => TOP + (1 - value) * (HEIGHT - BOTTOM - TOP)
  return (
    <figure class="threshold-chart">
      <figcaption>{title}</figcaption>
      <svg
        class="chart"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={t('loans.numbersAreInTheTable', { title })}
      >
        {[0, 0.5, 1].map((value) => (
          <line key={value} class="grid" x1={LEFT} x2={WIDTH - RIGHT} y1={y(value)} y2={y(value)} />
        ))}
        <text x={LEFT - 6} y={y(1) + 4} text-anchor="end">
          {top}
        </text>
        <text x={LEFT - 6} y={y(0) + 4} text-anchor="end">
          0
        </text>
        {[0, 0.5, 1].map((threshold) => (
          <text key={threshold} x={x(threshold)} y={HEIGHT - 6} text-anchor="middle">
            {t('format.percent', { value: number(100 * threshold) })}
          </text>
        ))}
        <line class="mark active" x1={x(marks.active)} x2={x(marks.active)} y1={TOP} y2={HEIGHT - BOTTOM} />
        <line class="mark asked" x1={x(marks.asked)} x2={x(marks.asked)} y1={TOP} y2={HEIGHT - BOTTOM} />
        {series.map(({ name, values }, index) => (
          <polyline
            key={name}
            class={index === 0 ? 'first' : 'second'}
            points={values
              .flatMap((value, place) => (value === null ? [] : [`${x(at[place]!)},${y(value)}`]))
              .join(' ')}
          />
        ))}
      </svg>
      <ul class="legend">
        {series.map(({ name }, index) => (
          <li key={name} class={index === 0 ? 'first' : 'second'}>
            {name}
          </li>
        ))}
        <li class="active">{t('loans.inForce')}</li>
        {marks.asked !== marks.active && <li class="asked">{t('loans.triedOut')}</li>}
      </ul>
    </figure>
  )
}
