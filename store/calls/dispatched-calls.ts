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

/** A customer who is due to be called. */
export interface DueCustomer {
  readonly customerId: string
  readonly phone: string | null
  readonly list: string
  readonly attempts: number
  readonly lastDisposition: string | null
  readonly probability: number | null
  readonly expectedValue: number
  /** null if the list is not sorted by interest. */
  readonly interest: number | null
  /** The value that the list is sorted by. */
  readonly orderValue: number
  readonly answerRates: readonly number[]
  readonly timeZone: string | null
}

/**
 * Runs `work` in a transaction, one dispatch at a time, so that no two dispatches or campaigns dial the same customer.
 */
export function withDispatchLock<Result>(
  database: Database,
  work: (transaction: Reader) => Promise<Result>,
): Promise<Result> {
  return database.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(hashtext('scoreline-dispatch'))`.execute(transaction)
    return work(transaction)
  })
}

interface DueQuery {
  readonly campaign: string
  readonly now: Date
  /** Calls dispatched before this are given up as lost. */
  readonly lostBefore: Date
  readonly limit: number
}

/**
 * Returns the customers that the list allows to be called, in its order: those without a call in progress whose last
 * call the queue has already processed.
 */
export async function dueCustomers(
  transaction: Reader,
  { campaign, now, lostBefore, limit }: DueQuery,
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

/** Records calls before they are dialled. */
export async function recordDispatched(transaction: Reader, calls: readonly CallAttempt[]): Promise<void> {
  if (calls.length === 0) return
  const rows = calls.map(({ attemptId, campaign, customerId, occurredAt }) => ({
    ...{ attemptId, campaign, customerId },
    dispatchedAt: new Date(occurredAt),
    endedAt: null,
  }))
  await transaction.insertInto('dispatched_calls').values(rows).execute()
}

/** Defers customers whom a rule refused until the given times. */
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

/** Returns the customer of a campaign's call; `undefined` if the platform dispatched no such call. */
export async function dispatchedCustomer(
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

/** Records that a call ended; the customer can be called again once the queue has processed its outcome. */
export async function recordEnded(database: Database, attemptId: string, at: Date): Promise<void> {
  await database
    .updateTable('dispatched_calls')
    .set({ endedAt: at })
    .where('attemptId', '=', attemptId)
    .where('endedAt', 'is', null)
    .execute()
}

/** Deletes calls and deferrals that no decision needs any more. Returns how many. */
export async function pruneDispatched(database: Reader, before: Date): Promise<number> {
  const calls = await database.deleteFrom('dispatched_calls').where('dispatchedAt', '<', before).executeTakeFirst()
  const deferrals = await database.deleteFrom('dispatch_deferrals').where('until', '<', before).executeTakeFirst()
  return Number(calls.numDeletedRows + deferrals.numDeletedRows)
}
