import { useEffect, useRef, useState } from 'preact/hooks'
import { address, type Answer, type LiveMessages } from '../api.ts'
import { money, title } from '../format.ts'
import type { PageProps } from '../page.ts'
import { Empty, Failure, Probability, Segments, Verdict } from '../parts.tsx'
import { customerAddress } from '../route.ts'
import { useResource } from '../use-resource.ts'

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

type LiveList = LiveMessages['priorities']
type StoredList = Answer<'/priorities'>
/** A line that has just come lacks what only the database knows. */
type Entry = LiveList['entries'][number] & Partial<StoredList['entries'][number]>
type List = Omit<StoredList, 'entries'> & { readonly entries: readonly Entry[] }

/** Whom to visit first, as it changes. */
export function Priorities({ live: { priorities } }: PageProps) {
  const [scope, setScope] = useState<Scope>('overall')
  const [chosen, setChosen] = useState<string>()
  const owners = useResource(address('/priorities/owners'), 10_000)
  const ofScope = owners.data?.items.filter((one) => one.scope === scope) ?? []
  const owner = scope === 'overall' ? 'all' : (chosen ?? ofScope[0]?.owner)
  const { data, error, refresh } = useResource(
    owner === undefined ? undefined : address('/priorities', { query: { scope, owner, limit: SHOWN } }),
    READ_EVERY_MS,
  )
  const list = useLiveList(data, priorities, refresh)

  return (
    <section class="card priorities" aria-labelledby="priorities-title">
      <div class="head">
        <div>
          <h2 id="priorities-title">Whom to visit first</h2>
          <p class="sub">
            {list === undefined ? 'Open opportunities by probability' : `${list.openCount} open opportunities`}
          </p>
        </div>
        <div class="choices">
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
      {owner === undefined && <Empty>No list of a {scope} has been published yet.</Empty>}
      {list?.entries.length === 0 && <Empty>{list.absent ?? 'No opportunity is open.'}</Empty>}
      {list !== undefined && list.entries.length > 0 && (
        <ol class="ranking">
          {list.entries.slice(0, SHOWN).map((entry, index) => (
            <Line key={entry.opportunityId} entry={entry} place={index + 1} />
          ))}
        </ol>
      )}
    </section>
  )
}

function Line({ entry, place }: { readonly entry: Entry; readonly place: number }) {
  const { customerId, customerName, product, stage, valueMinor, currency, salespersonId, probability, verdict } = entry
  const about = [product == null ? null : title(product), stage, salespersonId]
    .filter((part) => part != null && part !== '')
    .join(' · ')
  return (
    <li>
      <a href={customerAddress(customerId)}>
        <span class="place">{place}</span>
        <span class="who">
          <strong>{customerName ?? customerId}</strong>
          <Verdict verdict={verdict} />
          <span class="about">{about}</span>
        </span>
        <span class="worth">{valueMinor != null && currency != null ? money(valueMinor, currency) : ''}</span>
        <Probability value={probability} />
      </a>
    </li>
  )
}

/**
 * The list as read, updated with live messages; details that only the database has are kept and reread a little
 * later.
 */
function useLiveList(data: StoredList | undefined, live: readonly LiveList[], refresh: () => void): List | undefined {
  const [overtaken, setOvertaken] = useState<{ readonly of: StoredList; readonly list: List }>()
  const timer = useRef<number | undefined>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  useEffect(() => {
    if (data === undefined) return
    const newest = live.findLast(({ scope, owner }) => scope === data.scope && owner === data.owner)
    if (newest === undefined) return
    setOvertaken((held) => {
      const before = held?.of === data ? held.list : data
      const known = new Map(before.entries.map((entry) => [entry.opportunityId, entry]))
      const entries = newest.entries.map((entry) => {
        const details = known.get(entry.opportunityId)
        return { ...details, ...entry, customerName: entry.customerName ?? details?.customerName ?? null }
      })
      return { of: data, list: { ...before, openCount: newest.openCount, entries } }
    })
    timer.current ??= window.setTimeout(() => {
      timer.current = undefined
      refresh()
    }, DETAILS_AFTER_MS)
  }, [live, data, refresh])

  return data !== undefined && overtaken?.of === data ? overtaken.list : data
}
