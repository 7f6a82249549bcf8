import { dateAndTime, number } from '../../format.ts'
import { Failure } from '../../parts.tsx'
import { useWallClockNote } from '../../simulation.tsx'
import { releaseText, type Plan } from './desk-text.ts'

interface DeskPlanProps {
  readonly plan: Plan | undefined
  readonly error: string | undefined
}

/** The routing plan that applies: its release, weights and times. */
export function DeskPlan({ plan, error }: DeskPlanProps) {
  return (
    <section aria-labelledby="plan-title">
      <h3 id="plan-title">Routing plan</h3>
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
        <dt>Stage</dt>
        <dd>
          <span class={`tag ${tone}`}>{label}</span> {about}
        </dd>
      </div>
      <div>
        <dt>Score</dt>
        <dd>
          {number(weights.expertise)} × expertise + {number(weights.load)} × free capacity +{' '}
          {number(weights.performance)} × performance, plus {number(weights.known)} if the customer knows the agent
        </dd>
      </div>
      <div>
        <dt>Times</dt>
        <dd>
          An offer lasts {offerSeconds} s, wrap-up at most {wrapUpSeconds} s; a call is given up after {waitSecondsMax}{' '}
          s.
        </dd>
      </div>
      <div>
        <dt>Version</dt>
        <dd>
          {desk === 'default' ? 'The plan of all desks without their own' : 'The desk’s own plan'},{' '}
          {version === 0 ? 'built in' : `version ${version}`}
          {changedAt !== null && `, changed by ${changedBy}, ${dateAndTime(changedAt)}${note}`}
        </dd>
      </div>
    </dl>
  )
}
