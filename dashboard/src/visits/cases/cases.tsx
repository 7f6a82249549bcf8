import { useEffect, useRef, useState } from 'preact/hooks'
import { apiUrl } from '../../api.ts'
import type { Page, PageProps } from '../../page.ts'
import { CASES, caseHref } from './case-href.ts'
import { useResource } from '../../use-resource.ts'
import { CaseQueue, type StatusFilter } from './case-queue.tsx'
import { CaseView } from './case-view.tsx'
import { KeyList } from './key-list.tsx'
import { PoliciesPanel } from './policies-panel.tsx'
import { SnoozesPanel, toggled } from './snoozes-panel.tsx'
import { useKeys } from './use-keys.ts'

const READ_EVERY_MS = 15_000
const BEHIND_MS = 1_500
const PAGE = 50
/** The API's page limit. */
const CASES_MAX = 500

/** Page of visits under review: the queue, with one case next to it. */
export const cases: Page = { path: CASES, title: 'cases.cases', View: Cases }

function Cases({ item: visitId, live }: PageProps) {
  const [status, setStatus] = useState<StatusFilter>('undecided')
  const [shown, setShown] = useState(PAGE)
  const [showsKeys, setShowsKeys] = useState(false)
  const [chosen, setChosen] = useState<ReadonlySet<string>>()
  const queue = useResource(
    apiUrl('/cases', { query: { ...(status === 'all' ? {} : { status }), limit: shown } }),
    READ_EVERY_MS,
  )
  const { refresh } = queue
  useEffect(() => {
    if (live.cases.length === 0) return
    // The database is a moment behind the stream.
    const timer = setTimeout(refresh, BEHIND_MS)
    return () => clearTimeout(timer)
  }, [live.cases, refresh])
  const items = queue.data?.items ?? []
  const step = useStep(
    items.map((one) => one.visitId),
    visitId,
  )
  useKeys({ j: () => step(1), k: () => step(-1), '?': () => setShowsKeys(true) })

  return (
    <div class={visitId === undefined ? 'reviewing' : 'reviewing opened'}>
      <CaseQueue
        {...{ queue, status, opened: visitId }}
        onStatus={(next) => {
          setStatus(next)
          setShown(PAGE)
        }}
        onMore={shown < CASES_MAX ? () => setShown(Math.min(CASES_MAX, shown + PAGE)) : undefined}
        onKeys={() => setShowsKeys(true)}
        onToggleSelection={() => setChosen(chosen === undefined ? new Set() : undefined)}
        selection={
          chosen && {
            chosen,
            onChoose: (one) => setChosen(toggled(chosen, one)),
            onDone() {
              setChosen(new Set())
              refresh()
            },
          }
        }
      />
      {visitId !== undefined && (
        <CaseView
          key={visitId}
          visitId={visitId}
          newest={items.find((one) => one.visitId === visitId)?.revision}
          onChange={refresh}
        />
      )}
      {visitId === undefined && (
        <div class="two">
          <SnoozesPanel />
          <PoliciesPanel />
        </div>
      )}
      {showsKeys && <KeyList onClose={() => setShowsKeys(false)} />}
    </div>
  )
}

/**
 * Returns a function that steps to the next or previous case: it focuses its line, and opens it if a case is open. If
 * the open case has left the list, the next case is the one that has taken its place.
 */
function useStep(visitIds: readonly string[], opened: string | undefined): (by: 1 | -1) => void {
  const last = useRef(-1)
  const place = opened === undefined ? -1 : visitIds.indexOf(opened)
  useEffect(() => {
    if (place !== -1) last.current = place
  }, [place])
  return (by) => {
    const lines = [...document.querySelectorAll<HTMLAnchorElement>('.queue a[data-visit]')]
    const focused = lines.findIndex((line) => line === document.activeElement)
    const hasLeft = opened !== undefined && place === -1 && last.current !== -1
    const from = opened === undefined ? focused : hasLeft ? last.current - (by === 1 ? 1 : 0) : place
    const next = Math.min(visitIds.length - 1, Math.max(0, from + by))
    lines[next]?.focus()
    lines[next]?.scrollIntoView({ block: 'nearest' })
    const nextId = visitIds[next]
    if (opened !== undefined && nextId !== undefined) location.hash = caseHref(nextId)
  }
}
