import { sql } from 'kysely'
import { Alert, alerts } from '../../schemas/customers/alerts.ts'
import type { Reader } from '../database.ts'
import { sinkWriter } from '../sink/writer.ts'
import type { PageRequest } from '../sql/page.ts'
import { rowsOf, type RowOf } from '../sql/record-rows.ts'

const alertRows = rowsOf(Alert, { without: ['source'] })
export type StoredAlert = RowOf<typeof alertRows>

declare module '../tables.ts' {
  interface Tables {
    alerts: StoredAlert
    alert_history: StoredAlert
  }
}

/**
 * One task publishes all that concerns one alert, in order: the last published state wins, regardless of event times.
 * They may well go back, as when the visit that raised it is withdrawn.
 */
export const alertsWriter = sinkWriter({
  topic: alerts,
  rows: alertRows,
  tables: [
    { name: 'alert_history', key: ['id'], keep: 'first' },
    { name: 'alerts', key: ['kind', 'subjectId'], keep: 'last' },
  ],
})

/** The latest state of each alert, newest first. */
export async function listAlerts(
  database: Reader,
  filter: { readonly kind?: string; readonly raised?: boolean; readonly customerId?: string },
  { limit, after }: PageRequest,
): Promise<StoredAlert[]> {
  let query = database
    .selectFrom('alerts')
    .select(alertRows.fields)
    .orderBy('occurredAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  if (filter.kind !== undefined) query = query.where('kind', '=', filter.kind)
  if (filter.raised !== undefined) query = query.where('raised', '=', filter.raised)
  if (filter.customerId !== undefined) query = query.where('customerId', '=', filter.customerId)
  if (after !== undefined) query = query.where(sql<boolean>`(occurred_at, id) < (${after.at}, ${after.id})`)
  return alertRows.read(await query.execute())
}
