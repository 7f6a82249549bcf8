import { sql } from 'kysely'
import type { Reader } from '../database.ts'

/** Tables that tell which salesperson an object belongs to, with the column of its id. */
const owners = {
  visit: ['visits', 'visit_id'],
  case: ['cases', 'visit_id'],
  opportunity: ['opportunities', 'opportunity_id'],
  /** A customer belongs to each salesperson who has an opportunity with them. */
  customer: ['opportunities', 'customer_id'],
} as const

/** Kinds of objects that belong to a salesperson. */
export type OwnedKind = keyof typeof owners

/** Whether an object belongs to a salesperson; false also if there is no such object. */
export async function isOwnedBy(reader: Reader, kind: OwnedKind, id: string, salespersonId: string): Promise<boolean> {
  const [table, column] = owners[kind]
  const { rows } = await sql`
    select 1 from ${sql.table(table)} where ${sql.ref(column)} = ${id} and salesperson_id = ${salespersonId} limit 1
  `.execute(reader)
  return rows.length > 0
}
