import { sql } from 'kysely'
import { array } from '../schemas/schema.ts'
import { PriorityEntry, Reason, scoreReason } from '../schemas/scoring.ts'
import type { Database } from './database.ts'
import type { PageRequest } from './page.ts'
import { readJson } from './read-json.ts'
import type { PriorityLine, ReasonLine } from './tables.ts'

export interface StoredPriority {
  readonly scope: string
  readonly owner: string
  readonly entries: readonly PriorityLine[]
  readonly openCount: number
  readonly occurredAt: Date
}

const priorityColumns = ['scope', 'owner', 'entries', 'open_count as openCount', 'occurred_at as occurredAt'] as const

export async function listPriorities(
  database: Database,
  { scope, owner }: { readonly scope?: string; readonly owner?: string },
  limit: number,
): Promise<StoredPriority[]> {
  let query = database.selectFrom('priorities').select(priorityColumns).orderBy('scope').orderBy('owner').limit(limit)
  if (scope !== undefined) query = query.where('scope', '=', scope)
  if (owner !== undefined) query = query.where('owner', '=', owner)
  return readJson(await query.execute(), { entries: array(PriorityEntry) })
}

/** Whose lists there are. */
export function priorityOwners(database: Database): Promise<{ scope: string; owner: string; openCount: number }[]> {
  return database
    .selectFrom('priorities')
    .select(['scope', 'owner', 'open_count as openCount'])
    .orderBy('scope')
    .orderBy('owner')
    .execute()
}

export interface StoredAssessment {
  readonly id: string
  readonly opportunityId: string
  readonly customerId: string
  readonly salespersonId: string | null
  readonly verdict: string
  readonly reasons: readonly { readonly code: string; readonly text: string }[]
  readonly visitCount: number
  readonly probability: number | null
  readonly policyVersion: number
  readonly occurredAt: Date
}

export interface DecisionFilter {
  readonly customerId?: string
  readonly salespersonId?: string
  readonly verdict?: string
}

/** What the policy says now of each opportunity that it ever objected to, the latest first. */
export async function listAssessments(
  database: Database,
  filter: DecisionFilter,
  { limit, after }: PageRequest,
): Promise<StoredAssessment[]> {
  let query = database
    .selectFrom('assessments')
    .select([
      'id',
      'opportunity_id as opportunityId',
      'customer_id as customerId',
      'salesperson_id as salespersonId',
      'verdict',
      'reasons',
      'visit_count as visitCount',
      'probability',
      'policy_version as policyVersion',
      'occurred_at as occurredAt',
    ])
    .orderBy('occurred_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  if (filter.verdict !== undefined) query = query.where('verdict', '=', filter.verdict)
  if (filter.customerId !== undefined) query = query.where('customer_id', '=', filter.customerId)
  if (filter.salespersonId !== undefined) query = query.where('salesperson_id', '=', filter.salespersonId)
  if (after !== undefined) query = query.where(sql<boolean>`(occurred_at, id) < (${after.at}, ${after.id})`)
  return readJson(await query.execute(), { reasons: array(Reason) })
}

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

/** The newest word on each alert, the latest first. */
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
      'subject_id as subjectId',
      'customer_id as customerId',
      'raised',
      'text',
      'probability',
      'threshold',
      'reasons',
      'occurred_at as occurredAt',
    ])
    .orderBy('occurred_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  if (filter.kind !== undefined) query = query.where('kind', '=', filter.kind)
  if (filter.raised !== undefined) query = query.where('raised', '=', filter.raised)
  if (filter.customerId !== undefined) query = query.where('customer_id', '=', filter.customerId)
  if (after !== undefined) query = query.where(sql<boolean>`(occurred_at, id) < (${after.at}, ${after.id})`)
  return readJson(await query.execute(), { reasons: array(scoreReason) })
}
