import { sql, type Kysely, type Migration } from 'kysely'

/** Longest call of which the conversion is looked for, in seconds: a week. */
const DURATION_S_MAX = 604_800

const statements = [
  `create or replace view bi_calls as select k.*, c.name as customer_name, o.value as converted
    from calls k left join customers c using (customer_id)
    left join lateral (select value from outcomes where task = 'call-conversion' and customer_id = k.customer_id
      and as_of between k.occurred_at - make_interval(secs => least(k.duration_s, ${DURATION_S_MAX}) + 600)
        and k.occurred_at
      order by as_of desc limit 1) o on true`,
]

/** A call whose reported duration is no interval of PostgreSQL no longer fails every query of the view. */
export default {
  async up(database: Kysely<never>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
