import { createHash } from 'node:crypto'
import { compareAge, supersedes } from '../../store/sink/keep.ts'
import type { Row, SinkTable } from '../../store/sink/writer.ts'
import type { Store } from '../../streams/state/store.ts'

/** An expected row, or some of its columns, from the events of one partition. */
export interface Candidate {
  readonly partition: number
  /** Columns that decide which of two candidates is newer. */
  readonly age: Row
  /** Text of each column of the writer, as `textToStore` returns it; null matches anything. */
  readonly texts: readonly (string | null)[]
}

/**
 * Candidates by writer number. The order between partitions is undefined: if two of them have events of one key, either
 * event may have been last.
 */
export type Contributions = Readonly<Record<number, readonly Candidate[]>>

export interface ExpectedRow {
  readonly key: string
  readonly contributions: Contributions
}

/** Expected rows of some tables, on disk, since years of history are larger than memory. */
export interface ExpectedRows {
  add(table: SinkTable, key: string, writer: number, candidate: Candidate): void
  /** Looks up a row and removes it, so that rows missing from the database are left at the end. */
  take(table: string, key: string): ExpectedRow | undefined
  /** Iterates over the remaining rows of a table. */
  rest(table: string): Iterable<ExpectedRow>
}

const ROWS_IN_MEMORY = 5_000
const KEY_BYTES_MAX = 400
const NO_METADATA = { changelogId: '', changelogOffset: 0, writtenAt: 0 }

export function createExpectedRows(store: Store): ExpectedRows {
  let changed = new Map<
    string,
    { readonly table: string; readonly key: string; readonly row: ExpectedRow | undefined }
  >()

  function find(table: string, key: string): ExpectedRow | undefined {
    const held = changed.get(idOf(table, key))
    if (held !== undefined) return held.row
    const bytes = store.get(storeKey(table, key))
    return bytes === undefined ? undefined : (JSON.parse(bytes.toString()) as ExpectedRow)
  }

  function put(table: string, key: string, row: ExpectedRow | undefined): void {
    changed.set(idOf(table, key), { table, key, row })
    if (changed.size >= ROWS_IN_MEMORY) flush()
  }

  function flush(): void {
    const records = [...changed.values()].map(
      ({ table, key, row }) =>
        [storeKey(table, key), row === undefined ? null : Buffer.from(JSON.stringify(row))] as const,
    )
    store.checkpoint(records, NO_METADATA)
    changed = new Map()
  }

  return {
    add(table, key, writer, candidate) {
      const contributions = find(table.name, key)?.contributions ?? {}
      const merged = { ...contributions, [writer]: merge(table, contributions[writer] ?? [], candidate) }
      put(table.name, key, { key, contributions: merged })
    },
    take(table, key) {
      const row = find(table, key)
      if (row !== undefined) put(table, key, undefined)
      return row
    },
    *rest(table) {
      flush()
      for (const { value } of store.range(Buffer.from(`${table}\u0001`), Buffer.from(`${table}\u0002`)))
        yield JSON.parse(value.toString()) as ExpectedRow
    },
  }
}

/** Merges a candidate, by the sink's rule within a partition; across partitions drops only definitely older ones. */
function merge({ keep }: SinkTable, candidates: readonly Candidate[], next: Candidate): Candidate[] {
  const own = candidates.find(({ partition }) => partition === next.partition)
  if (own !== undefined && !supersedes(keep, next.age, own.age)) return [...candidates]
  const all = [...candidates.filter((candidate) => candidate !== own), next]
  if (typeof keep === 'string') return all
  return all.filter(({ age }) => !all.some((other) => compareAge(keep.newestBy, other.age, age) > 0))
}

function idOf(table: string, key: string): string {
  return `${table}\u0001${key}`
}

function storeKey(table: string, key: string): Buffer {
  const id = Buffer.from(idOf(table, key))
  return id.length <= KEY_BYTES_MAX
    ? id
    : Buffer.from(idOf(table, `\u0000${createHash('sha256').update(key).digest('hex')}`))
}
