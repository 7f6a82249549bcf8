import { apiUrl } from '../api.ts'
import { dateAndTime, percent } from '../format.ts'
import { Empty, Failure } from '../parts.tsx'
import { useResource } from '../use-resource.ts'
import { t } from '../words/words.ts'
import { TASK } from './loans-text.ts'

/** Who set which threshold when, and why. */
export function ThresholdHistory() {
  const { data, error } = useResource(apiUrl('/thresholds/{task}', { path: { task: TASK } }))
  return (
    <section class="group" aria-labelledby="threshold-history-title">
      <h3 id="threshold-history-title">{t('loans.history')}</h3>
      {error !== undefined && <Failure>{error}</Failure>}
      {data?.history.length === 0 && <Empty>{t('loans.neverChanged')}</Empty>}
      <ol class="lines">
        {data?.history.map(({ version, value, changedBy, changedAt, reason }) => (
          <li key={version} class="record">
            <span class="row">
              <strong>{percent(value)}</strong>
              <span class="about">{t('common.version', { version })}</span>
            </span>
            <span class="about">
              {[changedBy, changedAt === null ? null : dateAndTime(changedAt)]
                .filter((part) => part !== null)
                .join(', ')}
            </span>
            {reason !== null && <span class="reason">{reason}</span>}
          </li>
        ))}
      </ol>
    </section>
  )
}
