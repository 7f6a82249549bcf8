import type { KeyedState } from '../../../features/keyed-state.ts'
import type { CustomerFeatures } from '../../../schemas/customers/customer-features.ts'
import { labelRules } from './label-rules.ts'
import { featuresIdOf, featuresKind, rowIdOf, rowKind, type ServedRow } from './row-state.ts'

/** Newest features kept although no row refers to them, since the scores may arrive later than the features. */
const UNREFERRED_MAX = 128

/** Keeps published features. Returns the ids of the labels that waited for them. */
export function keepFeatures(state: KeyedState, { id, occurredAt, values }: CustomerFeatures): readonly string[] {
  const featuresId = featuresIdOf(occurredAt, id)
  const held = state.get(featuresKind, featuresId)
  state.put(featuresKind, featuresId, { values, awaitedBy: [] })
  return held?.awaitedBy ?? []
}

/** Lets a label wait for the features of its row. */
export function awaitFeatures(state: KeyedState, { at, featuresId }: ServedRow, labelId: string): void {
  const id = featuresIdOf(at, featuresId!)
  const { awaitedBy = [] } = state.get(featuresKind, id) ?? {}
  if (!awaitedBy.includes(labelId)) state.put(featuresKind, id, { values: null, awaitedBy: [...awaitedBy, labelId] })
}

/** Returns the numbers of a row; `undefined` until the features that it refers to have arrived. */
export function valuesOf(state: KeyedState, { featuresId, at, row }: ServedRow): readonly number[] | undefined {
  return featuresId === null ? row : (state.get(featuresKind, featuresIdOf(at, featuresId))?.values ?? undefined)
}

/** Removes the features of a row that is no longer kept, unless the row of another task is the same. */
export function releaseFeatures(state: KeyedState, { featuresId, at, subjectId }: ServedRow): void {
  if (featuresId === null) return
  for (const task of labelRules.keys())
    if (state.get(rowKind, rowIdOf(task, subjectId, at))?.featuresId === featuresId) return
  state.delete(featuresKind, featuresIdOf(at, featuresId))
}

/** Removes features that no row refers to, except the newest. */
export function sweepFeatures(state: KeyedState): void {
  const referred = new Set<string>()
  state.look(rowKind, '', (_id, { at, featuresId }) => {
    if (featuresId !== null) referred.add(featuresIdOf(at, featuresId))
    return true
  })
  const unreferred = [...state.scan(featuresKind)].map(([id]) => id).filter((id) => !referred.has(id))
  for (const id of unreferred.slice(0, Math.max(0, unreferred.length - UNREFERRED_MAX))) state.delete(featuresKind, id)
}
