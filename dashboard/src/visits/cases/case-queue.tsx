import { Fragment } from 'preact'
import { useEffect } from 'preact/hooks'
import { apiUrl, type ApiResponse, type Case } from '../../api.ts'
import { date, number, time } from '../../format.ts'
import { Empty, Failure, Told } from '../../parts.tsx'
import { caseHref } from './case-href.ts'
import { useResource, type Resource } from '../../use-resource.ts'
import { BulkActs } from './bulk-acts.tsx'
import { isUndecided } from './case-act.ts'
import { statusText, verdictText } from './case-text.ts'
import { durationText } from './time-scale.ts'
import { t } from '../../words/words.ts'

const HOUR_MS = 3_600_000

const filters = () =>
  [
    ['undecided', t('cases.undecided')],
    ['open', t('cases.open')],
    ['assigned', t('cases.assigned')],
    ['answered', t('cases.answered')],
    ['proposed', t('cases.waitingForASecondPerson')],
    ['decided', t('common.decided')],
    ['closed', t('cases.closed')],
    ['withdrawn', t('cases.withdrawn')],
    ['lapsed', t('cases.lapsed')],
    ['all', t('common.all')],
  ] as const
export type StatusFilter = ReturnType<typeof filters>[number][0]

interface CaseQueueProps {
  readonly queue: Resource<ApiResponse<'/cases'>>
  readonly status: StatusFilter
  readonly opened: string | undefined
  readonly onStatus: (status: StatusFilter) => void
  /** Shows more cases; `undefined` if the list has reached its limit. */
  readonly onMore: (() => void) | undefined
  readonly onKeys: () => void
  /** Selection for bulk acts; `undefined` if selection is off. */
  readonly selection: Selection | undefined
  readonly onToggleSelection: () => void
}

interface Selection {
  readonly chosen: ReadonlySet<string>
  readonly onChoose: (visitId: string) => void
  readonly onDone: () => void
}

/** The queue, largest expected loss first, with a line below which a review costs more than it saves. */
export function CaseQueue(props: CaseQueueProps) {
  const { queue, status, opened, onStatus, onMore, onKeys, selection, onToggleSelection } = props
  const { data, error } = queue
  const items = data?.items ?? []
  const line = items.findIndex((one) => isUndecided(one) && !one.worthReviewing)
  return (
    <section class="card queue" aria-labelledby="queue-title">
      <div class="head">
        <div>
          <h2 id="queue-title">{t('cases.cases')}</h2>
          <Summary queue={data} />
        </div>
        <div class="choices">
          <select
            aria-label={t('cases.statusOfTheCases')}
            value={status}
            onChange={(event) => onStatus(event.currentTarget.value as StatusFilter)}
          >
            {filters().map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
          <button type="button" class="quiet" aria-pressed={selection !== undefined} onClick={onToggleSelection}>
            {t('cases.select')}
          </button>
          <button type="button" class="quiet" aria-keyshortcuts="?" onClick={onKeys}>
            {t('cases.shortcuts')}
          </button>
        </div>
      </div>
      {error !== undefined && <Failure>{error}</Failure>}
      {data === undefined && error === undefined && <Empty>{t('cases.loadingTheCases')}</Empty>}
      {data !== undefined && items.length === 0 && <Empty>{emptyText(status)}</Empty>}
      {selection !== undefined && (
        <BulkActs chosen={items.filter(({ visitId }) => selection.chosen.has(visitId))} onDone={selection.onDone} />
      )}
      <ol class="lines">
        {items.map((one, place) => (
          <Fragment key={one.visitId}>
            {place === line && <li class="worth-line">{t('cases.fromHereOnAReviewCosts')}</li>}
            <QueueLine caseRecord={one} isOpened={one.visitId === opened} selection={selection} />
          </Fragment>
        ))}
        {data !== undefined && data.next !== null && (
          <li class="more">
            {onMore === undefined ? (
              t('cases.thereAreMoreCasesFilterBy')
            ) : (
              <button type="button" class="quiet" onClick={onMore}>
                {t('common.showMore')}
              </button>
            )}
          </li>
        )}
      </ol>
    </section>
  )
}

interface QueueLineProps {
  readonly caseRecord: Case
  readonly isOpened: boolean
  readonly selection: Selection | undefined
}

function QueueLine({ caseRecord, isOpened, selection }: QueueLineProps) {
  const { visitId, verdict, customerName, customerId, salespersonId, visitedAt, evidence, expectedLoss } = caseRecord
  const tone = verdict === 'suspected_false' ? 'bad' : verdict === 'invalid' ? 'warn' : ''
  const strongest = [...evidence].sort((one, other) => other.score - one.score)[0]
  const about = [
    salespersonId,
    t('cases.visited', { at: date(visitedAt) }),
    statusText(caseRecord.status),
    caseRecord.reviewer,
  ]
  return (
    <li class={selection === undefined ? undefined : 'choosable'}>
      {selection !== undefined && (
        <input
          type="checkbox"
          aria-label={t('cases.selectTheVisit', { visitId })}
          checked={selection.chosen.has(visitId)}
          onChange={() => selection.onChoose(visitId)}
        />
      )}
      <a href={caseHref(visitId)} class="flag" data-visit={visitId} aria-current={isOpened ? 'true' : undefined}>
        <span class="row">
          <span class={`tag ${tone}`}>{verdictText(caseRecord)}</span>
          <span class="about" title={t('cases.probabilityThatTheSuspicionIsTrue')}>
            {t('cases.expectedLoss', { expectedLoss: number(expectedLoss) })}
          </span>
        </span>
        <strong>{customerName ?? customerId}</strong>
        {strongest !== undefined && (
          <span class="reason">
            <Told>{strongest.text}</Told>
          </span>
        )}
        <span class="about">{about.filter((part) => part !== null).join(' · ')}</span>
        {caseRecord.overdue && (
          <span class="tag bad">
            {t('cases.overdueSince', { dueAt: time(caseRecord.dueAt ?? caseRecord.openedAt) })}
          </span>
        )}
      </a>
    </li>
  )
}

/** Summary counts, reloaded with the queue. */
function Summary({ queue }: { readonly queue: ApiResponse<'/cases'> | undefined }) {
  const { data, refresh } = useResource(apiUrl('/case-summary', { query: { days: 30 } }))
  useEffect(refresh, [queue, refresh])
  if (data === undefined) return <p class="sub">{t('cases.largestExpectedLossFirst')}</p>
  const parts = [
    t('cases.undecidedCount', { cases: data.undecided }),
    data.overdue === 0 ? null : t('cases.overdueCount', { cases: data.overdue }),
    data.medianHoursToDecision === null
      ? null
      : t('cases.medianTimeToDecide', { medianHoursToDecision: durationText(data.medianHoursToDecision * HOUR_MS) }),
  ]
  return (
    <p class="sub">
      {t('cases.largestExpectedLossFirst2', { filter: parts.filter((part) => part !== null).join(' · ') })}
    </p>
  )
}

function emptyText(status: StatusFilter): string {
  if (status === 'undecided') return t('cases.noCasesAreWaitingForA')
  if (status === 'all') return t('cases.thereAreNoCasesYetA')
  return t('cases.noCasesHaveThisStatus')
}
