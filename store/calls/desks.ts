import { sql } from 'kysely'
import type { Reader } from '../database.ts'

/** A desk with its load now. */
export interface DeskRow {
  readonly desk: string
  /** Agents at work. */
  readonly agents: number
  /** Calls that wait, calls offered to an agent, and calls in conversation or wrap-up. */
  readonly waiting: number
  readonly offered: number
  readonly active: number
  /** When the call that waits longest asked for an agent; null if no call waits. */
  readonly waitingSince: Date | null
}

/** Lists the desks for which an agent has reported a state or a call is open, by name. `at`: the platform's time. */
export async function listDesks(
  database: Reader,
  at: Date,
  { limit, after }: { readonly limit: number; readonly after?: string },
): Promise<DeskRow[]> {
  const { rows } = await sql<DeskRow>`
    with agents as (
      select desk, count(*)::integer as agents from desk_agents
      where expires_at > ${at} and occurred_at > ${at}::timestamptz - interval '1 day' and status <> 'offline'
      group by desk),
    calls as (
      select desk, count(*) filter (where state = 'waiting')::integer as waiting,
        count(*) filter (where state = 'pending')::integer as offered,
        count(*) filter (where state in ('accepted', 'wrapping'))::integer as active,
        min(occurred_at - waited_ms * interval '1 millisecond') filter (where state = 'waiting') as waiting_since
      from routed_calls where state in ('waiting', 'pending', 'accepted', 'wrapping') group by desk),
    desks as (select desk from desk_agents union select desk from calls)
    select desk, coalesce(agents, 0) as agents, coalesce(waiting, 0) as waiting, coalesce(offered, 0) as offered,
      coalesce(active, 0) as active, waiting_since
    from desks left join agents using (desk) left join calls using (desk)
    where ${after ?? null}::text is null or desk > ${after ?? null}
    order by desk limit ${limit}`.execute(database)
  return rows
}
