import { sql, type Kysely, type Migration } from 'kysely'

interface View {
  readonly name: string
  readonly comment: string
  readonly query: string
  readonly columns: Readonly<Record<string, string>>
}

const views: readonly View[] = [
  {
    name: 'bi_customers',
    comment: 'Who the customers are, and when their features were last renewed.',
    query: `select customer_id, name, sex, birth_year, registered_place, residence, segment, time_zone, source, profile_at, features_at from customers`,
    columns: {
      profile_at: 'Since when the profile is known to hold.',
      features_at: 'Event time of the latest event that counts in the features.',
      source: 'The system that emitted the profile; simulator: not a real customer.',
    },
  },
  {
    name: 'bi_opportunities',
    comment: 'Each opportunity as it stands, with its newest conversion score and what the policy says of its visits.',
    query: `select o.opportunity_id, o.customer_id, o.salesperson_id, o.team_id, o.product, o.stage, o.status, o.value_minor, o.currency,
      o.occurred_at, s.visit_count, s.probability, s.model_id, coalesce(a.verdict, 'fine') as verdict
      from opportunities o left join scores s on s.task = 'conversion' and s.subject_id = o.opportunity_id
      left join assessments a on a.opportunity_id = o.opportunity_id`,
    columns: {
      value_minor: 'Expected value in minor units of the currency.',
      occurred_at: 'Since when it stands so.',
      verdict: 'fine, invalid or suspected_false.',
    },
  },
  {
    name: 'bi_visits',
    comment: 'Visit records as they stand: the highest revision of each, without those that were withdrawn.',
    query: `select visit_id, revision, opportunity_id, customer_id, salesperson_id, text, latitude, longitude, check_in_at, check_out_at, occurred_at, source
      from visits where not withdrawn`,
    columns: { text: "The customer's feedback as the salesperson wrote it.", occurred_at: 'Of the visit.' },
  },
  {
    name: 'bi_alerts',
    comment: 'The newest word on each alert.',
    query: `select kind, subject_id, customer_id, raised, text, probability, threshold, occurred_at from alerts`,
    columns: {
      raised: 'False: it was withdrawn.',
      threshold: 'The one that the probability was compared with; null: none.',
    },
  },
  {
    name: 'bi_models',
    comment: 'Every model that was trained, without its parameters.',
    query: `select id, task, algorithm, feature_set, metrics, data, code_version, status, reason, trained_at, released_at from models`,
    columns: {
      id: 'SHA-256 of the artefact; scores name it in model_id.',
      metrics: 'On rows that are newer than those it was trained on.',
      data: 'How many rows, from when to when, and their SHA-256.',
      status: 'champion: in use; challenger: not better than the one in use, or not compared yet; retired: was in use.',
      reason: 'Why it was released.',
    },
  },
  {
    name: 'bi_changes',
    comment: 'What people and the retrainer changed, and when: policies, thresholds, released models.',
    query: `select 'policy' as kind, name as subject, version::text as version, rules as content, changed_by, changed_at from policies
      union all select 'threshold', task, version::text, to_jsonb(value), changed_by, changed_at from thresholds
      union all select 'release', task, id, to_jsonb(reason), null, released_at from models where released_at is not null`,
    columns: {
      subject: 'The name of the policy, or the task.',
      version: 'Of a release: the model.',
      changed_by: 'null: by the rule that compares models, or on the command line.',
    },
  },
  {
    name: 'bi_dead_letters',
    comment: 'Events that could not be taken, with the cause; one is kept for each processor that met it.',
    query: `select id, processor, topic, partition, "offset", code, message, octet_length(value) as value_bytes, occurred_at from dead_letters`,
    columns: {
      processor: 'sink: PostgreSQL refused the row.',
      code: 'The codes are explained in schemas/event-error.ts.',
    },
  },
]

/** Comments on the columns of the first views. */
const firstViews: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  bi_scores: {
    subject_id: 'The opportunity or the customer.',
    absent: 'Why there is no probability.',
    occurred_at: 'Event time of the latest event that the score stands for.',
  },
  bi_priorities: { place: '1 is to be visited first.', owner: 'The salesperson, the team, or all.' },
  bi_assessments: { verdict: 'fine, invalid or suspected_false.', policy_version: '0: the policy that was delivered.' },
  bi_outcomes: { value: '1 or 0 for classes, the rate for rates.', occurred_at: 'When it became known.' },
}

export default {
  async up(database: Kysely<never>) {
    for (const { name, comment, query } of views) {
      await sql.raw(`create view ${name} as ${query}`).execute(database)
      await sql`comment on view ${sql.ref(name)} is ${sql.lit(comment)}`.execute(database)
    }
    const explained = [...views.map(({ name, columns }) => [name, columns] as const), ...Object.entries(firstViews)]
    for (const [view, columns] of explained) {
      for (const [column, comment] of Object.entries(columns)) {
        await sql`comment on column ${sql.ref(`${view}.${column}`)} is ${sql.lit(comment)}`.execute(database)
      }
    }
  },
} satisfies Migration
