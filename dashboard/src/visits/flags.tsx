import { useEffect, useState } from 'preact/hooks'
import { apiUrl, type Alert, type Assessment, type LiveMessages } from '../api.ts'
import { percent, time, title } from '../format.ts'
import type { PageProps } from '../page.ts'
import { Empty, Failure, Segments, Told } from '../parts.tsx'
import { customerHref } from '../route.ts'
import { useTimeLabel } from '../simulation.tsx'
import { useResource } from '../use-resource.ts'
import { CASES, caseHref } from './cases/case-href.ts'
import { t } from '../words/words.ts'

/** A flagged assessment of visits, or an alert. */
interface Flag {
  /** Only the latest state of a key counts. */
  readonly key: string
  readonly group: 'visits' | 'customers'
  readonly isFlagged: boolean
  readonly severe: boolean
  readonly title: string
  readonly customerId: string
  readonly customerName: string | null
  /** Address that the flag links to. */
  readonly href: string
  readonly reasons: readonly string[]
  readonly about: string
  readonly occurredAt: string
}

const SHOWN = 60
/** Kinds of alerts that are left out, because an assessment says the same with its reasons. */
const ASSESSMENT_ALERTS = ['invalid-visits', 'suspected-false-visits']

type Group = 'all' | Flag['group']
const groups = (): readonly (readonly [Group, string])[] => [
  ['all', t('common.all')],
  ['visits', t('visits.visits')],
  ['customers', t('visits.customers')],
]

export function Flags({ live: { assessments, alerts } }: PageProps) {
  const visits = useResource(apiUrl('/assessments', { query: { limit: SHOWN } }))
  const customers = useResource(apiUrl('/alerts', { query: { raised: true, limit: SHOWN } }))
  const [arrived, setArrived] = useState<readonly Flag[]>([])
  const [group, setGroup] = useState<Group>('all')
  const timeLabel = useTimeLabel()

  useEffect(() => {
    if (assessments.length + alerts.length === 0) return
    setArrived((previous) => [...flagsOf(assessments, alerts), ...previous].slice(0, 10 * SHOWN))
  }, [assessments, alerts])

  const stored = flagsOf(visits.data?.items ?? [], customers.data?.items ?? [])
  const active = newestOfEach([...arrived, ...stored]).filter((flag) => flag.isFlagged)
  const shown = active.filter((flag) => group === 'all' || flag.group === group).slice(0, SHOWN)
  const error = visits.error ?? customers.error

  return (
    <section class="card flags" aria-labelledby="flags-title">
      <div class="head">
        <div>
          <h2 id="flags-title">{t('visits.flags')}</h2>
          <p class="sub">{t('visits.whatNeedsAttentionAndWhyWith', { timeLabel })}</p>
        </div>
        <div class="choices">
          <Segments label={t('visits.flagsOf')} options={groups()} value={group} onChange={setGroup} />
        </div>
      </div>
      {error !== undefined && <Failure>{error}</Failure>}
      {shown.length === 0 && <Empty>{t('visits.nothingIsFlaggedVisitsAndCustomers')}</Empty>}
      <ul class="lines">
        {shown.map((flag) => (
          <li key={flag.key}>
            <a href={flag.href} class="flag">
              <span class="row">
                <span class={`tag ${toneOf(flag)}`}>{flag.title}</span>
                <span class="about">{time(flag.occurredAt)}</span>
              </span>
              <strong>{flag.customerName ?? flag.customerId}</strong>
              {flag.reasons.map((reason) => (
                <span key={reason} class="reason">
                  <Told>{reason}</Told>
                </span>
              ))}
              {flag.about !== '' && <span class="about">{flag.about}</span>}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Whether an alert's subject is a visit, which then has a case. */
function hasCase({ kind }: Pick<Alert, 'kind'>): boolean {
  return kind === 'suspected-false-visit' || kind === 'invalid-visit'
}

/** Whether an alert says that the circuit breaker holds a policy; it concerns no customer. */
function isHold({ kind }: Pick<Alert, 'kind'>): boolean {
  return kind === 'policy-held'
}

function hrefOf(one: Pick<Alert, 'kind' | 'subjectId' | 'customerId'>): string {
  if (isHold(one)) return `#/${CASES}`
  return hasCase(one) ? caseHref(one.subjectId) : customerHref(one.customerId)
}

/** Converts loaded or live assessments and alerts to flags, newest first. */
function flagsOf(
  assessments: readonly (Assessment | LiveMessages['assessments'])[],
  alerts: readonly (Alert | LiveMessages['alerts'])[],
): Flag[] {
  return [
    ...assessments.map((one): Flag => {
      const { opportunityId, salespersonId, probability, visitCount, verdict, customerId, occurredAt } = one
      const about = [
        salespersonId,
        t('visits.visitCount', { visitCount }),
        probability === null ? null : percent(probability),
      ]
      return {
        key: `visits/${opportunityId}`,
        group: 'visits',
        isFlagged: verdict !== 'fine',
        severe: verdict === 'suspected_false',
        title: title(verdict),
        customerId,
        customerName: one.customerName,
        href: customerHref(customerId),
        reasons: one.reasons.map(({ text }) => text),
        about: about.filter((part) => part !== null).join(' · '),
        occurredAt,
      }
    }),
    ...alerts
      .filter(({ kind }) => !ASSESSMENT_ALERTS.includes(kind))
      .map((one): Flag => ({
        key: `${one.kind}/${one.subjectId}`,
        group: hasCase(one) ? 'visits' : 'customers',
        isFlagged: one.raised,
        severe: one.kind === 'suspected-false-visit',
        title: title(one.kind),
        customerId: one.customerId,
        customerName: isHold(one) ? t('visits.visitPolicy') : one.customerName,
        href: hrefOf(one),
        reasons: [one.text],
        about: '',
        occurredAt: one.occurredAt,
      })),
  ].sort((one, other) => other.occurredAt.localeCompare(one.occurredAt))
}

function toneOf({ severe, group, key }: Flag): string {
  if (severe) return 'bad'
  if (group === 'visits') return 'warn'
  return key.startsWith('potential-loan-customer/') ? 'good' : ''
}

/** Keeps the first, and so the newest, flag of each key. */
function newestOfEach(flags: readonly Flag[]): Flag[] {
  const seen = new Set<string>()
  return flags.filter(({ key }) => !seen.has(key) && seen.add(key))
}
