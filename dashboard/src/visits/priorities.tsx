import { useEffect, useRef, useState } from 'preact/hooks'
import { apiUrl } from '../api.ts'
import { title } from '../format.ts'
import type { PageProps } from '../page.ts'
import { Empty, Failure, Segments } from '../parts.tsx'
import { useResource } from '../use-resource.ts'
import { inOrder, withLive, type List, type LiveList, type Order, type StoredList } from './priority-list.ts'
import { PriorityLine } from './priority-line.tsx'

type Scope = 'overall' | 'team' | 'salesperson'
const SCOPES: readonly (readonly [Scope, string])[] = [
  ['overall', 'Overall'],
  ['team', 'Team'],
  ['salesperson', 'Salesperson'],
]
const SHOWN = 50
const READ_EVERY_MS = 15_000
/** Products and names come from the database, which is a moment behind the stream. */
const DETAILS_AFTER_MS = 2_000

const ORDERS: readonly (readonly [Order, string])[] = [
  ['probability', 'By probability'],
  ['value', 'By expected value'],
]

/** The priority list, updated live. */
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
          <h2 id="priorities-title">Whom to visit first</h2>
          <p class="sub">{list === undefined ? 'Open opportunities' : `${list.openCount} open opportunities`}</p>
        </div>
        <div class="choices">
          <Segments label="Order" options={ORDERS} value={order} onChange={setOrder} />
          <Segments
            label="List"
            options={SCOPES}
            value={scope}
            onChange={(value) => {
              setScope(value)
              setChosen(undefined)
            }}
          />
          {scope !== 'overall' && ofScope.length > 0 && (
            <select aria-label={title(scope)} value={owner} onChange={(event) => setChosen(event.currentTarget.value)}>
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
      {owner === undefined && <Empty>No list for a {scope} has been published yet.</Empty>}
      {list?.entries.length === 0 && <Empty>{list.absent ?? 'There are no open opportunities.'}</Empty>}
      {list !== undefined && list.entries.length > 0 && list.absent !== null && <Empty>{list.absent}</Empty>}
      {list !== undefined && list.entries.length > 0 && (
        <ol class="ranking">
          {inOrder(list.entries, order)
            .slice(0, SHOWN)
            .map((entry, index) => (
              <PriorityLine key={entry.opportunityId} entry={entry} place={index + 1} order={order} />
            ))}
        </ol>
      )}
    </section>
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
