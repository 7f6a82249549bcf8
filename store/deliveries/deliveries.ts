import { sql, type Generated, type Kysely, type Transaction } from 'kysely'
import type { Database, Reader } from '../database.ts'
import { storableText } from '../sql/stored-text.ts'
import type { DeliveryState } from './delivery-states.ts'
import type { GeneratedTime, Tables } from '../tables.ts'

interface DeliveryRow {
  readonly number: Generated<number>
  readonly channel: string
  readonly messageId: string
  readonly topic: string
  readonly type: string
  readonly kind: string | null
  readonly record: string
  readonly body: string
  readonly occurredAt: Date
  readonly status: Generated<DeliveryState>
  readonly createdAt: GeneratedTime
  /** Earliest time of the first attempt. */
  readonly dueAt: GeneratedTime
  readonly nextAt: GeneratedTime
  readonly attempts: Generated<number>
  readonly claim: Generated<string | null>
  readonly attemptedAt: Generated<Date | null>
  readonly answer: Generated<string | null>
  readonly finishedAt: Generated<Date | null>
}

declare module '../tables.ts' {
  interface Tables {
    deliveries: DeliveryRow
  }
}

export interface NewDelivery {
  readonly channel: string
  readonly messageId: string
  readonly topic: string
  readonly type: string
  readonly kind: string | null
  readonly record: string
  readonly body: string
  readonly occurredAt: Date
  /** Due at once if `undefined`. */
  readonly dueAt: Date | undefined
}

const ROWS_PER_STATEMENT = 1_000

/** Adds deliveries to the queue, except those that are or were in it already. */
export async function addDeliveries(
  transaction: Transaction<Tables>,
  deliveries: readonly NewDelivery[],
): Promise<void> {
  for (let start = 0; start < deliveries.length; start += ROWS_PER_STATEMENT) {
    const rows = deliveries.slice(start, start + ROWS_PER_STATEMENT).map(({ dueAt, ...one }) => ({
      ...one,
      record: storableText(one.record),
      ...(dueAt === undefined ? {} : { dueAt, nextAt: dueAt }),
    }))
    await transaction
      .insertInto('deliveries')
      .values(rows)
      .onConflict((conflict) => conflict.columns(['channel', 'messageId']).doNothing())
      .execute()
  }
}

/** A delivery that this process may send while its lease lasts. */
export interface ClaimedDelivery {
  readonly number: number
  readonly messageId: string
  readonly type: string
  readonly kind: string | null
  readonly record: string
  readonly body: string
  readonly occurredAt: Date
  /** Number of attempts, this one included. */
  readonly attempts: number
  /** Time since it became due, ms. */
  readonly waitedMs: number
}

export interface Claim {
  readonly channel: string
  readonly limit: number
  /** After the lease another process may claim the delivery, since this one may have died. */
  readonly leaseMs: number
  /** Identifies this claim, so that a process that returns after its lease can't finish the delivery. */
  readonly claim: string
  /** Takes only the first waiting delivery of each record, to keep their order; false for digests, which take all. */
  readonly inOrder: boolean
}

/** Claims the due deliveries of a channel, the longest due first. Those claimed by others are skipped. */
export async function claimDeliveries(
  database: Database,
  { channel, limit, leaseMs, claim, inOrder }: Claim,
): Promise<ClaimedDelivery[]> {
  const isFirst = inOrder
    ? sql`and not exists (select from deliveries earlier where earlier.channel = due.channel
        and earlier.record = due.record and earlier.status = 'waiting' and earlier.number < due.number)`
    : sql``
  const { rows } = await sql<ClaimedDelivery>`
    with taken as materialized (
      select number from deliveries due
      where channel = ${channel} and status = 'waiting' and next_at <= now() ${isFirst}
      order by next_at, number limit ${limit} for update skip locked)
    update deliveries set attempts = attempts + 1, attempted_at = now(), claim = ${claim},
      next_at = now() + make_interval(secs => ${leaseMs / 1_000})
    from taken where deliveries.number = taken.number
    returning deliveries.number, message_id, type, kind, record, body, occurred_at, attempts,
      (extract(epoch from now() - due_at) * 1000)::double precision as waited_ms`.execute(database)
  return rows.toSorted((one, other) => one.number - other.number)
}

/** Result of an attempt. */
export type Finish =
  | { readonly status: 'delivered' | 'dead'; readonly answer: string }
  | { readonly status: 'waiting'; readonly answer: string; readonly waitMs: number }

/**
 * Records the result of claimed deliveries, unless another process has claimed them meanwhile. Returns how many were
 * updated.
 */
export async function finishDeliveries(
  database: Database,
  claim: string,
  numbers: readonly number[],
  finish: Finish,
): Promise<number> {
  const ends = finish.status !== 'waiting'
  const { numUpdatedRows } = await database
    .updateTable('deliveries')
    .set({
      status: finish.status,
      answer: storableText(finish.answer),
      claim: null,
      ...(ends ? { finishedAt: sql`now()` } : {}),
      ...(finish.status === 'waiting' ? { nextAt: sql`now() + make_interval(secs => ${finish.waitMs / 1_000})` } : {}),
    })
    .where('number', 'in', numbers)
    .where('claim', '=', claim)
    .where('status', '=', 'waiting')
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/**
 * Marks waiting deliveries of removed channels as dead. Deliveries younger than a minute are spared, since their
 * channel may have been added after `channelsInUse` was read. Returns how many.
 */
export async function markOtherChannelsDead(
  database: Kysely<Tables>,
  channelsInUse: readonly string[],
  answer: string,
): Promise<number> {
  const { numUpdatedRows } = await markDead(database, answer)
    .where('createdAt', '<', sql<Date>`now() - interval '1 minute'`)
    .where(sql<boolean>`channel <> all (${[...channelsInUse]})`)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Marks deliveries of a channel as dead that have been due for longer than `waitedMs`. Returns how many. */
export async function markOverdueDead(
  database: Kysely<Tables>,
  channel: string,
  waitedMs: number,
  answer: string,
): Promise<number> {
  const { numUpdatedRows } = await markDead(database, answer)
    .where('channel', '=', channel)
    .where('dueAt', '<', sql<Date>`now() - make_interval(secs => ${waitedMs / 1_000})`)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

function markDead(database: Kysely<Tables>, answer: string) {
  return database
    .updateTable('deliveries')
    .set({ status: 'dead', answer, claim: null, finishedAt: sql`now()` })
    .where('status', '=', 'waiting')
}

export interface Redrive {
  /** Every channel if `undefined`. */
  readonly channel?: string | undefined
  /** All dead deliveries if `undefined`. */
  readonly numbers?: readonly number[] | undefined
}

/** Queues dead deliveries again with their attempts reset. Returns how many. */
export async function redriveDeliveries(database: Database, { channel, numbers }: Redrive): Promise<number> {
  let query = database
    .updateTable('deliveries')
    .set({
      status: 'waiting',
      attempts: 0,
      claim: null,
      finishedAt: null,
      dueAt: sql`now()`,
      nextAt: sql`now()`,
    })
    .where('status', '=', 'dead')
  if (channel !== undefined) query = query.where('channel', '=', channel)
  if (numbers !== undefined) query = query.where('number', 'in', numbers.length === 0 ? [-1] : numbers)
  return Number((await query.executeTakeFirst()).numUpdatedRows)
}

/** Deletes deliveries that ended before that moment. Returns how many. */
export async function pruneDeliveries(database: Kysely<Tables>, before: Date): Promise<number> {
  const { numDeletedRows } = await database
    .deleteFrom('deliveries')
    .where('status', '!=', 'waiting')
    .where('finishedAt', '<', before)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** Backlog of a channel. */
export interface ChannelBacklog {
  readonly channel: string
  readonly waiting: number
  readonly dead: number
  /** Time since the oldest waiting delivery became due, ms; null if none is due. */
  readonly oldestMs: number | null
}

export async function channelBacklogs(database: Database): Promise<ChannelBacklog[]> {
  const { rows } = await sql<ChannelBacklog>`
    select channel, (count(*) filter (where status = 'waiting'))::int as waiting,
      (count(*) filter (where status = 'dead'))::int as dead,
      (extract(epoch from now() - min(due_at) filter (where status = 'waiting' and due_at <= now())) * 1000)::double precision
        as oldest_ms
    from deliveries where status in ('waiting', 'dead') group by channel order by channel`.execute(database)
  return rows
}

const listed = [
  'number',
  'channel',
  'messageId',
  'type',
  'kind',
  'record',
  'status',
  'attempts',
  'answer',
  'occurredAt',
  'createdAt',
  'nextAt',
  'attemptedAt',
  'finishedAt',
] as const
export type ListedDelivery = Awaited<ReturnType<typeof listDeliveries>>[number]

/** Lists deliveries without their bodies, newest first. `after` is the number of the last one on the previous page. */
export function listDeliveries(
  database: Reader,
  filter: {
    readonly status?: DeliveryState
    readonly channel?: string
    readonly record?: string
    readonly kind?: string
  },
  { limit, after }: { readonly limit: number; readonly after?: number },
) {
  let query = database.selectFrom('deliveries').select(listed).orderBy('number', 'desc').limit(limit)
  if (filter.status !== undefined) query = query.where('status', '=', filter.status)
  if (filter.channel !== undefined) query = query.where('channel', '=', filter.channel)
  if (filter.record !== undefined) query = query.where('record', '=', filter.record)
  if (filter.kind !== undefined) query = query.where('kind', '=', filter.kind)
  if (after !== undefined) query = query.where('number', '<', after)
  return query.execute()
}
