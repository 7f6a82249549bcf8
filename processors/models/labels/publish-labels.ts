import type { RequestScore, State } from '../../processor.ts'
import { awaitFeatures, valuesOf } from './kept-features.ts'
import { labelKind } from './label-state.ts'
import { rowKind } from './row-state.ts'

/** Requests that changed labels be published, as soon as the numbers of their rows are known. */
export function publishLabels(state: State, labelIds: Iterable<string>, requestScore: RequestScore): void {
  for (const labelId of labelIds) {
    const label = state.get(labelKind, labelId)
    const served = label?.status === 'labelled' ? state.get(rowKind, label.rowId!) : undefined
    if (served === undefined || valuesOf(state, served) !== undefined) requestScore(labelId)
    else awaitFeatures(state, served, labelId)
  }
}
