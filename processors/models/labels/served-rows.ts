import type { KeyedState } from '../../../features/keyed-state.ts'
import type { Score } from '../../../schemas/models/scores.ts'
import { releaseFeatures } from './kept-features.ts'
import { rowIdOf, rowKind, type ServedRow } from './row-state.ts'

/**
 * Keeps the row of a score, unless another of its subject and instant counts: the one with the highest offset. Those of
 * re-evaluations count last, since a later model gave their score. Returns whether it is kept.
 */
export function keepRow(state: KeyedState, score: Score): boolean {
  const { task, subjectId, occurredAt: at, id: scoreId, inputOffset: offset } = score
  const { featureSet, featuresId, row, text, lineTimes, probability, modelId, propensity, acted } = score
  const rowId = rowIdOf(task, subjectId, at)
  const served = {
    ...{ scoreId, subjectId, at, featureSet, featuresId, row, text, lineTimes, probability, modelId, offset },
    ...{ propensity, acted },
  }
  const held = state.get(rowKind, rowId)
  if (held !== undefined && !countsBefore(served, held)) {
    if (held.scoreId !== scoreId) releaseFeatures(state, served)
    return false
  }
  state.put(rowKind, rowId, served)
  if (held !== undefined) releaseFeatures(state, held)
  return true
}

/** Returns whether one of two rows of the same instant counts rather than the other. */
function countsBefore(one: ServedRow, other: ServedRow): boolean {
  if (one.offset !== other.offset) return (one.offset ?? -1) > (other.offset ?? -1)
  return one.scoreId > other.scoreId
}

/** Returns the id and time of the newest row of these subjects that was served between two times, inclusive, ms. */
export function newestRow(
  state: KeyedState,
  task: string,
  subjects: ReadonlySet<string>,
  { from, to }: { readonly from: number; readonly to: number },
): { readonly rowId: string; readonly at: number } | undefined {
  let newest: { readonly rowId: string; readonly served: ServedRow } | undefined
  state.look(rowKind, `${task}/`, (rowId, served) => {
    if (served.at > to) return false
    if (served.at < from || !subjects.has(served.subjectId)) return true
    if (newest === undefined || served.at > newest.served.at || countsBefore(served, newest.served))
      newest = { rowId, served }
    return true
  })
  return newest && { rowId: newest.rowId, at: newest.served.at }
}

export function removeRow(state: KeyedState, rowId: string): void {
  const served = state.get(rowKind, rowId)
  if (served === undefined) return
  state.delete(rowKind, rowId)
  releaseFeatures(state, served)
}
