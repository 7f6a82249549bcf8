import type { CallSession } from '../../../schemas/calls/call-sessions.ts'
import { finish, goOn } from './go-on.ts'
import { onInterruption } from './on-interruption.ts'
import { onSilence } from './on-silence.ts'
import { onTurn } from './on-turn.ts'
import { reportKey, type SessionReport } from './report.ts'
import { beginStep, type Step } from './step.ts'

/** Number of reports remembered to recognise repeated ones. */
const REPORTS_MAX = 16
/** Objection of a customer who does not want to be called, which counts even after the last sentence. */
const NO_CALLS = 'contact'

/** What a step has done besides changing the session. */
export interface SteppedSession {
  readonly session: CallSession
  /** Part or answer that the customer did not understand; null if there is none. */
  readonly confusedBy: string | null
}

/** Takes the first step of a new session. */
export function startSession(session: CallSession): SteppedSession {
  const step = beginStep(session, session.startedAt)
  goOn(step)
  return done(step)
}

/**
 * Answers a report. Returns `undefined` if the current prompt still holds: the report is older than the step, was
 * answered before, is about something that is not being said, or comes after the end.
 */
export function stepSession(session: CallSession, report: SessionReport): SteppedSession | undefined {
  if (session.isOver || isAnswered(session, report)) return undefined
  const step = beginStep(session, report.at)
  if (report.kind !== 'turn') step.session.reports = [...session.reports, reportKey(report)].slice(-REPORTS_MAX)
  if (report.kind === 'end') endSession(step, report.reason)
  else if (isLate(step) && session.outcome === 'open' && report.kind !== 'interruption') {
    if (report.kind === 'turn') step.session.lastTurn = report.number
    finish(step, 'end', `The call has lasted ${session.limits.totalMs / 1_000} seconds, the longest allowed.`)
  } else if (report.kind === 'interruption') onInterruption(step, report)
  else if (hasFinished(session)) stayFinished(step, report)
  else if (report.kind === 'silence') onSilence(step)
  else onTurn(step, report)
  return done(step)
}

/** Returns the ids of required parts that have not been said completely. */
export function unsaidParts({ parts }: Pick<CallSession, 'parts'>): string[] {
  return parts.filter(({ required, state }) => required && state !== 'said').map(({ id }) => id)
}

function isAnswered(session: CallSession, report: SessionReport): boolean {
  if (report.kind === 'turn') return report.number <= session.lastTurn
  if (session.reports.includes(reportKey(report))) return true
  if (report.kind === 'silence') return report.ms < session.limits.silenceMs
  return report.kind === 'interruption' && !session.prompt.say.some(({ partId }) => partId === report.partId)
}

function isLate({ session }: Step): boolean {
  return session.lastAt - session.startedAt > session.limits.totalMs
}

/** Whether the last prompt ends the call or hands it over. */
function hasFinished({ prompt }: CallSession): boolean {
  return prompt.next !== 'listen'
}

function stayFinished(step: Step, report: SessionReport): void {
  step.next = step.session.prompt.next as Step['next']
  if (report.kind !== 'turn') return
  const { number, analysis } = report
  step.session.lastTurn = number
  const reason = analysis.objection === NO_CALLS ? 'The customer does not want to be called.' : 'The call is ending.'
  step.reasons.push(reason)
}

function endSession(step: Step, reason: string): void {
  step.session.isOver = true
  step.next = 'end'
  step.reasons.push(`The call is over: ${reason}.`)
  const unsaid = unsaidParts(step.session)
  if (unsaid.length > 0) step.reasons.push(`Required parts that were not said completely: ${unsaid.join(', ')}.`)
}

function done({ session, say, next, reasons, confusedBy }: Step): SteppedSession {
  return { session: { ...session, prompt: { say, next, reasons } }, confusedBy }
}
