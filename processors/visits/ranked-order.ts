import { lowerBound } from '../../features/lower-bound.ts'
import type { TypeOf } from '../../schemas/avro/schema.ts'
import { double, nullable, record, string } from '../../schemas/avro/schema.ts'
import { PriorityEntry } from '../../schemas/visits/priorities.ts'

export const Ranked = record('Ranked', 'An open opportunity of a salesperson.', {
  entry: PriorityEntry,
  teamId: nullable(string),
  mark: double,
})
export type Ranked = TypeOf<typeof Ranked>

/** The opportunities of one team, or of those without one, in both orders. */
export interface TeamOrders {
  readonly teamId: string | null
  readonly byProbability: Ranked[]
  /** Without entries of older versions, which have no expected value. */
  readonly byValue: Ranked[]
}

export type Order = (one: Ranked, other: Ranked) => number

/** Orders by descending probability, then by id. */
export const byProbability: Order = ({ entry: one }, { entry: other }) =>
  other.probability - one.probability ||
  compareStrings(one.opportunityId, other.opportunityId) ||
  compareStrings(one.salespersonId, other.salespersonId)

/** Orders by descending expected value, then by descending probability. */
export const byValue: Order = (one, other) =>
  other.entry.outlook!.expectedValueMinor - one.entry.outlook!.expectedValueMinor || byProbability(one, other)

/** Inserts an entry into both orders; returns the smaller of its indices. */
export function insertEntry(orders: TeamOrders, ranked: Ranked): number {
  const place = insert(orders.byProbability, ranked, byProbability)
  return ranked.entry.outlook === null ? place : Math.min(place, insert(orders.byValue, ranked, byValue))
}

/** Removes an entry from both orders; returns the smaller of the indices that it had. */
export function removeEntry(orders: TeamOrders, ranked: Ranked): number {
  const place = remove(orders.byProbability, ranked, byProbability)
  return ranked.entry.outlook === null ? place : Math.min(place, remove(orders.byValue, ranked, byValue))
}

function insert(list: Ranked[], ranked: Ranked, order: Order): number {
  const place = placeOf(list, ranked, order)
  list.splice(place, 0, ranked)
  return place
}

function remove(list: Ranked[], ranked: Ranked, order: Order): number {
  const place = placeOf(list, ranked, order)
  list.splice(place, 1)
  return place
}

/** Returns the index at which the entry is, or belongs. */
function placeOf(list: readonly Ranked[], ranked: Ranked, order: Order): number {
  return lowerBound(list.length, (place) => order(list[place]!, ranked) >= 0)
}

function compareStrings(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
