/** An opportunity with its place on a list at one time. */
export interface Listed {
  readonly opportunityId: string
  readonly probability: number
  /** Rank by probability, from 1; null if not among the ranked. */
  readonly rank: number | null
}

/** How an entry of a list differs from an earlier time. */
export interface ListChange {
  readonly opportunityId: string
  /** `up`, `down`: by probability or, if that is the same, by rank. */
  readonly change: 'new' | 'gone' | 'up' | 'down'
  readonly probability: number | null
  readonly probabilityBefore: number | null
  readonly rank: number | null
  readonly rankBefore: number | null
}

/** The smallest change of a probability that counts: what people see as one point. */
const CHANGE_MIN = 0.005
const kinds = ['new', 'gone', 'up', 'down'] as const

/** Ranks opportunities by probability, ties by the smaller id, as the priority lists do. */
export function rankByProbability(open: readonly Pick<Listed, 'opportunityId' | 'probability'>[]): Listed[] {
  return open
    .toSorted((a, b) => b.probability - a.probability || (a.opportunityId < b.opportunityId ? -1 : 1))
    .map(({ opportunityId, probability }, index) => ({ opportunityId, probability, rank: index + 1 }))
}

/**
 * Compares a list with that of an earlier time. Returns what is new, what is gone, and what moved, the largest moves
 * first. `isOpen`: whether an opportunity is still open; a list has only the best of them.
 */
export function listChanges(
  before: readonly Listed[],
  now: readonly Listed[],
  isOpen: (opportunityId: string) => boolean,
): ListChange[] {
  const earlier = new Map(before.map((one) => [one.opportunityId, one]))
  const present = now.flatMap((one) => {
    const was = earlier.get(one.opportunityId)
    const change = was === undefined ? 'new' : directionOf(was, one)
    return change === undefined ? [] : [changed(change, was, one)]
  })
  const gone = before
    .filter(({ opportunityId }) => !isOpen(opportunityId))
    .map((was) => changed('gone', was, undefined))
  return [...present, ...gone].sort(
    (a, b) => groupOf(a) - groupOf(b) || sizeOf(b) - sizeOf(a) || movedPlaces(b) - movedPlaces(a) || byId(a, b),
  )
}

function changed(change: ListChange['change'], was: Listed | undefined, is: Listed | undefined): ListChange {
  return {
    opportunityId: (is ?? was)!.opportunityId,
    change,
    probability: is?.probability ?? null,
    probabilityBefore: was?.probability ?? null,
    rank: is?.rank ?? null,
    rankBefore: was?.rank ?? null,
  }
}

function directionOf(was: Listed, is: Listed): 'up' | 'down' | undefined {
  const gained = is.probability - was.probability
  if (Math.abs(gained) >= CHANGE_MIN) return gained > 0 ? 'up' : 'down'
  if (was.rank === null || is.rank === null || was.rank === is.rank) return undefined
  return is.rank < was.rank ? 'up' : 'down'
}

/** New and gone ones come first; of the others the size of the move decides, not its direction. */
const groupOf = ({ change }: ListChange) => Math.min(kinds.indexOf(change), kinds.indexOf('up'))
const sizeOf = ({ probability, probabilityBefore }: ListChange) =>
  probability === null || probabilityBefore === null ? 0 : Math.abs(probability - probabilityBefore)
const movedPlaces = ({ rank, rankBefore }: ListChange) =>
  rank === null || rankBefore === null ? 0 : Math.abs(rank - rankBefore)
const byId = (a: ListChange, b: ListChange) => (a.opportunityId < b.opportunityId ? -1 : 1)
