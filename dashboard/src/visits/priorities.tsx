import { useEffect, useRef, useState } from 'preact/hooks'
import { apiUrl } from '../api.ts'
import type { PageProps } from '../page.ts'
import { Empty, Failure, Segments, Told } from '../parts.tsx'
import { useResource } from '../use-resource.ts'
import { inOrder, withLive, type List, type LiveList, type Order, type StoredList } from './priority-list.ts'
import { PriorityLine } from './priority-line.tsx'
import { t } from '../words/words.ts'
import { todayHref } from './today/today-text.ts'

type Scope = 'overall' | 'team'
const scopes = (): readonly (readonly [Scope, string])[] => [
  ['overall', t('visits.overall')],
  ['team', t('visits.team')],
]
const SHOWN = 50
const READ_EVERY_MS = 15_000
/** Products and names come from the database, which is a moment behind the stream. */
const DETAILS_AFTER_MS = 2_000

const orders = (): readonly (readonly [Order, string])[] => [
  ['probability', t('visits.byProbability')],
  ['value', t('visits.byExpectedValue')],
]

/** The overall list and those of teams, updated live; a salesperson’s own is on the page *Today*. */
export function Priorities({ live: { priorities } }: PageProps) {
  const [scope, setScope] = useState<Scope>('overall')
  const [order, setOrder] = useState<Order>('probability')
  const [chosen, setChosen] = useState<string>()
  const owners = useResource(apiUrl('/priorities/owners'), 10_000)
  const ofScope = owners.data?.items.filter((one) => one.scope === scope) ?? []
  const owner = scope === 'overall' ? 'all' : (chosen ?? ofScope[0]?.owner)
  const { data, error, refresh } = useResource(
    owner === undefined ? undefined : apiUrl('/priorities', { query: { scope, owner, order, limit: SHOWN } }),
    READ_EVERY_MS,
  )
  const list = useLiveList(data, priorities, refresh)

  return (
    <section class="card priorities" aria-labelledby="priorities-title">
      <div class="head">
        <div>
          <h2 id="priorities-title">{t('visits.whomToVisitFirst')}</h2>
          <p class="sub">
            {list === undefined
              ? t('visits.openOpportunities')
              : t('visits.openOpportunities2', { openCount: list.openCount })}
          </p>
        </div>
        <div class="choices">
          <a class="quiet" href={todayHref()}>
            {t('today.today')}
          </a>
          <Segments label={t('visits.order')} options={orders()} value={order} onChange={setOrder} />
          <Segments
            label={t('visits.list')}
            options={scopes()}
            value={scope}
            onChange={(value) => {
              setScope(value)
              setChosen(undefined)
            }}
          />
          {scope !== 'overall' && ofScope.length > 0 && (
            <select
              aria-label={scopes().find(([one]) => one === scope)![1]}
              value={owner}
              onChange={(event) => setChosen(event.currentTarget.value)}
            >
              {ofScope.map((one) => (
                <option key={one.owner} value={one.owner}>
                  {one.owner}
                </option>
              ))}
            </select>
          )}
        </div>
      </div>
      {error !== undefined && <Failure>{error}</Failure>}
      {owner === undefined && <Empty>{t('visits.noListOfATeamYet')}</Empty>}
      {list !== undefined && <Ranking list={list} order={order} />}
    </section>
  )
}

function Ranking({ list, order }: { readonly list: List; readonly order: Order }) {
  const { absent, entries } = list
  return (
    <>
      {entries.length === 0 && absent === null && <Empty>{t('visits.thereAreNoOpenOpportunities')}</Empty>}
      {absent !== null && (
        <Empty>
          <Told>{absent}</Told>
        </Empty>
      )}
      {entries.length > 0 && (
        <ol class="ranking">
          {inOrder(entries, order)
            .slice(0, SHOWN)
            .map((entry, index) => (
              <PriorityLine key={entry.opportunityId} entry={entry} place={index + 1} order={order} />
            ))}
        </ol>
      )}
    </>
  )
}

/**
 * Returns the loaded list, updated with live messages. Details that only the database has are kept, and reloaded a
 * little later.
 */
function useLiveList(data: StoredList | undefined, live: readonly LiveList[], refresh: () => void): List | undefined {
  const [updated, setUpdated] = useState<{ readonly of: StoredList; readonly list: List }>()
  const timer = useRef<number | undefined>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  useEffect(() => {
    if (data === undefined) return
    const newest = live.findLast(({ scope, owner }) => scope === data.scope && owner === data.owner)
    if (newest === undefined) return
    setUpdated((previous) => ({ of: data, list: withLive(previous?.of === data ? previous.list : data, newest) }))
    timer.current ??= window.setTimeout(() => {
      timer.current = undefined
      refresh()
    }, DETAILS_AFTER_MS)
  }, [live, data, refresh])

  return data !== undefined && updated?.of === data ? updated.list : data
}
