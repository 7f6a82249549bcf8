import type { ColumnType } from 'kysely'

/**
 * The tables of the database by their names, with the fields that their columns hold. Each is declared beside its
 * queries:
 *
 *     declare module '../tables.ts' {
 *       interface Tables {
 *         turn_analyses: StoredTurn
 *       }
 *     }
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type
export interface Tables {}

/** JSON that is read as a value and given as text. */
export type Json<T> = ColumnType<T, string, string>
/** Set by the database unless given. */
export type MadeTime = ColumnType<Date, Date | undefined, Date>
