import { sql } from 'kysely'
import type { Database } from './database.ts'

export interface StoredAlert {
  readonly id: string
  readonly kind: string
  readonly subjectId: string
  readonly customerId: string
  /** False: it was withdrawn. */
  readonly raised: boolean
  readonly text: string
  readonly probability: number | null
  readonly threshold: number | null
  readonly occurredAt: Date
}

export interface AlertFilter {
  readonly kind?: string
  readonly raised?: boolean
  readonly customerId?: string
  readonly after?: { readonly occurredAt: Date; readonly id: string }
  readonly limit: number
}

/** The newest word on each kind and subject, newest first. */
export function listAlerts(database: Database, filter: AlertFilter): Promise<StoredAlert[]> {
  const { kind, raised, customerId, after, limit } = filter
  let select = database
    .selectFrom('alerts')
    .select([
      'id',
      'kind',
      'subject_id as subjectId',
      'customer_id as customerId',
      'raised',
      'text',
      'probability',
      'threshold',
      'occurred_at as occurredAt',
    ])
    .orderBy('occurred_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  if (kind !== undefined) select = select.where('kind', '=', kind)
  if (raised !== undefined) select = select.where('raised', '=', raised)
  if (customerId !== undefined) select = select.where('customer_id', '=', customerId)
  if (after !== undefined) select = select.where(sql<boolean>`(occurred_at, id) < (${after.occurredAt}, ${after.id})`)
  return select.execute()
}
