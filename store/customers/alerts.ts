import { sql } from 'kysely'
import { scoreReason } from '../../schemas/customers/alerts.ts'
import { array } from '../../schemas/avro/schema.ts'
import type { Database } from '../database.ts'
import type { PageRequest } from '../sql/page.ts'
import { readJson } from '../sql/read-json.ts'
import type { ReasonLine } from '../tables.ts'

export interface StoredAlert {
  readonly id: string
  readonly kind: string
  readonly subjectId: string
  readonly customerId: string
  readonly raised: boolean
  readonly text: string
  readonly probability: number | null
  readonly threshold: number | null
  readonly reasons: readonly ReasonLine[]
  readonly occurredAt: Date
}

/** The latest state of each alert, newest first. */
export async function listAlerts(
  database: Database,
  filter: { readonly kind?: string; readonly raised?: boolean; readonly customerId?: string },
  { limit, after }: PageRequest,
): Promise<StoredAlert[]> {
  let query = database
    .selectFrom('alerts')
    .select([
      'id',
      'kind',
      'subjectId',
      'customerId',
      'raised',
      'text',
      'probability',
      'threshold',
      'reasons',
      'occurredAt',
    ])
    .orderBy('occurredAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  if (filter.kind !== undefined) query = query.where('kind', '=', filter.kind)
  if (filter.raised !== undefined) query = query.where('raised', '=', filter.raised)
  if (filter.customerId !== undefined) query = query.where('customerId', '=', filter.customerId)
  if (after !== undefined) query = query.where(sql<boolean>`(occurred_at, id) < (${after.at}, ${after.id})`)
  return readJson(await query.execute(), { reasons: array(scoreReason) })
}
