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

/** What makes a visit doubtful, with how much of it there is: 0 to 1. */
export interface Found {
  readonly visit: VisitFacts
  readonly score: number
  /** One sentence for a controller, with the figures. */
  readonly text: string
  /** The other visit, if it takes two. */
  readonly with: string | null
}

/** What a detector compares with, besides the visits themselves. */
export interface Surroundings {
  /** The places of a customer that hold at a time; empty: none is known. */
  placesOf(customerId: string, at: number | null): readonly KnownPlace[]
  isShared(deviceId: string): boolean
  /** Share of the organisation's positions that equal another one, or a known place, to the last digit; null: not known. */
  readonly repeatedPositions: number | null
  /** How many reports there are to be like, and of how many people; null: not known. */
  readonly reports: { readonly count: number; readonly people: number } | null
  /** How often each last digit (of minutes, of numbers in reports) is found in all visits; null: not known. */
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

/**
 * One kind of evidence. Pure: the same code runs over a file and in the stream. A detector never takes what is unknown
 * for evidence.
 */
export interface Detector<Name extends string = string> {
  readonly kind: string
  readonly group: Group
  /** What it means, for a controller. */
  readonly means: string
  /** What it can't know: honest ways to get there. */
  readonly cannotKnow: string
  /** What it adds to a score, times its own score. */
  readonly weights: { readonly false: number; readonly invalid: number }
  readonly parameters: Readonly<Record<Name, Parameter>>
  /** `visits`: of one group, in order of time; those whose time is unknown are last. */
  detect(
    visits: readonly VisitFacts[],
    parameters: Readonly<Record<Name, number>>,
    surroundings: Surroundings,
  ): Iterable<Found>
  /**
   * For the stream, where one visit of a large group is new, other, or gone (`changed`: as it is, or as it was): which
   * visits must be looked at. Left out: all of the group.
   */
  near?(changed: VisitFacts, all: VisitColumns, parameters: Readonly<Record<Name, number>>): Near
  /** What it says of a visit moves a little with each other visit of the group: not worth telling below this. */
  readonly drift?: number
}

/** Of a large group: enough to tell what one visit changes. */
export interface Near {
  /** In order of time: what must be looked at. */
  readonly look: readonly VisitFacts[]
  /** It is known that nothing is found among them: what was said is taken back, and nothing is looked for. */
  readonly isQuiet?: boolean
  /** Whether all that says something of this visit is among them; of the others nothing new is said. */
  tells(visit: VisitFacts): boolean
}

export const nothingNear: Near = { look: [], tells: () => false }

/** More than any honest day has. */
const AROUND_MAX = 100

/** Those within that time of a visit. */
export function around(columns: VisitColumns, at: number, lookMs: number, tellMs: number): Near {
  const middle = firstFrom(columns, at)
  const [from, to] = [firstFrom(columns, at - lookMs), firstFrom(columns, at + lookMs + 1)]
  const look: VisitFacts[] = []
  const last = Math.min(to, middle + AROUND_MAX)
  for (let i = Math.max(from, middle - AROUND_MAX); i < last; i++) look.push(visitAt(columns, i))
  return { look, tells: (visit) => visit.at !== null && Math.abs(visit.at - at) <= tellMs }
}

/** Keeps the parameters' names between declaration and use. */
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
