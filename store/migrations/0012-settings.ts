import { sql, type Kysely, type Migration } from 'kysely'

const statements = [
  `create table setting_versions (
    setting text, key text, version integer, value jsonb not null, changed_by text not null,
    changed_at timestamptz not null default now(), primary key (setting, key, version))`,
  `insert into setting_versions
    select 'policy', name, version, jsonb_build_object('rules', rules), changed_by, changed_at from policies
    union all select 'threshold', task, version, jsonb_build_object('value', value), changed_by, changed_at from thresholds
    union all select 'need', n.id, n.version, jsonb_build_object('name', n.name, 'category', n.category,
      'fieldOfActivity', n.field_of_activity, 'segment', n.segment, 'retired', n.retired), d.changed_by, d.changed_at
      from needs n join dictionary_versions d using (version)
    union all select 'characteristic', c.id, c.version, jsonb_build_object('name', c.name, 'description', c.description,
      'product', c.product, 'needs', c.needs, 'advice', c.advice, 'retired', c.retired), d.changed_by, d.changed_at
      from characteristics c join dictionary_versions d using (version)`,
  `create or replace view bi_changes as
    select setting as kind, key as subject, version::text as version, value as content, changed_by, changed_at from setting_versions
    union all select 'release', task, id, to_jsonb(reason), null, released_at from models where released_at is not null`,
  `comment on view bi_changes is 'What people and the retrainer changed, and when: every setting that has versions, and released models.'`,
  `comment on column bi_changes.subject is 'The name of the policy, the task, or the entry of the dictionary.'`,
  `comment on column bi_changes.content is 'The fields as they were set; of a release the reason.'`,
  `drop table policies, thresholds, needs, characteristics, dictionary_versions`,
]

/** One table for all versioned settings. The rows of the five tables that it replaces are moved to it. */
export default {
  async up(database: Kysely<never>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
