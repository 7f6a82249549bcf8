import { numericState, type KeyedState } from '../features/keyed-state.ts'

/** Whether an alert is raised: 1 or 0; by task where scorers of one processor raise their own. */
export const raisedAlert = numericState('raised', 1)

/** Whether the alert must be raised or withdrawn now; the decision state remembers which. */
export function alertTurns(decisionState: KeyedState, holds: boolean, task = ''): boolean {
  const stood = decisionState.get(raisedAlert, task)?.[0] === 1
  if (holds === stood) return false
  decisionState.put(raisedAlert, task, Float64Array.of(holds ? 1 : 0))
  return true
}
