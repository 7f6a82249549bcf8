import type { KnownPlace } from '../../../features/visits/places.ts'
import type { VisitFacts } from '../../../features/visits/visit-facts.ts'
import { firstFrom, visitAt, type VisitColumns } from './visit-columns.ts'

/** A number that a policy may set. */
export interface Parameter {
  readonly value: number
  readonly from: number
  readonly to: number
  readonly meaning: string
}

/** A reason to doubt a visit, with its strength, 0 to 1. */
export interface Found {
  readonly visit: VisitFacts
  readonly score: number
  /** One sentence for a controller, with the figures. */
  readonly text: string
  /** The id of the other visit, if two are involved. */
  readonly with: string | null
}

/** What a detector compares with, besides the visits themselves. */
export interface Surroundings {
  /** Returns the places of a customer that are valid at a time; empty if none is known. */
  placesOf(customerId: string, at: number | null): readonly KnownPlace[]
  isShared(deviceId: string): boolean
  /**
   * Share of the organisation's positions that equal another one, or a known place, to the last digit; null: not known.
   */
  readonly repeatedPositions: number | null
  /** Number of reports that may have been copied, and of their authors; null: not known. */
  readonly reports: { readonly count: number; readonly people: number } | null
  /** Occurrences of each last digit (of minutes, of numbers in reports) in all visits; null: not known. */
  readonly digits: { readonly minutes: readonly number[]; readonly numbers: readonly number[] } | null
}

/** Surroundings of which nothing is known. */
export const unknownSurroundings: Surroundings = {
  placesOf: () => [],
  isShared: () => false,
  repeatedPositions: null,
  reports: null,
  digits: null,
}

/** The visits that a detector must see together. */
export type Group = 'visit' | 'salesperson' | 'customer' | 'device' | 'photo' | 'opportunity' | 'text'

/** One kind of evidence. Pure: the same code runs over a file and in the stream. What is unknown is never evidence. */
export interface Detector<Name extends string = string> {
  readonly kind: string
  readonly group: Group
  /** Meaning of the evidence, for a controller. */
  readonly means: string
  /** What the detector can't know: innocent explanations. */
  readonly cannotKnow: string
  /** Weights in the visit's scores, to be multiplied by the strength of the evidence. */
  readonly weights: { readonly false: number; readonly invalid: number }
  readonly parameters: Readonly<Record<Name, Parameter>>
  /** Yields the evidence among the visits of one group, which are in order of time with unknown times last. */
  detect(
    visits: readonly VisitFacts[],
    parameters: Readonly<Record<Name, number>>,
    surroundings: Surroundings,
  ): Iterable<Found>
  /**
   * For the stream: selects the visits to examine when one visit of a large group is added, changed or removed
   * (`changed`: as it is, or as it was). Without it, the whole group is examined.
   */
  neighbourhood?(changed: VisitFacts, all: VisitColumns, parameters: Readonly<Record<Name, number>>): Neighbourhood
  /** Smallest change of a score that is published, for scores that move a little with each other visit of the group. */
  readonly drift?: number
}

/** The part of a large group that is needed to see what one visit changes. */
export interface Neighbourhood {
  /** Visits to examine, in order of time. */
  readonly visits: readonly VisitFacts[]
  /** Known to hold no evidence: what was published before is withdrawn without running the detector. */
  readonly hasNoEvidence?: boolean
  /** Whether `visits` holds all that matters for this visit; the evidence on other visits stays as it is. */
  isCompleteFor(visit: VisitFacts): boolean
}

export const emptyNeighbourhood: Neighbourhood = { visits: [], isCompleteFor: () => false }

/** Visits examined on either side: more than any honest day has. */
const AROUND_MAX = 100

/** Selects the visits within `examinedMs` of a time; those within `completeMs` of it can be decided on. */
export function around(columns: VisitColumns, at: number, examinedMs: number, completeMs: number): Neighbourhood {
  const middle = firstFrom(columns, at)
  const [from, to] = [firstFrom(columns, at - examinedMs), firstFrom(columns, at + examinedMs + 1)]
  const visits: VisitFacts[] = []
  const last = Math.min(to, middle + AROUND_MAX)
  for (let i = Math.max(from, middle - AROUND_MAX); i < last; i++) visits.push(visitAt(columns, i))
  return { visits, isCompleteFor: (visit) => visit.at !== null && Math.abs(visit.at - at) <= completeMs }
}

/** Keeps the type of the parameters' names between declaration and use. */
export function detector<Name extends string>(definition: Detector<Name>): Detector {
  return definition as unknown as Detector
}

export const parameter = (value: number, from: number, to: number, meaning: string): Parameter => ({
  value,
  from,
  to,
  meaning,
})

/** 0 at `from`, 1 at `to` (which may be smaller), linear between. */
export function ramp(value: number, from: number, to: number): number {
  return Math.max(0, Math.min(1, (value - from) / (to - from)))
}
