import { goOn, pendingParts } from './go-on.ts'
import { repeatLast } from './last-said.ts'
import type { Step } from './step.ts'

/** Repeats what the customer heard last, or goes on where it was interrupted. */
export function repeatSaid(step: Step): void {
  const { session } = step
  const wasInterrupted = pendingParts(session).some(({ repeats }) => repeats > 0)
  if (wasInterrupted || session.outcome !== 'open') goOn(step)
  else repeatLast(step)
}
