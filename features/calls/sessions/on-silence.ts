import { finish } from './go-on.ts'
import { repeatSaid } from './repeat-said.ts'
import type { Step } from './step.ts'

/** The customer says nothing. */
export function onSilence(step: Step): void {
  const { session } = step
  session.silences++
  if (session.silences > session.limits.silencesMax)
    return finish(step, 'end', `The customer says nothing, for the ${session.silences}. time in a row.`)
  step.reasons.push('The customer says nothing.')
  repeatSaid(step)
}
