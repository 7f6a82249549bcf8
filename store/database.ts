import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { PreparingClient } from './preparing-client.ts'
import { fieldNames } from './sql/field-names.ts'
import { createNumberLists } from './sql/number-lists.ts'
import type { Tables } from './tables.ts'

export type Database = Kysely<Tables> & { readonly pool: pg.Pool }

/** What queries run on: the database, or a transaction of it. */
export type Reader = Kysely<Tables>

export interface DatabaseOptions {
  /** postgres://user:password@host:port/name */
  readonly url: string
  readonly poolMax?: number
  /** Shown in pg_stat_activity. */
  readonly applicationName?: string
  /** A statement that takes longer is ended by the server. Default 60,000 ms. */
  readonly statementTimeoutMs?: number
  /** Each connection keeps its statements prepared: for a part that asks the same ones over and over. */
  readonly prepared?: boolean
}

/**
 * A client that froze in mid-transaction would keep its locks, the position of a sink's partition above all, from the
 * others.
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

/** Kafka offsets and money in minor units are safe integers; anything else must not be rounded silently. */
function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`The database holds ${text}, which is no safe integer.`)
  return value
}

/** A pool of connections; they are opened when they are first needed, and again after they broke. */
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
  // The same for one that breaks while it is in use: its query has failed already.
  pool.on('connect', (client) => client.on('error', () => {}))
  return Object.assign(new Kysely<Tables>({ dialect: new PostgresDialect({ pool }), plugins: [fieldNames] }), { pool })
}

/**
 * The database as of one moment, for reads that take many queries. It holds a connection until it ends; the server ends
 * it when nothing was asked for a minute.
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
