import type { Saying } from '../../../schemas/calls/call-sessions.ts'
import { finish } from './go-on.ts'
import { answerId, changePart, type Next, type Step } from './step.ts'

/** A part that need not be said counts as said if at least this share of it was played. */
const ENOUGH = 0.5

/**
 * The customer spoke while a sentence was said. Nothing is said until the customer has finished: what is missing
 * follows with the answer to the turn, or after a silence.
 */
export function onInterruption(step: Step, { partId, spoken }: { partId: string; spoken: string }): void {
  const { session } = step
  const { say, next } = session.prompt
  const place = say.findIndex((one) => one.partId === partId)
  step.next = next as Next
  const played = playedShare(say[place]!.text, spoken)
  if (played < 1) onCutOff(step, say[place]!, played)
  for (const unplayed of say.slice(place + 1)) takeBack(step, unplayed)
  session.lastPartId = partId
  const stuck = session.parts.find(({ id, repeats }) => id === partId && repeats > session.limits.repeatsMax)
  if (stuck?.state === 'pending')
    return finish(step, 'transfer', `"${partId}" was interrupted ${stuck.repeats} times, so an agent takes over.`)
  if (step.reasons.length === 0) step.reasons.push(`The customer spoke at the end of "${partId}".`)
}

function onCutOff(step: Step, { partId, required }: Saying, played: number): void {
  const part = step.session.parts.find(({ id }) => id === partId)
  const percent = Math.floor(played * 100)
  if (part === undefined || (!required && (played >= ENOUGH || part.repeats > 0))) {
    step.reasons.push(`"${partId}" was interrupted after ${percent} % and counts as said.`)
    return
  }
  changePart(step, partId, { state: 'pending', repeats: part.repeats + 1 })
  step.next = 'listen'
  step.reasons.push(`"${partId}" was interrupted after ${percent} % and will be said again.`)
}

/** A sentence that was not played at all is still to be said. */
function takeBack(step: Step, { partId }: Saying): void {
  const { session } = step
  changePart(step, partId, { state: 'pending' })
  session.answers = session.answers.map((one) => (answerId(one.objection) === partId ? { ...one, used: false } : one))
  step.next = 'listen'
  step.reasons.push(`"${partId}" was not played and is still to be said.`)
}

/** Returns the share of the text that was played, by its letters, from 0 to 1. */
function playedShare(text: string, spoken: string): number {
  const length = letters(text)
  return length === 0 ? 1 : Math.min(1, letters(spoken) / length)
}

function letters(text: string): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0
}
