import { sql, type Kysely, type Migration } from 'kysely'

const undecided = `status in ('open', 'assigned', 'answered', 'proposed')`

const statements = [
  `create table cases (
    visit_id text primary key, id text not null, customer_id text not null, opportunity_id text not null, salesperson_id text not null,
    visited_at timestamptz not null, step integer not null, revision integer not null, status text not null, origin text not null,
    propensity double precision not null, visit_revision integer not null, verdict text not null,
    false_score double precision not null, invalid_score double precision not null, evidence jsonb not null,
    policy_version integer not null, model_id text, new_evidence boolean not null, opened_at timestamptz not null, alert text,
    alerted_at timestamptz, snoozed_until timestamptz, due_at timestamptz, overdue boolean not null, lapses_at timestamptz not null,
    second_person boolean not null, reviewer text, answer text, answered_by text, answered_at timestamptz, decision text, claim text,
    note text, proposed_by text, decided_by text, decided_at timestamptz, closes_at timestamptz, occurred_at timestamptz not null)`,
  `create index cases_undecided on cases (greatest(false_score, invalid_score) desc, visit_id) where ${undecided}`,
  `create index cases_of_reviewers on cases (reviewer) where ${undecided}`,
  `create index on cases (salesperson_id, opened_at)`,
  `create index on cases (customer_id)`,
  `create index on cases (opened_at desc, visit_id)`,
  `create index on cases (decided_at) where decision is not null`,
  `create table case_acts (
    id text primary key, visit_id text not null, customer_id text not null, step integer not null, revision integer not null, act text not null,
    act_id text, act_by text, act_note text, refusal text, before jsonb, after jsonb not null, occurred_at timestamptz not null)`,
  `create index on case_acts (visit_id, step)`,
  `create index on case_acts (act_id) where act_id is not null`,
  `create view bi_cases as select visit_id, customer_id, opportunity_id, salesperson_id, visited_at, status, origin, propensity, verdict,
    false_score, invalid_score, policy_version, new_evidence, opened_at, alerted_at, snoozed_until, due_at, overdue, reviewer, answered_at,
    decision, claim, note, decided_by, decided_at, extract(epoch from decided_at - coalesce(alerted_at, opened_at)) / 3600 as hours_to_decision
    from cases`,
  `comment on view bi_cases is 'Visits under review, and those that were.'`,
  `comment on column bi_cases.status is 'Undecided: open, assigned, answered, proposed; else decided, closed, withdrawn or lapsed.'`,
  `comment on column bi_cases.origin is 'flagged: the policy objects; sampled: drawn by chance from visits that it does not object to.'`,
  `comment on column bi_cases.propensity is 'How probable it was that a visit like this gets a case.'`,
  `comment on column bi_cases.claim is 'What was decided on: false or invalid.'`,
  `comment on column bi_cases.hours_to_decision is 'Since people were told of it.'`,
  `create view bi_case_acts as select id, visit_id, customer_id, step, revision, act, act_by, act_note, refusal, before ->> 'status' as status_before,
    after ->> 'status' as status_after, after ->> 'decision' as decision_after, after ->> 'reviewer' as reviewer_after, occurred_at from case_acts`,
  `comment on view bi_case_acts is 'Everything that was done to a case, by people and by the platform.'`,
  `comment on column bi_case_acts.act_by is 'null: the platform.'`,
  `comment on column bi_case_acts.refusal is 'Why the act was refused; null: it was not.'`,
  `create view bi_case_labels as select visit_id, customer_id, opportunity_id, salesperson_id, visited_at,
    case claim when 'invalid' then 'invalid-visit' else 'false-visit' end as task, case decision when 'confirmed' then 1 else 0 end as value,
    origin, propensity, verdict, false_score, invalid_score, evidence, policy_version, decided_by, decided_at
    from cases where status in ('decided', 'closed') and decision in ('confirmed', 'dismissed')`,
  `comment on view bi_case_labels is 'What reviews say of visits, for training: confirmed is 1, dismissed is 0, harmless says nothing. A reopened case has no label.'`,
  `comment on column bi_case_labels.propensity is 'Weigh by its reciprocal: flagged visits are all there, of the others a share.'`,
  // An alert on a visit is raised only while its case says so, so that both leave all lists at the same moment.
  `create or replace view bi_alerts as select a.kind, a.subject_id, a.customer_id,
    case when c.visit_id is null then a.raised else a.raised and c.alert is not distinct from a.kind end as raised, a.text, a.probability,
    a.threshold, a.occurred_at from alerts a left join cases c on c.visit_id = a.subject_id and a.kind in ('invalid-visit', 'suspected-false-visit')`,
]

/** Visits under review: cases, the acts on them, and the labels that they yield for training. */
export default {
  async up(database: Kysely<never>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
