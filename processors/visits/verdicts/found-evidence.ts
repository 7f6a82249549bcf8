import { keepLargest, largerBy, mergeKind } from '../../../features/merge-kinds.ts'
import { numericState, recordsOf, recordState, type KeyedState } from '../../../features/keyed-state.ts'
import { minBy } from '../../../features/min-by.ts'
import { idPart } from '../../../features/string-hash.ts'
import {
  boolean,
  double,
  enumeration,
  int,
  nullable,
  record,
  string,
  timestamp,
  type TypeOf,
} from '../../../schemas/avro/schema.ts'
import { verdicts } from '../../../schemas/visits/verdicts.ts'
import type { FoundEvidence } from '../../../schemas/visits/visit-evidence.ts'

/** Visits with evidence kept per customer; a newer one replaces the oldest, whose last assessment stands. */
const VISITS_MAX = 1_000

const VisitRecord = record('VisitRecord', 'The visit that evidence is about.', {
  visitId: string,
  revision: int,
  withdrawn: boolean,
  opportunityId: string,
  salespersonId: string,
  visitedAt: timestamp,
  visitCount: nullable(int),
  conversionProbability: nullable(double),
})
export type VisitRecord = TypeOf<typeof VisitRecord>
const recordKind = recordState('records', VisitRecord)

const Found = record('Found', 'What one group says of a visit.', {
  kind: string,
  score: double,
  text: string,
  with: nullable(string),
  ruled: enumeration('Verdict', verdicts),
})
export type Found = TypeOf<typeof Found>
/** Evidence under `visit/kind/group`. */
const foundKind = recordState('found', Found)
const countKind = numericState('record-count', 1)

export const foundKinds = [recordKind, foundKind, countKind] as const

/**
 * Stores evidence, or removes it if it was withdrawn. Returns the visits to assess: this one, and one that was dropped
 * for it.
 */
export function storeEvidence(state: KeyedState, evidence: FoundEvidence): string[] {
  const part = idPart(evidence.visitId)
  const held = state.get(recordKind, part)
  const { kind, score, text, with: other, ruled, group } = evidence
  if (held === undefined && score === 0 && !evidence.withdrawn) return []
  const forgotten = held === undefined ? evictOldest(state) : undefined
  if (held === undefined || evidence.revision >= held.revision) state.put(recordKind, part, recordOf(evidence, held))
  const id = `${part}/${kind}/${idPart(group)}`
  if (score > 0) state.put(foundKind, id, { kind, score, text, with: other, ruled })
  else state.delete(foundKind, id)
  return forgotten === undefined ? [evidence.visitId] : [evidence.visitId, forgotten]
}

/** Takes over the evidence of another customer's state; that of the newest 1,000 visits of both stays. */
export function mergeEvidence(state: KeyedState, other: KeyedState): void {
  mergeKind(
    state,
    other,
    recordKind,
    largerBy(({ revision }) => revision),
  )
  mergeKind(
    state,
    other,
    foundKind,
    largerBy(({ score }) => score),
  )
  for (const part of keepLargest(state, recordKind, VISITS_MAX, ({ visitedAt }) => visitedAt))
    for (const [id] of [...state.scan(foundKind, `${part}/`)]) state.delete(foundKind, id)
  const count = state.count(recordKind)
  if (count > 0) state.put(countKind, '', Float64Array.of(count))
}

export function recordOfVisit(state: KeyedState, visitId: string): VisitRecord | undefined {
  return state.get(recordKind, idPart(visitId))
}

export function* recordedVisits(state: KeyedState): Generator<string> {
  for (const [, { visitId }] of state.scan(recordKind)) yield visitId
}

export function foundOf(state: KeyedState, visitId: string): Found[] {
  return recordsOf(state, foundKind, `${idPart(visitId)}/`)
}

/** Only the customer’s own group knows whether the visit was withdrawn, and the state of the opportunity. */
function recordOf(evidence: FoundEvidence, held: VisitRecord | undefined): VisitRecord {
  const { visitId, revision, opportunityId, salespersonId, visitedAt } = evidence
  const isKnown = evidence.group === 'customer' || held?.revision !== revision
  const { withdrawn, visitCount, conversionProbability } = isKnown ? evidence : held
  return { visitId, revision, withdrawn, opportunityId, salespersonId, visitedAt, visitCount, conversionProbability }
}

function evictOldest(state: KeyedState): string | undefined {
  const count = state.get(countKind, '')?.[0] ?? 0
  state.put(countKind, '', Float64Array.of(Math.min(VISITS_MAX, count + 1)))
  if (count < VISITS_MAX) return undefined
  const { visitId } = minBy(recordsOf(state, recordKind), ({ visitedAt }) => visitedAt)!
  const part = idPart(visitId)
  state.delete(recordKind, part)
  for (const [id] of [...state.scan(foundKind, `${part}/`)]) state.delete(foundKind, id)
  return visitId
}
