import { apiUrl } from '../../api.ts'
import { ItemHeading } from '../../item-heading.tsx'
import { Empty, Failure } from '../../parts.tsx'
import { pageHref } from '../../route.ts'
import { useResource } from '../../use-resource.ts'
import { DeskAgents } from './desk-agents.tsx'
import { DESKS } from './desk-address.ts'
import { DeskCalls } from './desk-calls.tsx'
import { DeskDecisions } from './desk-decisions.tsx'
import { DeskPlan } from './desk-plan.tsx'
import { planOf } from './desk-text.ts'
import { t } from '../../words/words.ts'

const READ_EVERY_MS = 3_000
const PLANS_EVERY_MS = 30_000

/** A desk now: its queue, its agents, its plan, and its latest decisions. */
export function DeskView({ desk }: { readonly desk: string }) {
  const { data, error } = useResource(apiUrl('/desks/{desk}', { path: { desk } }), READ_EVERY_MS)
  const plans = useResource(apiUrl('/routing-plans'), PLANS_EVERY_MS)
  const plan = planOf(plans.data?.items ?? [], desk)
  return (
    <section class="card" aria-labelledby="item-title">
      <ItemHeading title={desk} back={pageHref(DESKS)} backText={t('desks.allDesks')} />
      {error !== undefined && <Failure>{error}</Failure>}
      {data === undefined && error === undefined && <Empty>{t('desks.loadingTheDesk')}</Empty>}
      {data !== undefined && (
        <div class="detail">
          <DeskCalls desk={data} />
          <DeskAgents agents={data.agents} />
          <DeskPlan plan={plan} error={plans.error} />
          <DeskDecisions desk={desk} />
        </div>
      )}
    </section>
  )
}
