import { sql, type Generated, type Transaction } from 'kysely'
import { pseudonymOf } from '../../schemas/persons.ts'
import { customerMerges } from '../../schemas/platform/customer-merges.ts'
import { erasures, type Erasure } from '../../schemas/platform/erasures.ts'
import type { Database, Reader } from '../database.ts'
import { wantedPersons, type PersonTables, type TablePersons, type WantedPersons } from '../persons.ts'
import type { GeneratedTime, Tables } from '../tables.ts'
import { mergesOf } from '../customers/customer-merges.ts'
import { putIntoOutbox } from './outbox.ts'

interface PersonalDataAct {
  readonly id: Generated<number>
  readonly act: 'export' | 'erase'
  readonly digest: string
  readonly refusedUntil: Date | null
  readonly doneBy: string
  readonly reason: string
  readonly doneAt: GeneratedTime
}

declare module '../tables.ts' {
  interface Tables {
    personal_data_acts: PersonalDataAct
  }
}

export interface ErasedPerson {
  readonly id: string
  readonly erasure: Erasure
}

export interface ActOf {
  readonly doneBy: string
  readonly reason: string
}

/** Rows that were deleted or changed, by table; tables without any are left out. */
export type ErasedRows = Readonly<Record<string, number>>

/** Milliseconds; deleting from a table of millions of rows without an index on the customer takes its time. */
const STATEMENT_TIMEOUT_MS = 600_000

async function allowLongStatements(transaction: Reader): Promise<void> {
  await sql`set local statement_timeout = ${sql.lit(STATEMENT_TIMEOUT_MS)}`.execute(transaction)
}

/** Records that a person's data was given out. */
export async function recordExport(database: Reader, digest: string, { doneBy, reason }: ActOf): Promise<void> {
  await database
    .insertInto('personal_data_acts')
    .values({ act: 'export', digest, refusedUntil: null, doneBy, reason })
    .execute()
}

/**
 * Erases people from every table in one transaction, with the audit and the message to the processors. The sink and the
 * queue of deliveries wait meanwhile: what they write later, they check against these acts.
 */
export function erasePersons(
  database: Database,
  tables: PersonTables,
  persons: readonly ErasedPerson[],
  { doneBy, reason }: ActOf,
): Promise<ErasedRows> {
  return database.transaction().execute(async (transaction) => {
    await allowLongStatements(transaction)
    await sql`lock table sink_positions, delivery_positions in exclusive mode`.execute(transaction)
    const wanted = wantedPersons(persons.map(({ id }) => id))
    const merges = await mergesOf(transaction, wanted.ids)
    const rows = await eraseRows(transaction, tables, wanted)
    const nameOf = new Map(persons.map(({ id, erasure }) => [id, pseudonymOf(erasure.digest)]))
    for (const { id, customerId, intoId } of merges)
      await putIntoOutbox(transaction, customerMerges.name, {
        ...{ id, occurredAt: Date.now(), source: 'scoreline/erasure', reason: 'erased', changedBy: null },
        ...{ customerId: nameOf.get(customerId) ?? customerId, into: nameOf.get(intoId) ?? intoId },
      })
    for (const { erasure } of persons) {
      await transaction
        .insertInto('personal_data_acts')
        .values({
          ...{ act: 'erase', digest: erasure.digest, doneBy, reason },
          refusedUntil: new Date(erasure.refusedUntil),
        })
        .execute()
      await putIntoOutbox(transaction, erasures.name, erasure)
    }
    return rows
  })
}

async function eraseRows(
  transaction: Transaction<Tables>,
  tables: PersonTables,
  wanted: WantedPersons,
): Promise<ErasedRows> {
  const erased: Record<string, number> = {}
  for (const [name, of] of holding(tables)) {
    const table = sql.table(name)
    const { numAffectedRows } =
      of.change === undefined
        ? await sql`delete from ${table} where ${of.rows(wanted)}`.execute(transaction)
        : await sql`update ${table} set ${of.change(wanted)} where ${of.rows(wanted)}`.execute(transaction)
    if (numAffectedRows !== undefined && numAffectedRows > 0n) erased[name] = Number(numAffectedRows)
  }
  return erased
}

function holding(tables: PersonTables) {
  return Object.entries(tables).flatMap(([name, of]: [string, TablePersons]) =>
    'none' in of ? [] : [[name, of] as const],
  )
}

export interface PersonRow {
  readonly table: string
  /** The row as JSON, with the names of its columns. */
  readonly record: unknown
}

const ROWS_PER_FETCH = 500

/** Iterates over all rows about a person, table by table, from one snapshot. */
export async function* rowsOfPerson(reader: Reader, tables: PersonTables, id: string): AsyncGenerator<PersonRow> {
  const wanted = wantedPersons([id])
  await allowLongStatements(reader)
  for (const [table, of] of holding(tables))
    for (let from = 0; ; from += ROWS_PER_FETCH) {
      const { rows } = await sql<{
        record: unknown
      }>`select to_jsonb(held) || ${of.shown?.(wanted) ?? sql`'{}'::jsonb`} as record from ${sql.table(table)} as held where ${of.rows(wanted)}
        order by held.tableoid, held.ctid limit ${ROWS_PER_FETCH} offset ${from}`.execute(reader)
      for (const { record } of rows) yield { table, record }
      if (rows.length < ROWS_PER_FETCH) break
    }
}

/** Returns the erasures recorded after this act, oldest first. */
export async function erasuresAfter(reader: Reader, id: number) {
  const rows = await reader
    .selectFrom('personal_data_acts')
    .select(['id', 'digest', 'refusedUntil'])
    .where('act', '=', 'erase')
    .where('id', '>', id)
    .orderBy('id')
    .execute()
  return rows.map(({ refusedUntil, ...act }) => ({ ...act, refusedUntil: refusedUntil!.getTime() }))
}
