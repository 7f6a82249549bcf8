import type { Score } from '../api.ts'
import { number, percent, time } from '../format.ts'
import { t } from '../words/words.ts'

const WIDTH = 640
const HEIGHT = 150
const LEFT = 50
const BOTTOM = 20
const TOP = 8
/** Candidate scale maxima: the smallest that contains every value keeps small probabilities readable. */
const SCALES = [0.1, 0.25, 0.5, 1]

interface ScoreChartProps {
  /** Sorted by time. */
  readonly scores: readonly Score[]
  readonly chosen: number
  readonly onChoose: (index: number) => void
}

/** Chart of the probability over event time. Points are selected with the mouse or the arrow keys. */
export function ScoreChart({ scores, chosen, onChoose }: ScoreChartProps) {
  const times = scores.map(({ occurredAt }) => Date.parse(occurredAt))
  const from = times[0]!
  const span = Math.max(1, times.at(-1)! - from)
  const x = (index: number) =>
    scores.length === 1 ? (LEFT + WIDTH) / 2 : LEFT + 6 + ((times[index]! - from) / span) * (WIDTH - LEFT - 12)
  const values = scores.flatMap(({ probability }) => (probability === null ? [] : [probability]))
  const max = SCALES.find((end) => Math.max(...values) <= end) ?? Math.max(...values)
  // A linear model's estimate may be below 0.
  const min = Math.min(0, ...values)
  const y = (value: number) => TOP + ((max - value) / (max - min)) * (HEIGHT - BOTTOM - TOP)
  const points = scores.flatMap(({ probability }, index) => (probability === null ? [] : [{ index, probability }]))

  function choose(event: MouseEvent) {
    const box = (event.currentTarget as SVGElement).getBoundingClientRect()
    const at = ((event.clientX - box.left) / box.width) * WIDTH
    const nearest = scores.reduce(
      (best, _, index) => (Math.abs(x(index) - at) < Math.abs(x(best) - at) ? index : best),
      0,
    )
    onChoose(nearest)
  }

  function press(event: KeyboardEvent) {
    const next = { ArrowLeft: chosen - 1, ArrowRight: chosen + 1, Home: 0, End: scores.length - 1 }[event.key]
    if (next === undefined) return
    event.preventDefault()
    onChoose(Math.min(scores.length - 1, Math.max(0, next)))
  }

  return (
    <svg
      class="chart"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="slider"
      tabindex={0}
      aria-label={t('customers.scoresOverTime')}
      aria-valuemin={0}
      aria-valuemax={scores.length - 1}
      aria-valuenow={chosen}
      aria-valuetext={scoreText(scores[chosen]!)}
      onClick={choose}
      onKeyDown={press}
    >
      {[0, max / 2, max].map((value) => (
        <g key={value}>
          <line class="grid" x1={LEFT} x2={WIDTH} y1={y(value)} y2={y(value)} />
          <text x={LEFT - 6} y={y(value) + 4} text-anchor="end">
            {t('format.percent', { value: number(100 * value) })}
          </text>
        </g>
      ))}
      <polyline points={points.map(({ index, probability: value }) => `${x(index)},${y(value)}`).join(' ')} />
      {points.map(({ index, probability: value }) => (
        <circle
          key={index}
          class={index === chosen ? 'chosen' : ''}
          cx={x(index)}
          cy={y(value)}
          r={index === chosen ? 5 : 2.5}
        />
      ))}
      <text x={LEFT} y={HEIGHT - 4}>
        {time(scores[0]!.occurredAt)}
      </text>
      <text x={WIDTH} y={HEIGHT - 4} text-anchor="end">
        {time(scores.at(-1)!.occurredAt)}
      </text>
    </svg>
  )
}

function scoreText({ probability, occurredAt }: Score): string {
  const score = probability === null ? t('common.noScore') : percent(probability)
  return t('customers.scoreAt', { score, at: time(occurredAt) })
}
