import { sql } from 'kysely'
import { UnmappedWebhook, unmappedWebhooks } from '../../schemas/webhooks/unmapped-webhooks.ts'
import type { Reader } from '../database.ts'
import { sinkWriter } from '../sink/writer.ts'
import type { PageRequest } from '../sql/page.ts'
import { rowsOf, type RowOf } from '../sql/record-rows.ts'

const unmappedRows = rowsOf(UnmappedWebhook, { without: ['source'] })
export type StoredUnmapped = RowOf<typeof unmappedRows>

declare module '../tables.ts' {
  interface Tables {
    unmapped_webhooks: StoredUnmapped
  }
}

export const unmappedWebhooksWriter = sinkWriter({
  topic: unmappedWebhooks,
  rows: unmappedRows,
  // A repeated delivery has no attempts, and must not undo a replay.
  tables: [{ name: 'unmapped_webhooks', key: ['id'], keep: { newestBy: ['attempts'] } }],
})

/** Lists webhooks that could not be mapped, newest first. */
export async function listUnmapped(
  database: Reader,
  filter: { readonly webhook?: string; readonly state?: string },
  { limit, after }: PageRequest,
): Promise<StoredUnmapped[]> {
  let query = database
    .selectFrom('unmapped_webhooks')
    .select(unmappedRows.fields)
    .orderBy('occurredAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  if (filter.webhook !== undefined) query = query.where('webhook', '=', filter.webhook)
  if (filter.state !== undefined) query = query.where('state', '=', filter.state)
  if (after !== undefined) query = query.where(sql<boolean>`(occurred_at, id) < (${after.at}, ${after.id})`)
  return unmappedRows.read(await query.execute())
}

/** Returns the pending webhooks of a source after an id, in the order of their ids. */
export async function pendingUnmapped(
  database: Reader,
  webhook: string,
  { limit, after }: { readonly limit: number; readonly after?: string },
): Promise<StoredUnmapped[]> {
  let query = database
    .selectFrom('unmapped_webhooks')
    .select(unmappedRows.fields)
    .where('webhook', '=', webhook)
    .where('state', '=', 'pending')
    .orderBy('id')
    .limit(limit)
  if (after !== undefined) query = query.where('id', '>', after)
  return unmappedRows.read(await query.execute())
}
