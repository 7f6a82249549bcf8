import { largestOf, mergeKind } from '../features/merge-kinds.ts'
import { numericState, type KeyedState } from '../features/keyed-state.ts'

/** 1 while an alert is raised, else 0. By task where each scorer of a processor raises its own alert. */
export const raisedAlert = numericState('raised', 1)

/** A raised alert of either customer is one of both, until the next decision withdraws it. */
export function mergeRaised(decisionState: KeyedState, other: KeyedState): void {
  mergeKind(decisionState, other, raisedAlert, largestOf)
}

/** Returns whether the alert must be raised or withdrawn now, and stores the new state. */
export function updateAlertState(decisionState: KeyedState, holds: boolean, task = ''): boolean {
  const wasRaised = decisionState.get(raisedAlert, task)?.[0] === 1
  if (holds === wasRaised) return false
  decisionState.put(raisedAlert, task, Float64Array.of(holds ? 1 : 0))
  return true
}
