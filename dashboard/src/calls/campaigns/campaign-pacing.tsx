import { apiUrl } from '../../api.ts'
import { dateAndTime, title } from '../../format.ts'
import { Failure } from '../../parts.tsx'
import { useTimeLabel } from '../../simulation.tsx'
import { useResource } from '../../use-resource.ts'
import { abandonedText, abandonTone, levelText, type Pacing } from './pacing-text.ts'
import { t } from '../../words/words.ts'

const READ_EVERY_MS = 10_000

/** How fast a campaign dials, and how close it is to its limit of abandoned calls. */
export function CampaignPacing({ name }: { readonly name: string }) {
  const { data, error } = useResource(apiUrl('/campaigns/{name}/pacing', { path: { name } }), READ_EVERY_MS)
  return (
    <section aria-labelledby="pacing-title">
      <h3 id="pacing-title">{t('campaigns.pacing')}</h3>
      {error !== undefined && <Failure>{error}</Failure>}
      {data !== undefined && <Shown pacing={data} />}
    </section>
  )
}

const toneLabels = () =>
  ({
    good: t('campaigns.wellBelowTheLimit'),
    warn: t('campaigns.closeToTheLimit'),
    bad: t('campaigns.atTheLimit'),
  }) as const

function Shown({ pacing }: { readonly pacing: Pacing }) {
  const timeLabel = useTimeLabel()
  const { mode, adaptedAt } = pacing
  const tone = abandonTone(pacing)
  return (
    <dl class="pacing">
      <div>
        <dt>{title(mode)}</dt>
        <dd>
          {levelText(pacing)}{' '}
          {adaptedAt !== null && (
            <span class="about">{t('campaigns.set', { adaptedAt: dateAndTime(adaptedAt), timeLabel })}</span>
          )}
        </dd>
      </div>
      <div>
        <dt>{t('campaigns.abandonedCalls')}</dt>
        <dd>
          <span class={`tag ${tone}`}>{toneLabels()[tone]}</span> {abandonedText(pacing)}
        </dd>
      </div>
    </dl>
  )
}
