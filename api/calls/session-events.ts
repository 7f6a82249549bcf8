import type { SteppedSession } from '../../features/calls/sessions/step-session.ts'
import { unsaidParts } from '../../features/calls/sessions/step-session.ts'
import type { SessionReport } from '../../features/calls/sessions/report.ts'
import type { CallSession } from '../../schemas/calls/call-sessions.ts'
import { contactPermissions, type ContactPermission } from '../../schemas/calls/contact-permissions.ts'
import { sessionSteps, type SessionStep } from '../../schemas/calls/session-steps.ts'
import { turns, type CallTurn } from '../../schemas/calls/turns.ts'
import type { OutboxEntry } from '../../store/operations/outbox.ts'

const EVIDENCE_MAX = 900

/** Returns the events of a step: the step itself, and what else follows from a turn. */
export function sessionEvents(
  stepped: SteppedSession,
  report: SessionReport | undefined,
  turn: CallTurn | undefined,
): readonly OutboxEntry[] {
  const { session } = stepped
  const step: OutboxEntry = { topic: sessionSteps.name, event: stepOf(stepped, report) }
  if (report?.kind !== 'turn' || turn === undefined) return [step]
  const said: OutboxEntry = { topic: turns.name, event: turn }
  if (report.analysis.objection !== 'contact') return [said, step]
  return [{ topic: contactPermissions.name, event: doNotCall(session, report.analysis.text, report.at) }, said, step]
}

function stepOf({ session, confusedBy }: SteppedSession, report: SessionReport | undefined): SessionStep {
  const { callId, customerId, step, template, templateVersion, policyVersion, prompt } = session
  const { kind = 'start', at = session.startedAt } = report ?? {}
  return {
    ...{ id: `${callId}/step-${step}`, occurredAt: at, source: 'scoreline/api', customerId, callId, step },
    ...{ report: kind, ...turnFields(report), confusedBy, template, templateVersion, policyVersion },
    ...{ ...prompt, unsaid: unsaidParts(session) },
  }
}

function turnFields(report: SessionReport | undefined): Pick<SessionStep, 'turn' | 'spoken' | 'intent' | 'objection'> {
  if (report?.kind === 'turn') {
    const { text, intent, objection } = report.analysis
    return { turn: report.number, spoken: text, intent, objection }
  }
  const spoken = report?.kind === 'interruption' ? report.spoken : null
  return { turn: null, spoken, intent: null, objection: null }
}

function doNotCall({ callId, customerId }: CallSession, text: string, at: number): ContactPermission {
  return {
    ...{ id: `${callId}/do-not-call`, occurredAt: at, source: 'scoreline/api', customerId, kind: 'do-not-call' },
    ...{ purpose: null, channel: null, form: null, expiresAt: null },
    evidence: `Said in the call ${callId}: ${text}`.slice(0, EVIDENCE_MAX),
  }
}
