import { sql } from 'kysely'
import { undecidedStatuses } from '../../schemas/visits/cases.ts'
import { ofTeam } from '../access/owned.ts'
import type { Reader } from '../database.ts'
import type { PageRequest } from '../sql/page.ts'
import { tenthOf } from '../sql/tenth.ts'

/** Review decisions so far in one tenth of the score range. */
export interface TenthCount {
  /** 0 to 9: scores from tenth / 10 up to the next tenth. */
  readonly tenth: number
  readonly confirmed: number
  /** Dismissed or harmless: the review prevented no loss. */
  readonly unfounded: number
}

/** Only the newest decisions count, since the meaning of a score changes with the policy. */
const DECISIONS_MAX = 5_000

/**
 * Counts the decisions on one claim, false or invalid, by the score at the time of the decision. Reopened cases don't
 * count, nor do cases whose false score came from a model, since that is a probability already.
 */
export async function decisionCounts(database: Reader, claim: 'false' | 'invalid'): Promise<TenthCount[]> {
  const tenth = tenthOf(claim === 'false' ? 'false_score' : 'invalid_score')
  const byWeights = claim === 'false' ? sql`where model_id is null` : sql``
  const { rows } = await sql<TenthCount>`
    select ${tenth} as tenth,
      count(*) filter (where decision = 'confirmed')::integer as confirmed,
      count(*) filter (where decision <> 'confirmed')::integer as unfounded
    from (select * from (
      select decision, decided_at,
        case when decided_on is null then false_score else (decided_on ->> 'falseScore')::double precision end as false_score,
        case when decided_on is null then invalid_score else (decided_on ->> 'invalidScore')::double precision end as invalid_score,
        case when decided_on is null then model_id else decided_on ->> 'modelId' end as model_id
      from cases where status in ('decided', 'closed') and decision is not null and claim = ${claim}) decided
      ${byWeights} order by decided_at desc limit ${DECISIONS_MAX}) newest
    group by 1 order by 1`.execute(database)
  return rows
}

/** A review's label of a visit, for training. */
export interface CaseLabel {
  readonly visitId: string
  readonly customerId: string
  readonly opportunityId: string
  readonly salespersonId: string
  readonly visitedAt: Date
  /** `false-visit` or `invalid-visit`. */
  readonly task: string
  readonly value: number
  readonly origin: string
  readonly propensity: number
  readonly verdict: string
  readonly falseScore: number
  readonly invalidScore: number
  readonly policyVersion: number
  readonly decidedBy: string
  /** Time of the decision. */
  readonly occurredAt: Date
}

/** Lists the labels of cases whose decision stands, newest first. */
export async function listCaseLabels(
  database: Reader,
  { task }: { readonly task?: string },
  { limit, after }: PageRequest,
): Promise<CaseLabel[]> {
  const ofTask = task === undefined ? sql`` : sql`and task = ${task}`
  const behind = after === undefined ? sql`` : sql`and (decided_at, visit_id) < (${after.at}, ${after.id})`
  const { rows } = await sql<CaseLabel>`
    select visit_id, customer_id, opportunity_id, salesperson_id, visited_at, task, value, origin, propensity, verdict,
      false_score, invalid_score, policy_version, decided_by, decided_at as occurred_at
    from bi_case_labels where true ${ofTask} ${behind} order by decided_at desc, visit_id desc limit ${limit}`.execute(
    database,
  )
  return rows
}

export interface CaseSummary {
  readonly undecided: number
  readonly unassigned: number
  readonly overdue: number
  readonly snoozed: number
  readonly decided: number
  readonly confirmed: number
  readonly harmless: number
  readonly dismissed: number
  readonly medianHoursToDecision: number | null
  readonly slowHoursToDecision: number | null
}

/** Summarises the current reviews, and those decided since then. */
export async function caseSummary(database: Reader, since: Date, teamId?: string): Promise<CaseSummary> {
  const { rows } = await sql<CaseSummary>`
    select count(*) filter (where undecided)::integer as undecided,
      count(*) filter (where undecided and reviewer is null)::integer as unassigned,
      count(*) filter (where undecided and overdue)::integer as overdue,
      count(*) filter (where undecided and snoozed_until is not null)::integer as snoozed,
      count(*) filter (where counts)::integer as decided,
      count(*) filter (where counts and decision = 'confirmed')::integer as confirmed,
      count(*) filter (where counts and decision = 'harmless')::integer as harmless,
      count(*) filter (where counts and decision = 'dismissed')::integer as dismissed,
      percentile_cont(0.5) within group (order by hours) filter (where counts) as median_hours_to_decision,
      percentile_cont(0.9) within group (order by hours) filter (where counts) as slow_hours_to_decision
    from (
      select *, status = any(${[...undecidedStatuses]}) as undecided,
        status in ('decided', 'closed') and decided_at >= ${since} as counts,
        (extract(epoch from decided_at - coalesce(alerted_at, opened_at)) / 3600)::double precision as hours
      from cases ${teamId === undefined ? sql`` : sql`where ${ofTeam(teamId)}`}) one`.execute(database)
  return rows[0]!
}
