import type { CallSession, Saying, SessionPart } from '../../../schemas/calls/call-sessions.ts'

export type Next = 'listen' | 'end' | 'transfer'

/** A step in progress: a copy of the session that it changes, and the prompt that it makes. */
export interface Step {
  readonly session: { -readonly [Field in keyof CallSession]: CallSession[Field] }
  readonly say: Saying[]
  readonly reasons: string[]
  next: Next
  /** Part or answer that the customer did not understand. */
  confusedBy: string | null
}

export function beginStep(session: CallSession, at: number): Step {
  return {
    session: { ...session, step: session.step + 1, lastAt: Math.max(session.lastAt, at) },
    ...{ say: [], reasons: [], next: 'listen', confusedBy: null },
  }
}

/** Replaces a part in the session. */
export function changePart({ session }: Step, id: string, change: Partial<SessionPart>): void {
  session.parts = session.parts.map((part) => (part.id === id ? { ...part, ...change } : part))
}

export const answerId = (objection: string): string => `answer:${objection}`

/** Adds a sentence to the prompt. A confused reply will be about it. */
export function sayText(step: Step, saying: Saying): void {
  step.say.push(saying)
  step.session.lastPartId = saying.partId
}

/** Says a part, in its simpler wording if the customer needed that before. */
export function sayPart(step: Step, { id: partId, text, simpler, usesSimpler, required, repeats }: SessionPart): void {
  if (repeats > 0) step.reasons.push(`"${partId}" is said again, because it was interrupted.`)
  changePart(step, partId, { state: 'said' })
  sayText(step, { partId, text: usesSimpler ? (simpler ?? text) : text, required })
}
