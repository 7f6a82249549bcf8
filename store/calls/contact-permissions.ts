import { sql } from 'kysely'
import { ContactPermission, contactPermissions } from '../../schemas/calls/contact-permissions.ts'
import type { Reader } from '../database.ts'
import { sinkWriter } from '../sink/writer.ts'
import type { PageRequest } from '../sql/page.ts'
import { rowsOf, type RowOf } from '../sql/record-rows.ts'

const permissionRows = rowsOf(ContactPermission)
export type PermissionRow = RowOf<typeof permissionRows>

declare module '../tables.ts' {
  interface Tables {
    contact_permissions: PermissionRow
  }
}

/**
 * Keeps every permission event as proof. The key includes the customer, so that another customer's event can't replace
 * it.
 */
export const contactPermissionsWriter = sinkWriter({
  topic: contactPermissions,
  rows: permissionRows,
  tables: [{ name: 'contact_permissions', key: ['customerId', 'id'], keep: 'first' }],
  decisive: true,
})

/** Lists what customers said about being contacted, newest first. */
export async function listPermissions(
  database: Reader,
  { customerId }: { readonly customerId?: string },
  { limit, after }: PageRequest,
): Promise<PermissionRow[]> {
  let query = database
    .selectFrom('contact_permissions')
    .select(permissionRows.fields)
    .orderBy('occurredAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  if (customerId !== undefined) query = query.where('customerId', '=', customerId)
  if (after !== undefined)
    query = query.where(sql<boolean>`(occurred_at, id) < (${after.at}::timestamptz, ${after.id})`)
  return query.execute()
}
