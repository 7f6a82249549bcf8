import { apiUrl } from '../../api.ts'
import type { Page, PageProps } from '../../page.ts'
import { useResource } from '../../use-resource.ts'
import { DESKS } from './desk-address.ts'
import { DeskList } from './desk-list.tsx'
import { DeskView } from './desk-view.tsx'

const READ_EVERY_MS = 5_000
const SHOWN = 200

/** Page for team leads: which calls wait at which desk, who is at work, and who got which call why. */
export const desks: Page = { path: DESKS, title: 'desks.desks', View: Desks }

function Desks({ item: desk }: PageProps) {
  const list = useResource(apiUrl('/desks', { query: { limit: SHOWN } }), READ_EVERY_MS)
  return (
    <div class={desk === undefined ? 'list-detail' : 'list-detail opened'}>
      <DeskList list={list} opened={desk} />
      {desk !== undefined && <DeskView key={desk} desk={desk} />}
    </div>
  )
}
