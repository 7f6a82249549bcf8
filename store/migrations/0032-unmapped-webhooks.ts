import { sql, type Kysely, type Migration } from 'kysely'

const statements = [
  `create table unmapped_webhooks (
    id text primary key, occurred_at timestamptz not null, webhook text not null, delivery_id text not null,
    content_type text not null, body bytea not null, mapping_version integer not null, problems jsonb not null,
    accepted_ids jsonb not null, attempts integer not null, state text not null)`,
  `comment on table unmapped_webhooks is 'Verified webhooks that could not be mapped to events completely, with the reasons.'`,
  `comment on column unmapped_webhooks.accepted_ids is 'Ids of the events of the payload that were accepted.'`,
  `comment on column unmapped_webhooks.state is 'pending, or replayed after its mapping was mended.'`,
  `create index on unmapped_webhooks (occurred_at, id)`,
  `create index on unmapped_webhooks (webhook, id) where state = 'pending'`,
]

/** Webhooks that could not be mapped. */
export default {
  async up(database: Kysely<never>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
