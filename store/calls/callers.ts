import { sql } from 'kysely'
import type { ContactPermission } from '../../schemas/calls/contact-permissions.ts'
import type { Reader } from '../database.ts'

/** The facts that decide whether a customer may be called. */
export interface CallerFacts {
  readonly customerId: string
  /** The time zone in the profile; null if it has none. */
  readonly timeZone: string | null
  /** The newest permission of each kind, purpose, channel and form. Times in ms since 1970. */
  readonly permissions: readonly Pick<
    ContactPermission,
    'kind' | 'purpose' | 'channel' | 'form' | 'expiresAt' | 'occurredAt'
  >[]
  /** The newest outbound calls, including dispatched ones that have no call event yet. Times in ms since 1970. */
  readonly attempts: readonly { readonly at: number; readonly answered: boolean }[]
}

interface CallersQuery {
  readonly customerIds: readonly string[]
  readonly now: Date
  /** Only attempts after this time … */
  readonly since: Date
  /** … and at most this many per customer. */
  readonly attemptsMax: number
}

/** Reads the facts of all known customers among these in one statement, so that they are of the same moment. */
export async function factsOfCallers(database: Reader, query: CallersQuery): Promise<ReadonlyMap<string, CallerFacts>> {
  const { rows } = await sql<CallerFacts>`
    select c.customer_id, c.profile_time_zone as time_zone, p.said as permissions, a.made as attempts
    from customers c,
    lateral (select coalesce(json_agg(json_build_object('kind', kind, 'purpose', purpose, 'channel', channel, 'form', form,
      'expiresAt', ${ms('expires_at')}, 'occurredAt', ${ms('occurred_at')})), '[]') as said from (
      select distinct on (kind, purpose, channel, form) * from contact_permissions
      where customer_id = c.customer_id and (occurred_at <= ${query.now} or kind in ('do-not-call', 'consent-withdrawn'))
      order by kind, purpose, channel, form, occurred_at desc, id desc) newest) p,
    lateral (select coalesce(json_agg(json_build_object('at', ${ms('occurred_at')}, 'answered', answered)), '[]') as made
      from (
        (select occurred_at, answered from calls where customer_id = c.customer_id and direction = 'outbound'
          and occurred_at > ${query.since})
        union all
        (select dispatched_at, false from dispatched_calls d where d.customer_id = c.customer_id
          and d.dispatched_at > ${query.since} and not exists (select from calls where call_id = d.attempt_id))
        order by occurred_at desc limit ${query.attemptsMax}) newest) a
    where c.customer_id = any(${query.customerIds}::text[])`.execute(database)
  return new Map(rows.map((row) => [row.customerId, row]))
}

function ms(column: string) {
  return sql.raw(`floor(extract(epoch from ${column}) * 1000)`)
}
