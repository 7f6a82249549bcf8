import { campaignHref } from '../../calls/campaigns/campaign-href.ts'
import { liveCallHref } from '../../calls/live/live-address.ts'
import { customerHref } from '../../route.ts'
import { caseHref } from '../../visits/cases/case-href.ts'
import type { TimelineEntry } from './timeline-text.ts'

/** Alerts on a visit, which has a case. */
const CASE_ALERTS = ['suspected-false-visit', 'invalid-visit']

/** Returns the address of what an entry is about; where that has no page of its own, the customer's tab with it. */
export function entryHref(customerId: string, { kind, visit, call, alert, case: decided }: TimelineEntry): string {
  if (decided !== null) return caseHref(decided.visitId)
  if (visit !== null) return visit.hasCase ? caseHref(visit.visitId) : customerHref(customerId, 'visits')
  if (call?.hasSession === true) return liveCallHref(call.callId)
  if (call !== null) return call.campaign === null ? customerHref(customerId, 'call') : campaignHref(call.campaign)
  if (alert !== null)
    return CASE_ALERTS.includes(alert.kind) ? caseHref(alert.subjectId) : customerHref(customerId, 'overview')
  return customerHref(customerId, kind === 'score' ? 'scores' : 'features')
}
