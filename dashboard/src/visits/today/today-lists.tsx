import { useEffect, useRef, useState } from 'preact/hooks'
import { apiUrl, type ApiResponse } from '../../api.ts'
import { Empty, Failure, Told } from '../../parts.tsx'
import { useResource, type Resource } from '../../use-resource.ts'
import { t } from '../../words/words.ts'
import type { LiveList, Order } from '../priority-list.ts'
import { TodayLine } from './today-line.tsx'

const READ_EVERY_MS = 15_000
/** Products and names come from the database, which is a moment behind the stream. */
const AFTER_CHANGE_MS = 2_000
const SHOWN = 5
const SHOWN_MAX = 50

interface TodayListsProps {
  readonly salespersonId: string
  readonly priorities: readonly LiveList[]
}

/** Whom to visit, in both orders side by side. */
export function TodayLists({ salespersonId, priorities }: TodayListsProps) {
  const changes = useChanges(salespersonId, priorities)
  const byProbability = useList(salespersonId, 'probability', changes)
  const byValue = useList(salespersonId, 'value', changes)
  const [isLong, setLong] = useState(false)
  const shown = isLong ? SHOWN_MAX : SHOWN
  const hasMore = [byProbability, byValue].some(({ data }) => (data?.entries.length ?? 0) > SHOWN)
  return (
    <section class="group" aria-labelledby="today-lists-title">
      <h3 id="today-lists-title">{t('visits.whomToVisitFirst')}</h3>
      <div class="side-by-side">
        <OrderedList
          list={byProbability}
          shown={shown}
          order="probability"
          title={t('visits.byProbability')}
          about={t('today.mostLikely')}
        />
        <OrderedList
          list={byValue}
          shown={shown}
          order="value"
          title={t('visits.byExpectedValue')}
          about={t('today.worthMost')}
        />
      </div>
      {hasMore && (
        <button type="button" class="quiet" aria-expanded={isLong} onClick={() => setLong(!isLong)}>
          {isLong ? t('today.showFewer') : t('common.showMore')}
        </button>
      )}
    </section>
  )
}

interface OrderedListProps {
  readonly list: Resource<ApiResponse<'/priorities'>>
  readonly shown: number
  readonly order: Order
  readonly title: string
  readonly about: string
}

function OrderedList({ list: { data, error }, shown, order, title, about }: OrderedListProps) {
  return (
    <section aria-labelledby={`today-${order}`}>
      <h4 id={`today-${order}`}>{title}</h4>
      <p class="sub">{about}</p>
      {error !== undefined && <Failure>{error}</Failure>}
      {data === undefined && error === undefined && <Empty>{t('today.loading')}</Empty>}
      {data?.entries.length === 0 && (
        <Empty>{data.absent === null ? t('visits.thereAreNoOpenOpportunities') : <Told>{data.absent}</Told>}</Empty>
      )}
      <ol class="today-lines">
        {data?.entries.slice(0, shown).map((entry) => (
          <TodayLine key={entry.opportunityId} entry={entry} order={order} />
        ))}
      </ol>
    </section>
  )
}

/** Loads a salesperson’s list in that order, again with every change. */
function useList(owner: string, order: Order, changes: number): Resource<ApiResponse<'/priorities'>> {
  const query = { scope: 'salesperson', owner, order, limit: SHOWN_MAX } as const
  const list = useResource(apiUrl('/priorities', { query }), READ_EVERY_MS)
  const { refresh } = list
  useEffect(() => {
    if (changes > 0) refresh()
  }, [changes, refresh])
  return list
}

/** Counts the changes of a salesperson’s list; several within two seconds are one. */
function useChanges(salespersonId: string, priorities: readonly LiveList[]): number {
  const [changes, setChanges] = useState(0)
  const timer = useRef<number | undefined>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    if (!priorities.some(({ scope, owner }) => scope === 'salesperson' && owner === salespersonId)) return
    timer.current ??= window.setTimeout(() => {
      timer.current = undefined
      setChanges((count) => count + 1)
    }, AFTER_CHANGE_MS)
  }, [priorities, salespersonId])
  return changes
}
