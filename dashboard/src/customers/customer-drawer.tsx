import { useEffect, useRef, useState } from 'preact/hooks'
import { address, type Customer } from '../api.ts'
import { CustomerFeatures } from './customer-features.tsx'
import { CustomerInterests } from '../recommendations/customer-interests.tsx'
import { CustomerRecommendations } from '../recommendations/customer-recommendations.tsx'
import { CustomerScores } from './customer-scores.tsx'
import { CustomerVisits } from '../visits/customer-visits.tsx'
import { money, time, title } from '../format.ts'
import type { LiveBatch } from '../live.ts'
import { Empty, Failure, Probability, Verdict } from '../parts.tsx'
import { SimulationBadge } from '../simulation.tsx'
import { useResource } from '../use-resource.ts'
import { WhyScore } from './why-score.tsx'

type Tab = 'overview' | 'features' | 'scores' | 'visits'
const TABS: readonly (readonly [Tab, string])[] = [
  ['overview', 'Overview'],
  ['scores', 'Scores'],
  ['features', 'Features'],
  ['visits', 'Visits'],
]

interface CustomerDrawerProps {
  readonly customerId: string
  readonly live: LiveBatch
  readonly onClose: () => void
}

/** All that is known of a customer. It is read again when something of the customer comes live. */
export function CustomerDrawer({ customerId, live, onClose }: CustomerDrawerProps) {
  const { data, error, refresh } = useResource(address('/customers/{id}', { path: { id: customerId } }))
  const [tab, setTab] = useState<Tab>('overview')
  const [revision, setRevision] = useState(0)
  const panel = useRef<HTMLDialogElement>(null)

  useEffect(() => {
    const dialog = panel.current!
    const before = document.activeElement
    dialog.showModal()
    return () => {
      dialog.close()
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])

  const concerned = [...live.scores, ...live.assessments, ...live.alerts].some((one) => one.customerId === customerId)
  useEffect(() => {
    if (!concerned) return
    // The database is a moment behind the stream.
    const timer = setTimeout(() => {
      refresh()
      setRevision((number) => number + 1)
    }, 1_500)
    return () => clearTimeout(timer)
  }, [live, concerned, refresh])

  return (
    <dialog
      ref={panel}
      class="drawer"
      aria-labelledby="customer-name"
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === panel.current) onClose()
      }}
    >
      <div class="sheet">
        <header>
          <div>
            <h2 id="customer-name" tabIndex={-1} autofocus>
              {data?.name ?? customerId}
            </h2>
            <p class="sub">{data === undefined ? '' : factsOf(data).join(' · ')}</p>
          </div>
          {data?.source === 'simulator' && <SimulationBadge label="Simulated" />}
          <button type="button" class="quiet close" aria-label="Close" onClick={onClose}>
            ✕
          </button>
        </header>
        {error !== undefined && <Failure>{error}</Failure>}
        {data !== undefined && (
          <>
            <Tabs tab={tab} onChange={setTab} />
            <div id="tab-panel" class="tab-panel" role="tabpanel" aria-labelledby={`tab-${tab}`} tabIndex={0}>
              {tab === 'overview' && <Overview customer={data} revision={revision} />}
              {tab === 'features' && <CustomerFeatures customer={data} />}
              {tab === 'scores' && <CustomerScores customer={data} revision={revision} />}
              {tab === 'visits' && <CustomerVisits customer={data} />}
            </div>
          </>
        )}
      </div>
    </dialog>
  )
}

function Tabs({ tab, onChange }: { readonly tab: Tab; readonly onChange: (tab: Tab) => void }) {
  const list = useRef<HTMLDivElement>(null)

  function move(event: KeyboardEvent) {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    const index = TABS.findIndex(([name]) => name === tab)
    const [next] = TABS[(index + step + TABS.length) % TABS.length]!
    onChange(next)
    list.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus()
  }

  return (
    <div ref={list} class="tabs" role="tablist" aria-label="About this customer">
      {TABS.map(([name, words]) => (
        <button
          key={name}
          id={`tab-${name}`}
          type="button"
          role="tab"
          aria-selected={tab === name}
          aria-controls="tab-panel"
          tabIndex={tab === name ? 0 : -1}
          onClick={() => onChange(name)}
          onKeyDown={move}
        >
          {words}
        </button>
      ))}
    </div>
  )
}

function factsOf({ customerId, segment, residence, birthYear, timeZone, attributes }: Customer): string[] {
  const born = birthYear === null ? null : `born ${birthYear}`
  return [customerId, segment, residence, born, attributes['occupation'] ?? null, timeZone].filter(
    (fact) => fact !== null,
  )
}

function Overview({ customer, revision }: { readonly customer: Customer; readonly revision: number }) {
  const { scores, alerts, assessments, opportunities } = customer
  const standing = alerts.filter(({ raised }) => raised)
  const objected = assessments.filter(({ verdict }) => verdict !== 'fine')
  return (
    <>
      <h3>Scores now</h3>
      {scores.length === 0 && <Empty>No scores yet.</Empty>}
      <ul class="plain">
        {scores.map(({ id, task, opportunityId, probability, absent, occurredAt }) => (
          <li key={id} class="pair">
            <span>
              <strong>{title(task)}</strong>
              <span class="about">
                {[opportunityId, time(occurredAt)].filter((part) => part !== null).join(' · ')}
                {absent !== null && ` · ${absent}`}
              </span>
            </span>
            <Probability value={probability} absent={absent} />
          </li>
        ))}
      </ul>
      {scores.some(({ task }) => task === 'recommendation') && (
        <CustomerRecommendations customerId={customer.customerId} revision={revision} />
      )}
      {scores.some(({ task }) => task === 'preferences') && (
        <CustomerInterests customerId={customer.customerId} revision={revision} />
      )}
      <h3>Alerts</h3>
      {standing.length + objected.length === 0 && <Empty>Nothing is flagged.</Empty>}
      <ul class="plain">
        {standing.map(({ id, kind, text, occurredAt }) => (
          <li key={id} class="told">
            <span class="tag warn">{title(kind)}</span>
            <span>{text}</span>
            <span class="about">{time(occurredAt)}</span>
          </li>
        ))}
        {objected.map(({ id, verdict, reasons, opportunityId }) => (
          <li key={id} class="told">
            <Verdict verdict={verdict} />
            <span>{reasons.map(({ text }) => text).join(' ')}</span>
            <span class="about">{opportunityId}</span>
          </li>
        ))}
      </ul>
      <h3>Opportunities</h3>
      {opportunities.length === 0 && <Empty>No opportunities.</Empty>}
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
