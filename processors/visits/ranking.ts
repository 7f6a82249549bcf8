import { recordState, type DerivedView, type KeyedState } from '../../features/keyed-state.ts'
import { unitHash } from '../../features/string-hash.ts'
import type { PriorityEntry } from '../../schemas/visits/priorities.ts'
import {
  byProbability,
  byValue,
  insertEntry,
  removeEntry,
  Ranked,
  type Order,
  type TeamOrders,
} from './ranked-order.ts'

/** Maximum length of each order of a priority list. */
export const LIST_LENGTH_MAX = 100

/** Ranked entries by opportunity and salesperson. */
const rankedKind = recordState('ranked', Ranked)

export const rankingKinds = [rankedKind] as const

/** The best entries by either order, in order of probability, with their ranks. */
export interface Best {
  readonly entries: readonly PriorityEntry[]
  /** Hash of each entry without its ranks. */
  readonly marks: readonly number[]
  /** Number of open opportunities, listed or not. */
  readonly openCount: number
  /** Hash of entries and count, by which changes of the list are detected. */
  readonly digest: number
}

interface Ranking {
  /** Teams with at least one opportunity. */
  readonly teams: Map<string | null, TeamOrders>
  /** Cached lists by team, with the list of all under `undefined`: most changes are not among the best. */
  readonly cache: Map<string | undefined, Best>
}

/** Mutated in place: lists are built from it at once, and no reference is kept. */
const rankingView: DerivedView<Ranked, Ranking> = {
  kind: rankedKind,
  of(all) {
    const ranking: Ranking = { teams: new Map(), cache: new Map() }
    for (const [teamId, own] of Map.groupBy(all, (ranked) => ranked.teamId)) {
      const valued = own.filter(({ entry }) => entry.outlook !== null)
      ranking.teams.set(teamId, { teamId, byProbability: own.sort(byProbability), byValue: valued.sort(byValue) })
    }
    return ranking
  },
  changed(ranking, before, after) {
    if (before !== undefined) {
      const orders = ranking.teams.get(before.teamId)!
      invalidateCache(ranking, before, removeEntry(orders, before))
      if (orders.byProbability.length === 0) ranking.teams.delete(before.teamId)
    }
    if (after !== undefined) {
      const { teamId } = after
      let orders = ranking.teams.get(teamId)
      if (orders === undefined) ranking.teams.set(teamId, (orders = { teamId, byProbability: [], byValue: [] }))
      invalidateCache(ranking, after, insertEntry(orders, after))
    }
    return ranking
  },
}

/** Drops the cached lists that may change; an entry behind the best of its team changes none. */
function invalidateCache({ cache }: Ranking, { teamId }: Ranked, place: number): void {
  if (place >= LIST_LENGTH_MAX) return
  cache.delete(undefined)
  if (teamId !== null) cache.delete(teamId)
}

/** Ranks the entry, or moves it to its new place. */
export function rank(memory: KeyedState, entry: PriorityEntry, teamId: string | null): void {
  memory.put(rankedKind, idOf(entry), { entry, teamId, mark: unitHash(JSON.stringify(entry)) })
}

/** Removes the entry; returns whether it was ranked. */
export function unrank(memory: KeyedState, of: Pick<PriorityEntry, 'opportunityId' | 'salespersonId'>): boolean {
  const id = idOf(of)
  const held = memory.get(rankedKind, id)
  if (held !== undefined) memory.delete(rankedKind, id)
  return held !== undefined
}

/** Returns the ranked entry of an opportunity. */
export function rankedEntry(
  memory: KeyedState,
  of: Pick<PriorityEntry, 'opportunityId' | 'salespersonId'>,
): PriorityEntry | undefined {
  return memory.get(rankedKind, idOf(of))?.entry
}

/** Returns the best of all. */
export function best(memory: KeyedState): Best {
  return bestOf(memory.derived(rankingView), undefined)
}

/** Returns the best of each team with an opportunity. */
export function bestByTeam(memory: KeyedState): Map<string, Best> {
  const ranking = memory.derived(rankingView)
  const teams = [...ranking.teams.keys()].filter((teamId) => teamId !== null)
  return new Map(teams.sort().map((teamId) => [teamId, bestOf(ranking, ranking.teams.size === 1 ? undefined : teamId)]))
}

function bestOf({ teams, cache }: Ranking, teamId: string | undefined): Best {
  const orders = [...teams.values()].filter((team) => teamId === undefined || team.teamId === teamId)
  const openCount = orders.reduce((sum, team) => sum + team.byProbability.length, 0)
  let list = cache.get(teamId)
  if (list?.openCount !== openCount) cache.set(teamId, (list = listOf(orders, openCount)))
  return list
}

function listOf(orders: readonly TeamOrders[], openCount: number): Best {
  const probable = first(orders, 'byProbability', byProbability)
  const valuable = first(orders, 'byValue', byValue)
  const valueRanks = new Map(valuable.map((ranked, index) => [ranked, index + 1]))
  const ranks = new Map(probable.map((ranked, index) => [ranked, index + 1]))
  // Entries that are only among the best by value come last.
  const others = valuable.filter((ranked) => !ranks.has(ranked)).sort(byProbability)
  const entries: PriorityEntry[] = []
  const marks: number[] = []
  let digested = String(openCount)
  for (const ranked of [...probable, ...others]) {
    const valueRank = valueRanks.get(ranked) ?? null
    entries.push({ ...ranked.entry, rank: ranks.get(ranked) ?? null, valueRank })
    marks.push(ranked.mark)
    digested += ` ${ranked.mark} ${valueRank}`
  }
  return { entries, marks, openCount, digest: unitHash(digested) }
}

/** Merges the first entries of each team. */
function first(orders: readonly TeamOrders[], by: 'byProbability' | 'byValue', order: Order): Ranked[] {
  const all = orders.flatMap((team) => team[by].slice(0, LIST_LENGTH_MAX))
  return (orders.length > 1 ? all.sort(order) : all).slice(0, LIST_LENGTH_MAX)
}

/** Ids in events have no control characters, so the separator keeps opportunities in order. */
function idOf({ opportunityId, salespersonId }: Pick<PriorityEntry, 'opportunityId' | 'salespersonId'>): string {
  return `${opportunityId}\u0002${salespersonId}`
}
