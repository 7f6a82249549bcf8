import { finish, goOn, pendingParts, sayInterrupted } from './go-on.ts'
import { repeatSaid } from './repeat-said.ts'
import { sayLastSimpler } from './last-said.ts'
import { mentions } from './mentions.ts'
import type { TurnReport } from './report.ts'
import { answerId, changePart, sayText, type Step } from './step.ts'

/** Number of earlier analyses that a session keeps as the context of later turns. */
const ANALYSES_MAX = 10

/** Answers a turn of the customer. */
export function onTurn(step: Step, turn: TurnReport): void {
  const { session } = step
  const { objection } = turn.analysis
  session.lastTurn = turn.number
  session.silences = 0
  session.analyses = [...session.analyses, turn.analysis].slice(-ANALYSES_MAX)
  if (!turn.isIntelligible) return onUnknown(step, 'The turn was not understood')
  if (turn.wantsAgent) return finish(step, 'transfer', 'The customer asks for a person.')
  if (objection !== null) {
    session.unknownTurns = 0
    return onObjection(step, objection)
  }
  if (turn.isConfused && session.lastPartId !== null) return onConfused(step, session.lastPartId)
  session.unknownTurns = 0
  skipAnswered(step, turn)
  goOn(step)
}

function onUnknown(step: Step, what: string): void {
  const { session } = step
  session.unknownTurns++
  const { unknownTurnsMax, onUnknown: next } = session.limits
  if (session.unknownTurns > unknownTurnsMax)
    return finish(step, next as 'transfer' | 'end', `${what}, for the ${session.unknownTurns}. time in a row.`)
  step.reasons.push(`${what}, so the last sentence is repeated.`)
  repeatSaid(step)
}

function onConfused(step: Step, partId: string): void {
  const { session } = step
  step.confusedBy = partId
  // Rendered first, because what else is said changes what the customer heard last.
  const simpler = { ...step, say: [] }
  if (!sayLastSimpler(simpler)) return onUnknown(step, `The customer does not understand "${partId}"`)
  session.unknownTurns = 0
  step.reasons.push(`The customer does not understand "${partId}", so it is said in simpler words.`)
  changePart(step, partId, { state: 'said' })
  sayInterrupted(step)
  for (const saying of simpler.say) sayText(step, saying)
}

function onObjection(step: Step, objection: string): void {
  const { session } = step
  const answer = session.answers.find((one) => one.objection === objection)
  if (answer === undefined) return onUnanswered(step, objection)
  const endsCall = objection === 'contact'
  if (answer.used && !endsCall)
    return finish(step, 'end', `The customer repeats the objection ${objection}, which was answered already.`)
  step.reasons.push(`The customer objects: ${objection}. The template’s answer is said.`)
  if (!endsCall) sayInterrupted(step)
  sayText(step, { partId: answerId(objection), text: answer.text, required: false })
  session.answers = session.answers.map((one) => (one === answer ? { ...one, used: true } : one))
  if (endsCall) return finish(step, 'end', 'The customer does not want to be called.')
  if (objection !== 'timing') return
  session.outcome = 'end'
  step.reasons.push('The customer has no time now, so the call ends after the reply.')
}

function onUnanswered(step: Step, objection: string): void {
  const why = `The customer objects: ${objection}. The template has no answer`
  if (objection === 'contact') return finish(step, 'end', `${why}; the customer does not want to be called.`)
  if (step.session.limits.withoutAnswer === 'transfer')
    return finish(step, 'transfer', `${why}, so an agent takes over.`)
  step.reasons.push(`${why}, so the script goes on.`)
  goOn(step)
}

/** Skips parts that the turn answers before they are said. */
function skipAnswered(step: Step, { analysis: { text, intent } }: TurnReport): void {
  for (const { id, required, answeredBy } of pendingParts(step.session)) {
    const known = required ? undefined : answeredBy.find((one) => one === intent || mentions(text, one))
    if (known === undefined) continue
    changePart(step, id, { state: 'skipped' })
    step.reasons.push(`"${id}" is left out, because the customer has answered it: ${known}.`)
  }
}
