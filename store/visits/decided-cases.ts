import { sql } from 'kysely'
import { ofTeam } from '../access/owned.ts'
import type { Reader } from '../database.ts'
import type { PageRequest } from '../sql/page.ts'

/** The decision on a visit under review. */
export interface DecidedCase {
  readonly visitId: string
  readonly decision: string
  readonly claim: string | null
  readonly decidedBy: string | null
  readonly visitedAt: Date
  readonly occurredAt: Date
}

interface CustomersCases {
  readonly customerId: string
  readonly salespersonId?: string
  readonly teamId?: string
}

/** Lists the decided cases of a customer's visits, by time of the decision, newest first. */
export async function decidedCases(
  database: Reader,
  { customerId, salespersonId, teamId }: CustomersCases,
  { limit, after }: PageRequest,
): Promise<DecidedCase[]> {
  let query = database
    .selectFrom('cases')
    .select(['visitId', 'claim', 'decidedBy', 'visitedAt'])
    .select([sql<string>`decision`.as('decision'), sql<Date>`decided_at`.as('occurredAt')])
    .where('customerId', '=', customerId)
    .where('decision', 'is not', null)
    .where('decidedAt', 'is not', null)
    .orderBy('decidedAt', 'desc')
    .orderBy('visitId', 'desc')
    .limit(limit)
  if (salespersonId !== undefined) query = query.where('salespersonId', '=', salespersonId)
  if (teamId !== undefined) query = query.where(ofTeam(teamId))
  if (after !== undefined) query = query.where(sql<boolean>`(decided_at, visit_id) < (${after.at}, ${after.id})`)
  return query.execute()
}

/** Returns which of these visits have a case, decided or not. */
export async function visitsWithCase(database: Reader, visitIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (visitIds.length === 0) return new Set()
  const rows = await database
    .selectFrom('cases')
    .select('visitId')
    .where('visitId', 'in', [...visitIds])
    .execute()
  return new Set(rows.map(({ visitId }) => visitId))
}
