import type { CallSession, SessionPart } from '../../../schemas/calls/call-sessions.ts'
import { changePart, sayPart, type Next, type Step } from './step.ts'

type Outcome = Exclude<Next, 'listen'>

/**
 * Says the next part. Required parts need no reply, so the part after them is said with them. The call ends with its
 * last part, unless that part is for the customer to reply to.
 */
export function goOn(step: Step): void {
  const { session } = step
  if (session.outcome !== 'open') return sayRequired(step, session.outcome as Outcome)
  for (const part of pendingParts(session)) {
    sayPart(step, part)
    if (!part.required) return
  }
  session.outcome = 'end'
  step.next = 'end'
}

/** Leaves out the rest of the script. Required parts are said all the same, then the call ends or is handed over. */
export function finish(step: Step, outcome: Outcome, reason: string): void {
  step.reasons.push(reason)
  step.session.outcome = outcome
  sayRequired(step, outcome)
}

function sayRequired(step: Step, outcome: Outcome): void {
  const { session } = step
  const trailing = trailingIds(session)
  for (const part of pendingParts(session)) {
    if (!part.required) skip(step, part)
    // The agent ends the call, so what is said at its end is left to the agent.
    else if (outcome === 'end' || !trailing.has(part.id)) sayPart(step, part)
  }
  step.next = outcome
}

/** Says required parts again that were interrupted in the middle of the call. */
export function sayInterrupted(step: Step): void {
  const trailing = trailingIds(step.session)
  for (const part of pendingParts(step.session))
    if (part.required && part.repeats > 0 && !trailing.has(part.id)) sayPart(step, part)
}

export function pendingParts({ parts }: Pick<CallSession, 'parts'>): readonly SessionPart[] {
  return parts.filter(({ state }) => state === 'pending')
}

/** Returns the required parts at the end of the script, such as a farewell. */
function trailingIds({ parts }: Pick<CallSession, 'parts'>): ReadonlySet<string> {
  const last = parts.findLastIndex(({ required }) => !required)
  return new Set(parts.slice(last + 1).map(({ id }) => id))
}

function skip(step: Step, { id }: SessionPart): void {
  changePart(step, id, { state: 'skipped' })
  step.reasons.push(`"${id}" is left out, because the call is ending.`)
}
