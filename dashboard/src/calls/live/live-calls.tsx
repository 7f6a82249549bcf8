import { apiUrl } from '../../api.ts'
import type { Page, PageProps } from '../../page.ts'
import { useResource } from '../../use-resource.ts'
import { LIVE_CALLS } from './live-address.ts'
import { LiveCallList } from './live-call-list.tsx'
import { LiveCallView } from './live-call-view.tsx'
import { StartCall } from './start-call.tsx'

const READ_EVERY_MS = 3_000
const SHOWN = 200

/** Page for agents: the calls that go on, and one of them with what to say now. */
export const liveCalls: Page = { path: LIVE_CALLS, title: 'liveCalls.liveCalls', View: LiveCalls }

function LiveCalls({ item: callId }: PageProps) {
  const list = useResource(apiUrl('/call-sessions', { query: { isOver: false, limit: SHOWN } }), READ_EVERY_MS)
  return (
    <div class={callId === undefined ? 'list-detail' : 'list-detail opened'}>
      <div class="stack">
        <LiveCallList list={list} opened={callId} />
        <StartCall onStarted={list.refresh} />
      </div>
      {callId !== undefined && <LiveCallView key={callId} callId={callId} onChange={list.refresh} />}
    </div>
  )
}
