import type { ColumnType } from 'kysely'

/**
 * The tables of the database by name, with the fields that their columns hold. Each is declared beside its queries:
 *
 *     declare module '../tables.ts' {
 *       interface Tables {
 *         turn_analyses: StoredTurn
 *       }
 *     }
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type
export interface Tables {}

/** JSON, read as a value and written as text. */
export type Json<T> = ColumnType<T, string, string>
/** A time that the database sets unless given. */
export type GeneratedTime = ColumnType<Date, Date | undefined, Date>
