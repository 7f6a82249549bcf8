import { unitHash } from '../../features/string-hash.ts'

/** Maximum number of rows that a training holds in memory, unless configured. */
export const ROWS_MAX = 50_000

/** Which of the available rows a training learns from. */
export interface Sampling {
  /** Number of rows that there were. */
  readonly available: number
  readonly rowsMax: number
  /** Share of the older rows that was kept; the newest half of `rowsMax` is kept whole. */
  readonly olderShare: number
}

export interface RowSample<Row> {
  add(row: Row): void
  /** Returns the sample in the order in which its rows were added. */
  finish(): { readonly rows: Row[]; readonly sampling: Sampling }
}

interface Older<Row> {
  readonly row: Row
  readonly hash: number
  /** How many rows were added before it. */
  readonly place: number
}

/**
 * Samples a stream of rows in time order, in bounded memory: the newest half of `rowsMax` is kept whole, and of the
 * older rows those with the smallest hashes of their names (bottom-k sampling: Cohen and Kaplan 2007). The same rows
 * give the same sample. Holds at most one and a half times `rowsMax`.
 */
export function createRowSample<Row>(rowsMax: number, nameOf: (row: Row) => string): RowSample<Row> {
  const olderMax = Math.floor(rowsMax / 2)
  const newestMax = rowsMax - olderMax
  /** The newest rows; the next one replaces the one at `available % newestMax`. */
  const newest: Row[] = []
  let older: Older<Row>[] = []
  let hashMax = Infinity
  let available = 0

  function keepOlder(row: Row, place: number): void {
    const hash = unitHash(nameOf(row))
    if (hash > hashMax || olderMax === 0) return
    older.push({ row, hash, place })
    if (older.length >= 2 * olderMax) trim()
  }

  function trim(): void {
    if (older.length <= olderMax) return
    older.sort((one, other) => one.hash - other.hash || one.place - other.place)
    older = older.slice(0, olderMax)
    hashMax = older.at(-1)!.hash
  }

  return {
    add(row) {
      const slot = available % newestMax
      if (available >= newestMax) keepOlder(newest[slot]!, available - newestMax)
      newest[slot] = row
      available++
    },
    finish() {
      trim()
      const before = older.toSorted((one, other) => one.place - other.place).map(({ row }) => row)
      const first = available > newestMax ? available % newestMax : 0
      const olderCount = Math.max(0, available - newestMax)
      return {
        rows: [...before, ...newest.slice(first), ...newest.slice(0, first)],
        sampling: { available, rowsMax, olderShare: olderCount === 0 ? 1 : before.length / olderCount },
      }
    },
  }
}
