import type { Customer } from '../api.ts'
import { money, time, title } from '../format.ts'
import { Empty, Probability, Told, Verdict } from '../parts.tsx'
import { CustomerInterests } from '../recommendations/customer-interests.tsx'
import { CustomerRecommendations } from '../recommendations/customer-recommendations.tsx'
import type { CustomerSection, CustomerTab, CustomerTabProps } from './customer-tab.ts'
import { WhyScore } from './why-score.tsx'
import { t } from '../words/words.ts'

/** Sections from top to bottom. */
const sections: readonly CustomerSection[] = [
  ScoresNow,
  CustomerRecommendations,
  CustomerInterests,
  Alerts,
  Opportunities,
]

export const customerOverview: CustomerTab = { path: 'overview', title: 'common.overview', View: Overview }

function Overview(props: CustomerTabProps) {
  return (
    <>
      {sections.map((Section, place) => (
        <Section key={place} {...props} />
      ))}
    </>
  )
}

function ScoresNow({ customer: { scores } }: CustomerTabProps) {
  return (
    <>
      <h3>{t('customers.currentScores')}</h3>
      {scores.length === 0 && <Empty>{t('customers.noScoresYet')}</Empty>}
      <ul class="plain">
        {scores.map(({ id, task, opportunityId, probability, absent, occurredAt }) => (
          <li key={id} class="pair">
            <span>
              <strong>{title(task)}</strong>
              <span class="about">
                {[opportunityId, time(occurredAt)].filter((part) => part !== null).join(' · ')}
                {absent !== null && (
                  <>
                    {' · '}
                    <Told>{absent}</Told>
                  </>
                )}
              </span>
            </span>
            <Probability value={probability} absent={absent} />
          </li>
        ))}
      </ul>
    </>
  )
}

function Alerts({ customer: { alerts, assessments } }: CustomerTabProps) {
  const activeAlerts = alerts.filter(({ raised }) => raised)
  const flaggedAssessments = assessments.filter(({ verdict }) => verdict !== 'fine')
  return (
    <>
      <h3>{t('customers.alerts')}</h3>
      {activeAlerts.length + flaggedAssessments.length === 0 && <Empty>{t('customers.nothingIsFlagged')}</Empty>}
      <ul class="plain">
        {activeAlerts.map(({ id, kind, text, occurredAt }) => (
          <li key={id} class="told">
            <span class="tag warn">{title(kind)}</span>
            <Told>{text}</Told>
            <span class="about">{time(occurredAt)}</span>
          </li>
        ))}
        {flaggedAssessments.map(({ id, verdict, reasons, opportunityId }) => (
          <li key={id} class="told">
            <Verdict verdict={verdict} />
            <Told>{reasons.map(({ text }) => text).join(' ')}</Told>
            <span class="about">{opportunityId}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

function Opportunities({ customer: { opportunities } }: CustomerTabProps) {
  return (
    <>
      <h3>{t('customers.opportunities')}</h3>
      {opportunities.length === 0 && <Empty>{t('customers.noOpportunities')}</Empty>}
      <ul class="plain">
        {opportunities.map((opportunity) => (
          <OpportunityLine key={opportunity.opportunityId} opportunity={opportunity} />
        ))}
      </ul>
    </>
  )
}

function OpportunityLine({ opportunity }: { readonly opportunity: Customer['opportunities'][number] }) {
  const { opportunityId, product, stage, status, salespersonId, teamId, valueMinor, currency, probability, verdict } =
    opportunity
  const about = [opportunityId, stage, salespersonId, teamId].filter((part) => part !== null).join(' · ')
  return (
    <li class="pair">
      <span>
        <strong>{product === null ? opportunityId : title(product)}</strong>{' '}
        <span class={`tag ${status === 'open' ? '' : 'faint'}`}>{title(status)}</span> <Verdict verdict={verdict} />
        <span class="about">
          {about}
          {valueMinor !== null && currency !== null && ` · ${money(valueMinor, currency)}`}
        </span>
        {probability !== null && <WhyScore opportunityId={opportunityId} />}
      </span>
      {(probability !== null || status === 'open') && <Probability value={probability} />}
    </li>
  )
}
