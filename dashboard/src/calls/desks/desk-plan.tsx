import { dateAndTime, number } from '../../format.ts'
import { Failure } from '../../parts.tsx'
import { useWallClockNote } from '../../simulation.tsx'
import { releaseText, type Plan } from './desk-text.ts'
import { t } from '../../words/words.ts'

interface DeskPlanProps {
  readonly plan: Plan | undefined
  readonly error: string | undefined
}

/** The routing plan that applies: its release, weights and times. */
export function DeskPlan({ plan, error }: DeskPlanProps) {
  return (
    <section aria-labelledby="plan-title">
      <h3 id="plan-title">{t('desks.routingPlan')}</h3>
      {error !== undefined && <Failure>{error}</Failure>}
      {plan !== undefined && <Shown plan={plan} />}
    </section>
  )
}

function Shown({ plan }: { readonly plan: Plan }) {
  const note = useWallClockNote()
  const { desk, version, release, weights, changedBy, changedAt } = plan
  const { label, tone, about } = releaseText(release)
  const { offerSeconds, wrapUpSeconds, waitSecondsMax } = plan
  return (
    <dl class="pacing">
      <div>
        <dt>{t('desks.stage')}</dt>
        <dd>
          <span class={`tag ${tone}`}>{label}</span> {about}
        </dd>
      </div>
      <div>
        <dt>{t('desks.score')}</dt>
        <dd>
          {t('desks.expertiseFreeCapacityPerformancePlusIf', {
            expertise: number(weights.expertise),
            load: number(weights.load),
            performance: number(weights.performance),
            known: number(weights.known),
          })}
        </dd>
      </div>
      <div>
        <dt>{t('common.times')}</dt>
        <dd>{t('desks.anOfferLastsSWrapUp', { offerSeconds, wrapUpSeconds, waitSecondsMax })}</dd>
      </div>
      <div>
        <dt>{t('desks.version')}</dt>
        <dd>
          {desk === 'default' ? t('desks.thePlanOfAllDesksWithout') : t('desks.theDesksOwnPlan')},{' '}
          {version === 0 ? t('desks.builtIn') : t('desks.ofVersion', { version })}
          {changedAt !== null && t('desks.changedBy', { changedBy, changedAt: dateAndTime(changedAt), note })}
        </dd>
      </div>
    </dl>
  )
}
