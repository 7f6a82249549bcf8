import { t } from '../words/words.ts'

/** How the last visit changed the probability, in percentage points. */
export function Trend({
  change,
  isAssumed,
}: {
  readonly change: number | null | undefined
  readonly isAssumed: boolean | undefined
}) {
  if (isAssumed === true) return <span class="trend">{t('visits.assumed')}</span>
  if (change == null) return null
  const points = Math.round(100 * change)
  if (points === 0) return <span class="trend">{t('visits.unchanged')}</span>
  const words = points > 0 ? 'up' : 'down'
  return (
    <span class={`trend ${words}`}>
      <span aria-hidden="true">{points > 0 ? '▲' : '▼'} </span>
      <span class="hidden">{t(points > 0 ? 'visits.up' : 'visits.down')} </span>
      {t('visits.pts', { points: Math.abs(points) })}
    </span>
  )
}
