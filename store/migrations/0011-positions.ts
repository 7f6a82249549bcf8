import { sql, type Kysely, type Migration } from 'kysely'

const statements = [
  `alter table sink_positions add column topic_id text`,
  `create table gaps (id text primary key, processor text not null, topic text not null, partition integer not null,
    "from" bigint not null, "to" bigint not null, occurred_at timestamptz not null)`,
  `create index gaps_by_time on gaps (occurred_at desc, id desc)`,
  `create table sink_progress (partition integer primary key, as_of timestamptz not null)`,
  `create table deployment (only_one boolean primary key default true check (only_one), id text not null)`,
  `create view bi_gaps as select occurred_at, processor, topic, partition, "from" as from_offset, "to" as to_offset, "to" - "from" as offsets from gaps`,
  `comment on view bi_gaps is 'Records that were deleted before they were read.'`,
  `comment on column bi_gaps.processor is 'Who could not read them; sink: this database lacks them.'`,
  `comment on column bi_gaps.from_offset is 'The first that was not read.'`,
  `comment on column bi_gaps.to_offset is 'The first that was still there.'`,
  `comment on column bi_gaps.offsets is 'At most so many records: offsets may have holes.'`,
]

/**
 * Topic ids of positions, gaps (records deleted before they were read), the sink's progress, and the deployment that
 * owns the database.
 */
export default {
  async up(database: Kysely<never>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
