import { numericState, recordsOf, recordState, type KeyedState } from '../../features/keyed-state.ts'
import { idPart, unitHash } from '../../features/string-hash.ts'
import { double, int, nullable, record, string, type TypeOf } from '../../schemas/avro/schema.ts'
import { PriorityEntry } from '../../schemas/visits/priorities.ts'

/** Maximum length of each order of a priority list. */
export const LIST_LENGTH_MAX = 100

const Ranked = record('Ranked', 'An open opportunity of a salesperson.', {
  entry: PriorityEntry,
  teamId: nullable(string),
  mark: double,
})
type Ranked = TypeOf<typeof Ranked>
/** By opportunity and salesperson. */
const rankedKind = recordState('ranked', Ranked)
/** The ids begin with the team and the numbers of the order, so that a scan gives the best of a team first. */
const probabilityOrder = numericState('by-probability', 1)
const valueOrder = numericState('by-value', 1)
const Team = record('RankedTeam', 'How many opportunities of a team are ranked.', {
  teamId: nullable(string),
  count: int,
})
const teamKind = recordState('teams', Team)

export const rankingKinds = [rankedKind, probabilityOrder, valueOrder, teamKind] as const

/** The best by either order, in order of probability, with their places. */
export interface Best {
  readonly entries: readonly PriorityEntry[]
  /** Of each entry, without its places: equal for equal ones. */
  readonly marks: readonly number[]
  /** How many there are, listed or not. */
  readonly openCount: number
  /** Of entries and count: equal lists have equal digests; different ones have different ones, as good as always. */
  readonly digest: number
}

/** Ranks the entry, or moves it to its new place. */
export function rank(memory: KeyedState, entry: PriorityEntry, teamId: string | null): void {
  unrank(memory, entry)
  const id = idOf(entry)
  memory.put(rankedKind, id, { entry, teamId, mark: unitHash(JSON.stringify(entry)) })
  memory.put(probabilityOrder, probabilityPlace(entry, teamId), Float64Array.of(entry.probability))
  const valuePlaceId = valuePlace(entry, teamId)
  if (valuePlaceId !== undefined)
    memory.put(valueOrder, valuePlaceId, Float64Array.of(entry.outlook!.expectedValueMinor))
  count(memory, teamId, +1)
}

/** Takes it out; returns whether it was ranked. */
export function unrank(memory: KeyedState, of: Pick<PriorityEntry, 'opportunityId' | 'salespersonId'>): boolean {
  const id = idOf(of)
  const held = memory.get(rankedKind, id)
  if (held === undefined) return false
  const { entry, teamId } = held
  memory.delete(rankedKind, id)
  memory.delete(probabilityOrder, probabilityPlace(entry, teamId))
  const valuePlaceId = valuePlace(entry, teamId)
  if (valuePlaceId !== undefined) memory.delete(valueOrder, valuePlaceId)
  count(memory, teamId, -1)
  return true
}

/** What is ranked of an opportunity. */
export function rankedEntry(
  memory: KeyedState,
  of: Pick<PriorityEntry, 'opportunityId' | 'salespersonId'>,
): PriorityEntry | undefined {
  return memory.get(rankedKind, idOf(of))?.entry
}

/** By team, without those that have none. `all`: the best of all. */
export function bestByTeam(memory: KeyedState, all: Best): Map<string, Best> {
  const teams = recordsOf(memory, teamKind)
  const isOne = teams.length === 1
  return new Map(
    teams.flatMap(({ teamId }) => (teamId === null ? [] : [[teamId, isOne ? all : best(memory, teamId)] as const])),
  )
}

/** The best of a team, or of all. */
export function best(memory: KeyedState, teamId?: string): Best {
  const teams = recordsOf(memory, teamKind).filter((team) => teamId === undefined || team.teamId === teamId)
  const byProbability = first(memory, probabilityOrder, teams)
  const byValue = first(memory, valueOrder, teams)
  const valueRanks = new Map(byValue.map((ranked, index) => [ranked, index + 1]))
  const ranks = new Map(byProbability.map((ranked, index) => [ranked, index + 1]))
  // What is not among the best by probability comes behind them.
  const others = byValue.filter((ranked) => !ranks.has(ranked)).sort(byProbabilityThenId)
  const openCount = teams.reduce((sum, { count }) => sum + count, 0)
  const entries: PriorityEntry[] = []
  const marks: number[] = []
  let digested = String(openCount)
  for (const ranked of [...byProbability, ...others]) {
    const valueRank = valueRanks.get(ranked) ?? null
    entries.push({ ...ranked.entry, rank: ranks.get(ranked) ?? null, valueRank })
    marks.push(ranked.mark)
    digested += ` ${ranked.mark} ${valueRank}`
  }
  return { entries, marks, openCount, digest: unitHash(digested) }
}

/** The first of each team, merged. */
function first(memory: KeyedState, order: typeof probabilityOrder, teams: readonly { teamId: string | null }[]) {
  const places: { readonly place: string; readonly id: string }[] = []
  for (const { teamId } of teams) {
    const prefix = `${teamPart(teamId)}/`
    let left = LIST_LENGTH_MAX
    memory.look(order, prefix, (full) => {
      const place = full.slice(prefix.length)
      places.push({ place, id: place.slice(place.indexOf('/') + 1) })
      return --left > 0
    })
  }
  if (teams.length > 1) places.sort((one, other) => (one.place < other.place ? -1 : 1))
  return places.slice(0, LIST_LENGTH_MAX).map(({ id }) => memory.get(rankedKind, id)!)
}

function byProbabilityThenId({ entry: one }: Ranked, { entry: other }: Ranked): number {
  return other.probability - one.probability || (idOf(one) < idOf(other) ? -1 : 1)
}

function count(memory: KeyedState, teamId: string | null, change: number): void {
  const id = teamPart(teamId)
  const after = (memory.get(teamKind, id)?.count ?? 0) + change
  if (after === 0) memory.delete(teamKind, id)
  else memory.put(teamKind, id, { teamId, count: after })
}

/** Ids from outside have no control characters, so that opportunities keep their order. */
function idOf({ opportunityId, salespersonId }: Pick<PriorityEntry, 'opportunityId' | 'salespersonId'>): string {
  return `${opportunityId}\u0002${salespersonId}`
}

function probabilityPlace(entry: PriorityEntry, teamId: string | null): string {
  return `${teamPart(teamId)}/${descending(entry.probability)}/${idOf(entry)}`
}

/** Entries of older versions have no expected value, and no place in this order. */
function valuePlace(entry: PriorityEntry, teamId: string | null): string | undefined {
  if (entry.outlook === null) return undefined
  const numbers = descending(entry.outlook.expectedValueMinor) + descending(entry.probability)
  return `${teamPart(teamId)}/${numbers}/${idOf(entry)}`
}

/** Free of slashes; a team's begins with a letter that no team's absence has. */
function teamPart(teamId: string | null): string {
  return teamId === null ? '-' : `t${idPart(teamId)}`
}

const view = new DataView(new ArrayBuffer(8))

/** Digits that sort from the largest number to the smallest: the bits of a double, made to sort as its value does. */
function descending(value: number): string {
  view.setFloat64(0, value + 0)
  const bits = view.getBigUint64(0)
  const isNegative = bits >> 63n === 1n
  const sorted = isNegative ? bits : ~bits & 0x7fff_ffff_ffff_ffffn
  return sorted.toString(16).padStart(16, '0')
}
