import { recordState, type KeyedState } from '../../../features/keyed-state.ts'
import { record, string } from '../../../schemas/avro/schema.ts'
import { alerts, type Alert } from '../../../schemas/customers/alerts.ts'
import { message, type Message } from '../../../schemas/topic.ts'
import type { CaseAlert } from '../../../schemas/visits/alert-kinds.ts'
import type { Case } from '../../../schemas/visits/cases.ts'
import { dayText, verdictText } from '../formats.ts'

const CurrentAlert = record('StandingAlert', 'The alert of a visit that was raised and not withdrawn.', {
  kind: string,
})
/** The alert that is raised now, by visit. */
export const currentAlertKind = recordState('alert', CurrentAlert)

/**
 * Returns messages that withdraw the former alert and raise the current one, to be published in the case’s transaction.
 */
export function alertMessages(decisionState: KeyedState, held: Case): Message[] {
  const { visitId } = held
  const before = decisionState.get(currentAlertKind, visitId)?.kind ?? null
  if (before === held.alert) return []
  if (held.alert === null) decisionState.delete(currentAlertKind, visitId)
  else decisionState.put(currentAlertKind, visitId, { kind: held.alert })
  const made: Message[] = []
  if (before !== null) made.push(alertMessage(held, before as CaseAlert, false))
  if (held.alert !== null) made.push(alertMessage(held, held.alert as CaseAlert, true))
  return made
}

function alertMessage(held: Case, kind: CaseAlert, raised: boolean): Message {
  const { id, occurredAt, source, customerId, visitId, policyVersion } = held
  const alert: Alert = {
    // One id per visit, kind and policy version, by which deliveries recognise a repeated alert.
    id: raised ? `${visitId}/${kind}/${policyVersion}` : `${id}/${kind}/withdrawn`,
    ...{ occurredAt, source, kind, customerId, subjectId: visitId, raised },
    text: raised ? raisedText(held) : withdrawnText(held),
    ...{ probability: null, threshold: null, reasons: [] },
  }
  return message(alerts, alert)
}

function raisedText({ salespersonId, visitedAt, verdict, evidence }: Case): string {
  const said = verdict === 'invalid' ? 'seems to have had no effect.' : 'may not have happened as reported.'
  const why = evidence.map(({ text }) => text).slice(0, 3)
  return [`The visit of ${salespersonId} on ${dayText(visitedAt)} ${said}`, ...why].join(' ')
}

function withdrawnText({ status, decision, snoozedUntil, verdict }: Case): string {
  if (status === 'decided' || status === 'closed') return `The case is decided: ${decision ?? 'closed'}.`
  if (status === 'lapsed') return 'Nobody has decided the case in time.'
  if (snoozedUntil !== null) return `Alerts like this are snoozed until ${dayText(snoozedUntil)}.`
  if (verdict === 'fine') return 'No longer: nothing speaks against the visit now.'
  return `No longer: the visit is ${verdictText(verdict)} now.`
}
