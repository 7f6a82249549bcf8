import { compareAge, keyTextOf } from '../../store/sink/keep.ts'
import type { DatabaseSnapshot } from '../../store/models/database-snapshot.ts'
import { columnsOf, takesFormer, type Row, type SinkTable, type SinkWriter } from '../../store/sink/writer.ts'
import { deadLettersWriter } from '../../store/operations/dead-letters.ts'
import { columnName } from '../../store/sql/field-names.ts'
import { plainOfStored, textOfStored, textToStore } from '../../store/sql/stored-value.ts'
import type { Columns } from '../../store/sql/write-rows.ts'
import { addDifference, type Difference } from '../../streams/verify/report.ts'
import type { Candidate, ExpectedRow, ExpectedRows } from './expected-rows.ts'
import { formatPair } from './format-pair.ts'
import type { SunkEvents } from './verify-sunk-events.ts'

export interface TableCount {
  readonly compared: number
  readonly different: number
  /** Rows that can't be compared, because their events are deleted or wait to be written, or an erasure emptied them. */
  readonly unexplained: number
}

export interface CompareTablesOptions {
  /** Writers that share their tables. */
  readonly group: readonly SinkWriter[]
  readonly served: DatabaseSnapshot
  readonly events: SunkEvents
  readonly expected: ExpectedRows
  readonly scoresBefore: number
}

export interface ComparedTables {
  readonly counts: Readonly<Record<string, TableCount>>
  /** First differences of each table. */
  readonly differences: readonly Difference[]
}

/** Compares the tables of some writers, row by row and column by column. */
export async function compareTables(options: CompareTablesOptions): Promise<ComparedTables> {
  const { group, events, expected } = options
  const pending = new Set<string>()
  const cut: boolean[] = []
  for (const [number, writer] of group.entries()) {
    const add = (value: unknown, partition: number, isPending: boolean, isOfFormer: boolean, isLoose = false) => {
      const row = writer.rowOf(value)
      for (const table of writer.tables) {
        if (isOfFormer && !takesFormer(table)) continue
        const key = keyTextOf(table, row)
        if (isPending) {
          pending.add(`${table.name}\u0000${key}`)
          continue
        }
        const texts = Object.entries(columnsOf(writer, table)).map(([name, type]) =>
          isLoose && (name === 'message' || name === 'occurredAt') ? null : textToStore(row[name], type),
        )
        expected.add(table, key, number, { partition, age: ageOf(table, row), texts })
      }
    }
    for await (const { event, partition, isPending, isOfFormer } of events.of(writer.topic))
      add(event, partition, isPending, isOfFormer)
    // In a partition of their own, so that they do not replace letters from the topic.
    if (writer === deadLettersWriter) for (const { letter } of events.refusals) add(letter, -1, false, false, true)
    cut.push(await events.isCut(writer.topic))
  }
  const tables = new Map(group.flatMap((writer) => writer.tables.map((table) => [table.name, table] as const)))
  const counts: Record<string, TableCount> = {}
  const differences: Difference[] = []
  for (const table of tables.values()) {
    const found: Difference[] = []
    counts[table.name] = await compareTable(options, table, pending, cut, found)
    differences.push(...found)
  }
  return { counts, differences }
}

function ageOf({ keep, expiresBy }: SinkTable, row: Row): Row {
  const columns = [...(typeof keep === 'string' ? [] : keep.newestBy), ...(expiresBy === undefined ? [] : [expiresBy])]
  return Object.fromEntries(columns.map((name) => [name, row[name] ?? null]))
}

async function compareTable(
  { group, served, expected, scoresBefore }: CompareTablesOptions,
  table: SinkTable,
  pending: ReadonlySet<string>,
  cut: readonly boolean[],
  differences: Difference[],
): Promise<TableCount> {
  const parts = group.flatMap((writer, number) => {
    const own = writer.tables.find(({ name }) => name === table.name)
    // Compaction leaves the last event of each key, which is enough unless the table keeps the first.
    const isThinned = writer.topic.retention === 'compacted' && own?.keep === 'first'
    return own === undefined
      ? []
      : [{ number, columns: columnsOf(writer, own), keep: own.keep, isCut: isThinned || cut[number]! }]
  })
  const count = { compared: 0, different: 0, unexplained: 0 }
  const isUnexplained = (key: string) =>
    [pending, served.emptied].some((known) => known.has(`${table.name}\u0000${key}`))
  const differ = (key: string, column: string | undefined, wanted: string, got: string) => {
    const place = `table ${table.name}: ${key.replaceAll('\u0000', ' ')}`
    addDifference(
      differences,
      column === undefined ? place : `${place}, column ${columnName(column)}`,
      ...formatPair(wanted, got),
    )
  }

  for await (const row of served.rows(
    table.name,
    Object.assign({}, ...parts.map(({ columns }) => columns)) as Columns<Row>,
  )) {
    const plainOf = (names: readonly string[]) =>
      Object.fromEntries(names.map((name) => [name, plainOfStored(row[name], parts[0]!.columns[name]!)]))
    const key = keyTextOf(table, plainOf(table.key))
    const wanted = expected.take(table.name, key)
    if (isUnexplained(key)) {
      count.unexplained++
      continue
    }
    if (wanted === undefined) {
      if (parts.some(({ isCut }) => isCut)) count.unexplained++
      else {
        count.compared++
        count.different++
        differ(key, undefined, 'no row', shownRow(row))
      }
      continue
    }
    count.compared++
    let isDifferent = false
    for (const part of parts) {
      const found = partDifference(table, part, wanted.contributions[part.number], row)
      for (const { column, expected: text, got } of found) differ(key, column, text, got)
      isDifferent ||= found.length > 0
    }
    if (isDifferent) count.different++
  }
  for (const row of expected.rest(table.name)) {
    if (isUnexplained(row.key) || hasExpired(table, row, scoresBefore)) {
      count.unexplained++
      continue
    }
    count.compared++
    count.different++
    const candidate = Object.values(row.contributions)[0]![0]!
    differ(row.key, undefined, candidate.texts.join(' '), 'no row')
  }
  return count
}

interface Part {
  readonly columns: Columns<Row>
  readonly keep: SinkTable['keep']
  /** Whether some of the events behind its rows may be deleted. */
  readonly isCut: boolean
}

interface ColumnDifference {
  readonly column: string
  readonly expected: string
  readonly got: string
}

/** Returns the differences of a row's columns of one writer from the nearest candidate. */
function partDifference(
  table: SinkTable,
  { columns, keep, isCut }: Part,
  candidates: readonly Candidate[] | undefined,
  row: Row,
): ColumnDifference[] {
  const names = Object.keys(columns)
  const got = names.map((name) => textOfStored(row[name], columns[name]!))
  if (candidates === undefined) {
    // The row comes from a deleted event, or from none.
    if (isCut) return []
    return differencesBetween(
      names,
      names.map((name, index) => (table.key.includes(name) ? got[index]! : 'null')),
      got,
    )
  }
  // The candidate with the fewest differences is the most likely one.
  let nearest: ColumnDifference[] | undefined
  for (const { texts, age } of candidates) {
    const found = differencesBetween(names, texts, got)
    if (found.length === 0) return found
    if (isCut && typeof keep !== 'string') {
      const held = Object.fromEntries(keep.newestBy.map((name) => [name, plainOfStored(row[name], columns[name]!)]))
      if (compareAge(keep.newestBy, held, age) > 0) return []
    }
    if (nearest === undefined || found.length < nearest.length) nearest = found
  }
  return nearest!
}

function differencesBetween(
  names: readonly string[],
  wanted: readonly (string | null)[],
  got: readonly string[],
): ColumnDifference[] {
  return names.flatMap((column, index) => {
    const expected = wanted[index]!
    return expected === null || expected === got[index] ? [] : [{ column, expected, got: got[index]! }]
  })
}

/** Returns whether the row's month may have been dropped. */
function hasExpired({ expiresBy }: SinkTable, { contributions }: ExpectedRow, before: number): boolean {
  if (expiresBy === undefined) return false
  const time = new Date(Object.values(contributions)[0]![0]!.age[expiresBy] as number)
  return Date.UTC(time.getUTCFullYear(), time.getUTCMonth() + 1) <= before
}

function shownRow(row: Row): string {
  return JSON.stringify(row)
}
