import { sql } from 'kysely'
import type { CallAttempt } from '../../schemas/calls/call-attempts.ts'
import type { Database, Reader } from '../database.ts'

interface DispatchedCall {
  readonly attemptId: string
  readonly campaign: string
  readonly customerId: string
  readonly dispatchedAt: Date
  readonly endedAt: Date | null
}

interface Deferral {
  readonly campaign: string
  readonly customerId: string
  readonly until: Date
}

declare module '../tables.ts' {
  interface Tables {
    dispatched_calls: DispatchedCall
    dispatch_deferrals: Deferral
  }
}

/** A customer whose turn it is. */
export interface DueCustomer {
  readonly customerId: string
  readonly phone: string | null
  readonly list: string
  readonly attempts: number
  readonly lastDisposition: string | null
  readonly probability: number | null
  readonly expectedValue: number
  /** null: the list is not in order of it. */
  readonly interest: number | null
  /** What the list is in order of. */
  readonly orderValue: number
  readonly answerRates: readonly number[]
  readonly timeZone: string | null
}

/** One dispatch at a time decides: nobody is dialled twice, by two campaigns neither. */
export function inTurn<Result>(database: Database, work: (transaction: Reader) => Promise<Result>): Promise<Result> {
  return database.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(hashtext('scoreline-dispatch'))`.execute(transaction)
    return work(transaction)
  })
}

interface Due {
  readonly campaign: string
  readonly now: Date
  /** A call that was dispatched before is no longer waited for. */
  readonly lostBefore: Date
  readonly limit: number
}

/**
 * Those who may be called by the list, in its order: no call to them is on its way, and the list has heard
 * of the last one.
 */
export async function dueCustomers(
  transaction: Reader,
  { campaign, now, lostBefore, limit }: Due,
): Promise<DueCustomer[]> {
  const { rows } = await sql<DueCustomer>`
    select q.customer_id, q.phone, q.list, q.attempts, q.last_disposition, q.probability, q.expected_value,
      q.interest, q.order_value, q.answer_rates, q.time_zone
    from campaign_queue q
    where q.campaign = ${campaign} and q.state = 'waiting' and (q.due_at is null or q.due_at <= ${now})
      and not exists (select from dispatch_deferrals d
        where d.campaign = q.campaign and d.customer_id = q.customer_id and d.until > ${now})
      and not exists (select from dispatched_calls x where x.customer_id = q.customer_id and (
        (x.ended_at is null and x.dispatched_at > ${lostBefore}
          and not exists (select from calls c where c.call_id = x.attempt_id))
        or (x.campaign = q.campaign and x.dispatched_at > coalesce(q.last_attempt_at, '-infinity'))))
    order by q.order_value desc, q.customer_id limit ${limit}`.execute(transaction)
  return rows
}

/** Puts calls on record before anybody dials. */
export async function recordDispatched(transaction: Reader, calls: readonly CallAttempt[]): Promise<void> {
  if (calls.length === 0) return
  const rows = calls.map(({ attemptId, campaign, customerId, occurredAt }) => ({
    ...{ attemptId, campaign, customerId },
    dispatchedAt: new Date(occurredAt),
    endedAt: null,
  }))
  await transaction.insertInto('dispatched_calls').values(rows).execute()
}

/** Customers who were refused are asked for again only then. */
export async function deferCustomers(
  transaction: Reader,
  campaign: string,
  until: ReadonlyMap<string, Date>,
): Promise<void> {
  if (until.size === 0) return
  await sql`
    insert into dispatch_deferrals (campaign, customer_id, until)
    select ${campaign}, * from unnest(${[...until.keys()]}::text[], ${[...until.values()]}::timestamptz[])
    on conflict (campaign, customer_id) do update set until = excluded.until`.execute(transaction)
}

/** The customer of a call of the campaign; `undefined`: the platform has dispatched no such call. */
export async function dispatchedTo(
  database: Database,
  { campaign, attemptId }: { readonly campaign: string; readonly attemptId: string },
): Promise<string | undefined> {
  const row = await database
    .selectFrom('dispatched_calls')
    .select('customerId')
    .where('attemptId', '=', attemptId)
    .where('campaign', '=', campaign)
    .executeTakeFirst()
  return row?.customerId
}

/** The customer can be called again once the list has heard of it. */
export async function recordEnded(database: Database, attemptId: string, at: Date): Promise<void> {
  await database
    .updateTable('dispatched_calls')
    .set({ endedAt: at })
    .where('attemptId', '=', attemptId)
    .where('endedAt', 'is', null)
    .execute()
}

/** Drops calls and deferrals that no decision needs any more. Gives their number. */
export async function dropDispatched(database: Reader, before: Date): Promise<number> {
  const calls = await database.deleteFrom('dispatched_calls').where('dispatchedAt', '<', before).executeTakeFirst()
  const deferrals = await database.deleteFrom('dispatch_deferrals').where('until', '<', before).executeTakeFirst()
  return Number(calls.numDeletedRows + deferrals.numDeletedRows)
}
