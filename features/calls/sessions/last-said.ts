import type { Saying } from '../../../schemas/calls/call-sessions.ts'
import { answerId, changePart, sayText, type Step } from './step.ts'

/** What the customer heard last, in both wordings. */
interface LastSaid {
  readonly saying: Saying
  readonly simpler: string | null
  readonly usesSimpler: boolean
}

/**
 * Says what the customer heard last once more: in simpler words if the template has them, otherwise in the same.
 * Returns whether the customer hears a new wording.
 */
export function sayLastSimpler(step: Step): boolean {
  const last = lastSaid(step)
  if (last === undefined) return false
  const { saying, simpler, usesSimpler } = last
  sayText(step, simpler === null ? saying : { ...saying, text: simpler })
  if (simpler === null || usesSimpler) return false
  markSimpler(step, saying.partId)
  return true
}

/** Says what the customer heard last once more, in the same words. */
export function repeatLast(step: Step): void {
  const last = lastSaid(step)
  if (last === undefined) return
  const { saying, simpler, usesSimpler } = last
  sayText(step, usesSimpler && simpler !== null ? { ...saying, text: simpler } : saying)
}

function lastSaid({ session }: Step): LastSaid | undefined {
  const { lastPartId, parts, answers } = session
  const part = parts.find(({ id }) => id === lastPartId)
  if (part !== undefined) {
    const { id: partId, text, simpler, usesSimpler, required } = part
    return { saying: { partId, text, required }, simpler, usesSimpler }
  }
  const answer = answers.find(({ objection }) => answerId(objection) === lastPartId)
  if (answer === undefined) return undefined
  const { text, simpler, usesSimpler } = answer
  return { saying: { partId: lastPartId!, text, required: false }, simpler, usesSimpler }
}

function markSimpler(step: Step, partId: string): void {
  changePart(step, partId, { usesSimpler: true })
  const { session } = step
  session.answers = session.answers.map((answer) =>
    answerId(answer.objection) === partId ? { ...answer, usesSimpler: true } : answer,
  )
}
