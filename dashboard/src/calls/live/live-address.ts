import { pageHref } from '../../route.ts'

export const LIVE_CALLS = 'live-calls'

export function liveCallHref(callId: string): string {
  return pageHref(LIVE_CALLS, callId)
}
