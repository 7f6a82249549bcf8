import { sql, type Kysely, type Migration } from 'kysely'

const recommendationColumns = `
  id text not null,
  customer_id text not null,
  stage text not null,
  items jsonb not null,
  threshold double precision not null,
  model_id text,
  model_dictionary_version integer,
  dictionary_version integer not null,
  unknown_to_model jsonb not null,
  absent text,
  occurred_at timestamptz not null`

const statements = [
  `create table dictionary_versions (
    version integer primary key, kind text not null check (kind in ('need', 'characteristic')), entry_id text not null,
    changed_by text not null, changed_at timestamptz not null default now())`,
  `create table needs (
    id text, version integer references dictionary_versions, name text not null, category text not null, field_of_activity text,
    segment text, retired boolean not null, primary key (id, version))`,
  `create table characteristics (
    id text, version integer references dictionary_versions, name text not null, description text not null, product text,
    needs jsonb not null, advice jsonb not null, retired boolean not null, primary key (id, version))`,
  `create table organisations (
    customer_id text primary key, id text not null, organisation_id text not null, name text not null, field_of_activity text, segment text,
    employees bigint, region text, attributes jsonb not null, occurred_at timestamptz not null, source text not null)`,
  `create table contacts (
    customer_id text, contact_id text, id text not null, organisation_id text not null, name text not null, role text,
    interests jsonb not null, categories jsonb not null, seniority text, active boolean not null, occurred_at timestamptz not null,
    source text not null, primary key (customer_id, contact_id))`,
  `create table recommendations (${recommendationColumns}, primary key (customer_id))`,
  `create table recommendation_history (${recommendationColumns}, primary key (id))`,
  `create index on recommendation_history (customer_id, occurred_at)`,
]

interface View {
  readonly name: string
  readonly comment: string
  readonly query: string
  readonly columns: Readonly<Record<string, string>>
}

const views: readonly View[] = [
  {
    name: 'bi_recommendations',
    comment: 'What to put forward to each organisation: one line a place in its list.',
    query: `select r.customer_id, o.name as organisation, r.stage, line.place, line.item ->> 'characteristicId' as characteristic_id,
      line.item ->> 'name' as name, line.item ->> 'product' as product, (line.item ->> 'probability')::double precision as probability,
      line.item ->> 'advice' as advice, r.threshold, r.model_id, r.dictionary_version, r.occurred_at
      from recommendations r left join organisations o on o.customer_id = r.customer_id
      cross join lateral jsonb_array_elements(r.items) with ordinality as line(item, place)`,
    columns: {
      stage: 'Of the sales funnel, the one that the advice is for.',
      place: '1 is the best.',
      advice: 'What to say at this stage.',
      dictionary_version: 'The dictionary that name and advice are from; 0: as delivered.',
      occurred_at: 'Since when the list is so.',
    },
  },
  {
    name: 'bi_recommended_needs',
    comment: 'Which needs the recommended characteristics answer: one line a need.',
    query: `select r.customer_id, line.item ->> 'characteristicId' as characteristic_id, need ->> 'id' as need_id, need ->> 'name' as need,
      need ->> 'category' as category, (need ->> 'ofContacts')::boolean as of_contacts
      from recommendations r cross join lateral jsonb_array_elements(r.items) as line(item)
      cross join lateral jsonb_array_elements(line.item -> 'needs') as need`,
    columns: { of_contacts: 'A contact person is interested in the category.' },
  },
  {
    name: 'bi_organisations',
    comment: 'Organisations that are customers or prospects, with how many contact persons are at work there.',
    query: `select o.customer_id, o.organisation_id, o.name, o.field_of_activity, o.segment, o.employees, o.region, o.occurred_at, o.source,
      (select count(*) from contacts c where c.customer_id = o.customer_id and c.active) as contacts from organisations o`,
    columns: { occurred_at: 'Since when it is known to be so.' },
  },
  {
    name: 'bi_contacts',
    comment: 'Contact persons who are at work for their organisation.',
    query: `select customer_id, contact_id, organisation_id, name, role, seniority, interests, categories, occurred_at, source from contacts where active`,
    columns: { categories: 'The categories of needs that the interests belong to.' },
  },
]

/** The view of changes, extended by those of the dictionary. */
const changes = `create or replace view bi_changes as
  select 'policy' as kind, name as subject, version::text as version, rules as content, changed_by, changed_at from policies
  union all select 'threshold', task, version::text, to_jsonb(value), changed_by, changed_at from thresholds
  union all select 'release', task, id, to_jsonb(reason), null, released_at from models where released_at is not null
  union all select d.kind, d.entry_id, d.version::text, coalesce(to_jsonb(n), to_jsonb(c)), d.changed_by, d.changed_at
    from dictionary_versions d left join needs n on d.kind = 'need' and n.version = d.version
    left join characteristics c on d.kind = 'characteristic' and c.version = d.version`

/** The catalogues of needs and characteristics, organisations with their contacts, and recommendations to them. */
export default {
  async up(database: Kysely<never>) {
    for (const statement of [...statements, changes]) await sql.raw(statement).execute(database)
    for (const { name, comment, query, columns } of views) {
      await sql.raw(`create view ${name} as ${query}`).execute(database)
      await sql`comment on view ${sql.ref(name)} is ${sql.lit(comment)}`.execute(database)
      for (const [column, words] of Object.entries(columns))
        await sql`comment on column ${sql.ref(`${name}.${column}`)} is ${sql.lit(words)}`.execute(database)
    }
    await sql`comment on view bi_changes is ${sql.lit('What people and the retrainer changed, and when: policies, thresholds, needs, characteristics, released models.')}`.execute(
      database,
    )
    await sql`comment on column bi_changes.subject is ${sql.lit('The name of the policy, the task, or the entry of the dictionary.')}`.execute(
      database,
    )
    await sql`comment on column bi_changes.version is ${sql.lit('Of a release: the model. Of a need or a characteristic: the dictionary’s.')}`.execute(
      database,
    )
  },
} satisfies Migration
