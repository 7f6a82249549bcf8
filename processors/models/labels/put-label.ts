import type { KeyedState } from '../../../features/keyed-state.ts'
import { labelKind, type Label } from './label-state.ts'
import { chooseTraining } from './training-choice.ts'

/** Stores a label and selects the training rows of the periods that it left and entered. Adds the changed ids. */
export function putLabel(state: KeyedState, id: string, next: Label, changed: Set<string>): void {
  const before = state.get(labelKind, id)
  state.put(labelKind, id, next)
  changed.add(id)
  if (before !== undefined && before.servedAt !== null && before.servedAt !== next.servedAt)
    chooseTraining(state, next.task, before.servedAt, changed)
  if (next.servedAt !== null) chooseTraining(state, next.task, next.servedAt, changed)
}
