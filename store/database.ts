import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { PreparingClient } from './preparing-client.ts'
import { fieldNames } from './sql/field-names.ts'
import { createNumberLists } from './sql/number-lists.ts'
import type { Tables } from './tables.ts'

export type Database = Kysely<Tables> & { readonly pool: pg.Pool }

/** The handle that queries run on: the database or a transaction. */
export type Reader = Kysely<Tables>

export interface DatabaseOptions {
  /** postgres://user:password@host:port/name */
  readonly url: string
  readonly poolMax?: number
  /** Shown in pg_stat_activity. */
  readonly applicationName?: string
  /** The server cancels statements that take longer. Default 60,000 ms. */
  readonly statementTimeoutMs?: number
  /** Connections keep their statements prepared; for processes that repeat the same statements. */
  readonly prepared?: boolean
}

/**
 * A client that freezes inside a transaction would hold its locks, above all on the position of a sink's partition, and
 * block the other processes.
 */
const IDLE_IN_TRANSACTION_MS = 60_000

const INT8 = 20
const FLOAT4_ARRAY = 1021
const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  [INT8]: safeInteger,
  [FLOAT4_ARRAY]: createNumberLists(),
}
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    const parser = format === 'binary' ? undefined : parsers[oid]
    return parser ?? (pg.types.getTypeParser as (oid: number, format?: string) => unknown)(oid, format)
  },
}

/**
 * Parses an int8. Kafka offsets and money in minor units are safe integers; any other value throws rather than being
 * rounded silently.
 */
function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`The database holds ${text}, which is no safe integer.`)
  return value
}

/** Opens a pool of connections. They are opened on first use and reopened after a failure. */
export function openDatabase({
  url,
  poolMax = 10,
  applicationName = 'scoreline',
  statementTimeoutMs = 60_000,
  prepared = false,
}: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolMax,
    application_name: applicationName,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types: types as pg.CustomTypesConfig,
    ...(prepared ? { Client: PreparingClient } : {}),
  })
  // An idle connection that breaks is replaced with the next query; without a listener it would end the process.
  pool.on('error', () => {})
  // Likewise for a connection that breaks while in use: its query has already failed.
  pool.on('connect', (client) => client.on('error', () => {}))
  return Object.assign(new Kysely<Tables>({ dialect: new PostgresDialect({ pool }), plugins: [fieldNames] }), { pool })
}

/**
 * Starts a read-only snapshot of the database, for reads that take several queries. It holds a connection until it
 * ends; the server ends it after a minute without a query.
 */
export async function startSnapshot(database: Database): Promise<{ readonly reader: Reader; end(): Promise<void> }> {
  const transaction = await database
    .startTransaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute()
  return {
    reader: transaction,
    // Nothing was written; a broken connection has nothing to roll back.
    end: () =>
      transaction
        .rollback()
        .execute()
        .catch(() => {}),
  }
}
