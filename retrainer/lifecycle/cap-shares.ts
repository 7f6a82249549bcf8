import { unitHash } from '../../features/string-hash.ts'

interface Attributed {
  readonly labelId: string
  readonly customerId: string
  readonly outcomeSource: string | null
  readonly reviewer: string | null
}

export interface ShareCaps {
  /** Sources that are not capped, as little as labels without a source. */
  readonly referenceSources: readonly string[]
  readonly sourceShareMax: number
  readonly reviewerShareMax: number
}

/** Repetitions until both caps hold: removing labels of a reviewer raises the shares of sources. */
const ROUNDS_MAX = 10

/**
 * Removes labels until no source and no reviewer holds more than its share of the labels that remain. Those with the
 * smallest hashes stay, so that the same labels give the same rows. A cap below an equal share of each counts as that.
 * Labels of reference sources, and those without a source or a reviewer, are not limited by that cap, but count among
 * all.
 */
export function capShares<Row extends Attributed>(rows: readonly Row[], caps: ShareCaps): Row[] {
  const sourceOf = ({ outcomeSource }: Row) =>
    outcomeSource !== null && caps.referenceSources.includes(outcomeSource) ? null : outcomeSource
  let kept = [...rows]
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const before = kept.length
    kept = capOne(kept, sourceOf, caps.sourceShareMax)
    kept = capOne(kept, ({ reviewer }) => reviewer, caps.reviewerShareMax)
    if (kept.length === before) break
  }
  return kept
}

function capOne<Row extends Attributed>(rows: Row[], nameOf: (row: Row) => string | null, shareMax: number): Row[] {
  const groups = Map.groupBy(rows, nameOf)
  const unnamed = groups.get(null)?.length ?? 0
  groups.delete(null)
  if (shareMax >= 1 || groups.size === 0) return rows
  const share = unnamed === 0 ? Math.max(shareMax, 1 / groups.size) : shareMax
  const limit = limitOf(
    [...groups.values()].map(({ length }) => length),
    unnamed,
    share,
  )
  const removed = new Set<Row>()
  for (const group of groups.values())
    if (group.length > limit)
      for (const row of group.toSorted((one, other) => hashOf(one) - hashOf(other)).slice(limit)) removed.add(row)
  return removed.size === 0 ? rows : rows.filter((row) => !removed.has(row))
}

/** Returns how many labels each group may keep, so that none has more than its share of all that are kept. */
function limitOf(counts: readonly number[], unnamed: number, share: number): number {
  let limit = Math.max(0, ...counts)
  for (;;) {
    const total = counts.reduce((sum, count) => sum + Math.min(count, limit), unnamed)
    // The tolerance keeps a third of three labels at one.
    const allowed = Math.floor(share * total + 1e-9)
    if (limit <= allowed) return limit
    limit = allowed
  }
}

function hashOf({ customerId, labelId }: Attributed): number {
  return unitHash(`${customerId}/${labelId}`)
}
