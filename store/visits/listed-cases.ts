import { sql, type RawBuilder } from 'kysely'
import { undecidedStatuses } from '../../schemas/visits/cases.ts'
import { ofTeam } from '../access/owned.ts'
import type { Reader } from '../database.ts'
import type { RankRequest } from '../sql/page.ts'
import { tenthOf } from '../sql/tenth.ts'
import { readCases, type StoredCase } from './cases.ts'

export const caseOrders = ['loss', 'newest', 'due'] as const
export type CaseOrder = (typeof caseOrders)[number]

export interface CaseFilter {
  /** A status, or `undecided` for all statuses before a decision. */
  readonly status?: string
  readonly visitId?: string
  readonly verdict?: string
  readonly origin?: string
  readonly salespersonId?: string
  readonly teamId?: string
  readonly customerId?: string
  readonly reviewer?: string
  readonly overdue?: boolean
  readonly snoozed?: boolean
  readonly order?: CaseOrder
}

/**
 * Converts scores to expected loss: the probability that a visit is false or invalid, by tenth of the score, and the
 * costs. A false score from a model is the probability itself.
 */
export interface LossScale {
  readonly falseProbabilities: readonly number[]
  readonly invalidProbabilities: readonly number[]
  readonly costOfFalse: number
  readonly costOfInvalid: number
  readonly costOfReview: number
}

export interface ListedCase extends StoredCase {
  readonly probability: number
  readonly expectedLoss: number
  /** Whether the expected loss is at least the cost of a review. */
  readonly worthReviewing: boolean
  /** The value that the list is sorted by, in descending order. */
  readonly place: number
}

const places: Readonly<Record<CaseOrder, RawBuilder<number>>> = {
  loss: sql`greatest(loss_if_false, loss_if_invalid)`,
  newest: sql`extract(epoch from opened_at)::double precision`,
  // Those without a due time come last.
  due: sql`coalesce(-extract(epoch from due_at), -1e12)::double precision`,
}

/** Lists cases with the expected loss if nobody reviews them, in the given order. */
export async function listCases(
  database: Reader,
  { order = 'loss', ...filter }: CaseFilter,
  scale: LossScale,
  { limit, after }: RankRequest,
): Promise<ListedCase[]> {
  const behind =
    after === undefined ? sql`` : sql`where (-place, visit_id) > (${-after.value}::double precision, ${after.id})`
  const { rows } = await sql<ListedCase>`
    select * from (
      select priced.*, greatest(loss_if_false, loss_if_invalid) as expected_loss, ${places[order]} as place,
        greatest(loss_if_false, loss_if_invalid) >= ${scale.costOfReview}::double precision as worth_reviewing,
        case when loss_if_false >= loss_if_invalid then if_false else if_invalid end as probability
      from (
        select scored.*, if_false * ${scale.costOfFalse}::double precision as loss_if_false,
          if_invalid * ${scale.costOfInvalid}::double precision as loss_if_invalid
        from (
          select *, case when model_id is null then ${probability('false_score', scale.falseProbabilities)} else least(greatest(false_score, 0), 1) end as if_false,
            ${probability('invalid_score', scale.invalidProbabilities)} as if_invalid
          from cases ${whereOf(filter)}) scored) priced) ranked
    ${behind} order by place desc, visit_id limit ${limit}`.execute(database)
  return readCases(rows)
}

/** Returns SQL for the probability of the tenth that the score falls in. */
function probability(score: string, byTenth: readonly number[]): RawBuilder<number> {
  return sql`(${[...byTenth]}::double precision[])[${tenthOf(score)} + 1]`
}

function whereOf(filter: Omit<CaseFilter, 'order'>): RawBuilder<unknown> {
  const { status, visitId, verdict, origin, salespersonId, teamId, customerId, reviewer, overdue, snoozed } = filter
  const conditions: RawBuilder<unknown>[] = []
  const equal = (column: string, value: string | boolean | undefined) =>
    value === undefined || conditions.push(sql`${sql.ref(column)} = ${value}`)
  if (status === 'undecided')
    conditions.push(sql`status in (${sql.join([...undecidedStatuses].map((one) => sql.lit(one)))})`)
  else equal('status', status)
  equal('visit_id', visitId)
  equal('verdict', verdict)
  equal('origin', origin)
  equal('salesperson_id', salespersonId)
  if (teamId !== undefined) conditions.push(ofTeam(teamId))
  equal('customer_id', customerId)
  equal('reviewer', reviewer)
  equal('overdue', overdue)
  if (snoozed !== undefined) conditions.push(snoozed ? sql`snoozed_until is not null` : sql`snoozed_until is null`)
  return conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`
}
