import { useEffect } from 'preact/hooks'
import { apiUrl } from '../../api.ts'
import { dateAndTime } from '../../format.ts'
import { Empty, Failure } from '../../parts.tsx'
import { useTimeLabel } from '../../simulation.tsx'
import { useResource } from '../../use-resource.ts'
import { groupText, retirementTexts, versionText, type Retirement } from './script-text.ts'
import { t } from '../../words/words.ts'

const READ_EVERY_MS = 10_000
const SHOWN = 50

/** Decisions to retire or restore a script, with their figures. `changes`: number of decisions made on this page. */
export function Retirements({ changes }: { readonly changes: number }) {
  const { data, error, refresh } = useResource(
    apiUrl('/script-retirements', { query: { limit: SHOWN } }),
    READ_EVERY_MS,
  )
  const timeLabel = useTimeLabel()
  useEffect(refresh, [changes, refresh])
  return (
    <section class="card wide" aria-labelledby="retirements-title">
      <div class="head">
        <div>
          <h2 id="retirements-title">{t('scripts.retiredAndRestored')}</h2>
          <p class="sub">{t('scripts.theLatestDecisionsWithThe', { shown: SHOWN, timeLabel })}</p>
        </div>
      </div>
      {error !== undefined && <Failure>{error}</Failure>}
      {data?.items.length === 0 && <Empty>{t('scripts.noScriptHasBeenRetired')}</Empty>}
      <ul class="lines">
        {data?.items.map((one) => (
          <Line key={one.id} one={one} />
        ))}
      </ul>
    </section>
  )
}

function Line({ one }: { readonly one: Retirement }) {
  const { template, templateVersion, targetGroup, decision, decidedBy, reason, occurredAt } = one
  const { own, peers } = retirementTexts(one)
  return (
    <li class="record">
      <span class="row">
        <strong>{versionText(template, templateVersion)}</strong>
        <span class={decision === 'retired' ? 'tag bad' : 'tag good'}>
          {decision === 'retired' ? t('scripts.retired') : t('scripts.restored')}
        </span>
      </span>
      <span class="about">
        {groupText(targetGroup)} · {decidedBy}, {dateAndTime(occurredAt)}
      </span>
      <span class="reason">{reason}</span>
      <span class="about">{own}</span>
      {peers.map((text) => (
        <span key={text} class="about">
          {t('scripts.comparedWith', { text })}
        </span>
      ))}
    </li>
  )
}
