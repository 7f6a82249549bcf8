import { sql } from 'kysely'
import type { Place } from '../../schemas/visits/visits.ts'
import type { Reader } from '../database.ts'

/** The current revision of a visit in the database. */
export interface PastVisit {
  readonly visitId: string
  readonly opportunityId: string
  readonly customerId: string
  readonly salespersonId: string
  readonly text: string
  readonly occurredAt: Date
  readonly checkInAt: Date | null
  readonly checkOutAt: Date | null
  readonly enteredAt: Date | null
  readonly plannedFrom: Date | null
  readonly plannedUntil: Date | null
  readonly latitude: number | null
  readonly longitude: number | null
  readonly accuracyM: number | null
  readonly positionAgeS: number | null
  readonly mocked: boolean | null
  readonly checkOutPlace: Place | null
  readonly deviceId: string | null
  readonly photoHash: string | null
}

const columns = [
  'visitId',
  'opportunityId',
  'customerId',
  'salespersonId',
  'text',
  'occurredAt',
  'checkInAt',
  'checkOutAt',
  'enteredAt',
  'plannedFrom',
  'plannedUntil',
  'latitude',
  'longitude',
  'accuracyM',
  'positionAgeS',
  'mocked',
  'checkOutPlace',
  'deviceId',
  'photoHash',
] as const

const PAGE = 5_000

/** Returns the time of the newest visit up to `until`; `undefined` if there is none. */
export async function newestVisitAt(database: Reader, until: Date): Promise<Date | undefined> {
  const query = database.selectFrom('visits').select('occurredAt').where('occurredAt', '<=', until)
  return (await query.orderBy('occurredAt', 'desc').orderBy('visitId', 'desc').limit(1).executeTakeFirst())?.occurredAt
}

interface TimeSpan {
  readonly from: Date
  readonly until: Date
}

export async function countPastVisits(database: Reader, { from, until }: TimeSpan): Promise<number> {
  const query = database.selectFrom('visits').select(({ fn }) => fn.countAll<number>().as('count'))
  const of = query.where('withdrawn', '=', false).where('occurredAt', '>=', from).where('occurredAt', '<=', until)
  return (await of.executeTakeFirstOrThrow()).count
}

/** Yields the visits of a period, newest first, without withdrawn ones. Pages are read on demand. */
export async function* pastVisits(database: Reader, { from, until }: TimeSpan): AsyncGenerator<readonly PastVisit[]> {
  let before: { readonly occurredAt: Date; readonly visitId: string } | undefined
  for (;;) {
    let query = database
      .selectFrom('visits')
      .select(columns)
      .where('withdrawn', '=', false)
      .where('occurredAt', '>=', from)
      .where('occurredAt', '<=', until)
      .orderBy('occurredAt', 'desc')
      .orderBy('visitId', 'desc')
      .limit(PAGE)
    if (before !== undefined)
      query = query.where(sql<boolean>`(occurred_at, visit_id) < (${before.occurredAt}, ${before.visitId})`)
    const page = (await query.execute()) as PastVisit[]
    if (page.length > 0) yield page
    if (page.length < PAGE) return
    before = page.at(-1)
  }
}

interface OpportunityVisit {
  readonly visitId: string
  readonly opportunityId: string
  readonly occurredAt: Date
}

/** Returns the visits of these opportunities up to `until`, by opportunity and time. */
export function visitsOfOpportunities(
  database: Reader,
  opportunityIds: readonly string[],
  until: Date,
): Promise<OpportunityVisit[]> {
  return database
    .selectFrom('visits')
    .select(['visitId', 'opportunityId', 'occurredAt'])
    .where('withdrawn', '=', false)
    .where('occurredAt', '<=', until)
    .where(sql<boolean>`opportunity_id = any(${opportunityIds})`)
    .orderBy('opportunityId')
    .orderBy('occurredAt')
    .orderBy('visitId')
    .execute()
}

interface ServedProbability {
  readonly opportunityId: string
  readonly visitCount: number
  readonly probability: number | null
}

/** Returns the conversion probability after each visit of these customers' opportunities, as last served. */
export async function probabilitiesOf(database: Reader, customerIds: readonly string[]): Promise<ServedProbability[]> {
  const { rows } = await sql<ServedProbability>`
    select distinct on (subject_id, visit_count)
      subject_id as "opportunityId", visit_count as "visitCount", probability
    from score_history
    where task = 'conversion' and customer_id = any(${customerIds}) and visit_count is not null
    order by subject_id, visit_count, occurred_at desc, id desc`.execute(database)
  return rows
}

/** Returns people's verdicts on these visits, as far as there are any. */
export async function knownVerdicts(
  database: Reader,
  visitIds: readonly string[],
): Promise<{ readonly visitId: string; readonly isFalse: boolean }[]> {
  const { rows } = await sql<{ visitId: string; isFalse: boolean }>`
    select visit_id as "visitId", value = 1 as "isFalse"
    from bi_case_labels where task = 'false-visit' and visit_id = any(${visitIds})
    union all
    select * from (
      select distinct on (subject_id) subject_id, value >= 0.5
      from outcomes where task = 'false-visit' and subject_id = any(${visitIds}) and not exists (
        select from cases where visit_id = subject_id and status in ('decided', 'closed'))
      order by subject_id, occurred_at desc, id desc) told`.execute(database)
  return rows
}
