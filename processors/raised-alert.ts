import { numericState, type KeyedState } from '../features/keyed-state.ts'

/** Whether the alert of a processor is raised: 1 or 0. */
export const raisedAlert = numericState('raised', 1)

/** Whether the alert must be raised or withdrawn now; the decision state remembers which. */
export function alertTurns(decisionState: KeyedState, holds: boolean): boolean {
  const stood = decisionState.get(raisedAlert, '')?.[0] === 1
  if (holds === stood) return false
  decisionState.put(raisedAlert, '', Float64Array.of(holds ? 1 : 0))
  return true
}
