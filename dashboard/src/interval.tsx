import { estimateText, type Estimate } from './format.ts'
import { t } from './words/words.ts'

interface IntervalProps {
  readonly estimate: Estimate | null
  /** Formats a value and the ends of its interval. */
  readonly format: (value: number) => string
  /** Ends of the scale, which all rows of a column share. */
  readonly from?: number
  readonly to: number
}

/** An estimate with its 95 % interval: in figures, and as a mark on a scale for comparison with other rows. */
export function Interval({ estimate, format, from = 0, to }: IntervalProps) {
  if (estimate === null) return <span class="about">{t('page.noDataYet')}</span>
  const place = (value: number) => Math.min(100, Math.max(0, (100 * (value - from)) / (to - from || 1)))
  const { value, lower, upper } = estimate
  return (
    <span class="interval">
      <span class="range" aria-hidden="true">
        {from < 0 && <span class="zero" style={{ left: `${place(0)}%` }} />}
        {lower !== null && upper !== null && (
          <span class="band" style={{ left: `${place(lower)}%`, width: `${place(upper) - place(lower)}%` }} />
        )}
        <span class="point" style={{ left: `${place(value)}%` }} />
      </span>
      <span>{estimateText(estimate, format)}</span>
    </span>
  )
}
