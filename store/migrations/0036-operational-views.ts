import { sql, type Kysely, type Migration } from 'kysely'

interface View {
  readonly name: string
  readonly comment: string
  readonly from: string
  /** What each column says, and how it is computed unless it is a column of the table. */
  readonly columns: Readonly<Record<string, string | { readonly is: string; readonly says: string }>>
}

const customer = 'Id of the customer.'
const verdict = 'fine, invalid or suspected_false.'

/** Without payloads, addresses and proofs of consents: these stay with those who may read the tables. */
const views: readonly View[] = [
  {
    name: 'bi_unmapped_webhooks',
    comment: 'Webhooks that could not be mapped to events completely, without their bodies.',
    from: 'unmapped_webhooks',
    columns: {
      id: 'Id of the record.',
      webhook: 'Name of the source.',
      delivery_id: 'Id that the sender gave the delivery.',
      content_type: 'Media type of the body.',
      body_bytes: { is: 'octet_length(body)', says: 'Length of the body in bytes.' },
      mapping_version: 'Version of the source that could not map it.',
      problem_count: { is: 'jsonb_array_length(problems)', says: 'Number of problems that were found.' },
      first_problem_topic: {
        is: `problems -> 0 ->> 'topic'`,
        says: 'Topic of the first problem; null: the whole body.',
      },
      first_problem_path: { is: `problems -> 0 ->> 'path'`, says: 'JSON Pointer to the value of the first problem.' },
      accepted_count: { is: 'jsonb_array_length(accepted_ids)', says: 'Events of the same body that were accepted.' },
      attempts: 'Replays so far.',
      state: 'pending, or replayed after its mapping was mended.',
      occurred_at: 'When it was received, or replayed.',
    },
  },
  {
    name: 'bi_call_sessions',
    comment: 'Live calls of the last 93 days, and how far each has come.',
    from: 'call_sessions',
    columns: {
      call_id: 'Id of the call, as in bi_calls.',
      customer_id: customer,
      steps: { is: 'revision', says: 'Number of steps so far; bi_session_steps has each.' },
      updated_at: 'When the latest step was taken.',
    },
  },
  {
    name: 'bi_desk_agents',
    comment: 'What the agents of desks do and can do, as the call system told last.',
    from: 'desk_agents',
    columns: {
      desk: 'Id of the desk.',
      agent_id: 'Id of the agent.',
      status: 'What the agent does.',
      expires_at: 'After that the agent counts as offline.',
      capacity: 'Maximum number of simultaneous calls.',
      elsewhere: 'Calls that the agent has from elsewhere: another desk, or a direct call.',
      queues: 'Queues that the agent works for, as a JSON array; empty: the desk has none.',
      skills: 'Skills of the agent, as a JSON array.',
      languages: 'Language tags, as a JSON array.',
      occurred_at: 'Since when it is so.',
    },
  },
  {
    name: 'bi_routed_calls',
    comment: 'Calls that asked a desk for an agent, each as its latest decision left it.',
    from: 'routed_calls',
    columns: {
      desk: 'Id of the desk.',
      request_id: 'Id of the request for an agent.',
      call_id: 'Id of the call, as in bi_calls.',
      customer_id: customer,
      state: 'State of the request, as in bi_routing_decisions.',
      reason: 'Why, in words.',
      agent_id: 'The agent it was offered to last; null: nobody.',
      queue: 'The queue it waits in or came from; null: the desk has none.',
      waited_ms: 'Time since the call asked for an agent, in ms.',
      offers: 'Number of times that it was offered.',
      step: 'Widening step of the plan, from 0.',
      intent: 'What the customer wants; null: not known.',
      priority: 'Priority of the call.',
      occurred_at: 'When it was decided.',
    },
  },
  {
    name: 'bi_dispatched_calls',
    comment: 'Calls that call systems were let make, for 93 days.',
    from: 'dispatched_calls',
    columns: {
      attempt_id: 'Id of the attempt, as in bi_call_attempts.',
      campaign: 'Id of the campaign.',
      customer_id: customer,
      dispatched_at: 'When the call system got it.',
      ended_at: 'When its end was told; null: not yet.',
    },
  },
  {
    name: 'bi_campaign_pacing',
    comment: 'How fast each campaign is dialled.',
    from: 'campaign_pacing',
    columns: {
      campaign: 'Id of the campaign.',
      level: 'Calls that are dialled for each agent who waits.',
      abandon_share: 'Abandoned share of the answered calls when the level was set, 0 to 1.',
      adapted_at: 'When the level was set.',
    },
  },
  {
    name: 'bi_deliveries',
    comment: 'Messages to channels and what became of them, without their texts and answers.',
    from: 'deliveries',
    columns: {
      number: 'Order in which they were queued.',
      channel: 'Name of the channel.',
      topic: 'Topic of the event that it tells of.',
      type: 'Type of the message.',
      kind: 'Kind of the alert; null: it tells of no alert.',
      status: 'waiting, delivered or dead (given up).',
      attempts: 'Number of times that it was sent.',
      occurred_at: 'Event time of the event.',
      created_at: 'When it was queued.',
      due_at: 'When it may first be sent: at once, or with the next digest.',
      finished_at: 'When it was delivered or given up; null: waiting.',
    },
  },
  {
    name: 'bi_held_activations',
    comment: 'Activations of a policy that were refused because it flags too much of the history.',
    from: 'held_activations',
    columns: {
      id: 'Number of the refusal.',
      setting: 'Kind of the policy.',
      name: { is: 'key', says: 'Name of the policy.' },
      reason: 'Why it was to be activated.',
      changed_by: 'Who wanted to activate it.',
      checked: 'What the trial on history found, as JSON.',
      held_at: 'When it was refused.',
    },
  },
  {
    name: 'bi_shadow_assessments',
    comment: 'What policies in shadow say of opportunities and visits, next to the active policy.',
    from: 'shadow_assessments',
    columns: {
      candidate: 'Id of the policy in shadow.',
      subject_id: 'Id of the opportunity or the visit.',
      customer_id: customer,
      salesperson_id: 'Id of the salesperson.',
      visited_at: 'When the visit took place, or the latest of the opportunity.',
      verdict: `Of the policy in shadow: ${verdict}`,
      in_force: `Of the active policy: ${verdict}`,
      policy_version: 'Version of the active policy; 0: the policy that was delivered.',
      occurred_at: 'Event time of the assessment.',
    },
  },
  {
    name: 'bi_contact_permissions',
    comment: 'What customers said about being contacted, all of it, without the evidence.',
    from: 'contact_permissions',
    columns: {
      id: 'Id of the statement.',
      customer_id: customer,
      kind: 'consent-given, consent-withdrawn, do-not-call or do-not-call-lifted.',
      purpose: 'null: every purpose.',
      channel: 'null: every channel.',
      form: 'How it was said; null: not told.',
      expires_at: 'When a consent expires; null: not until it is withdrawn.',
      occurred_at: 'When it was said.',
      source: 'The system that told it.',
    },
  },
  {
    name: 'bi_script_reviews',
    comment: 'Every review of a script; the latest one is its status.',
    from: 'script_reviews',
    columns: {
      script_id: 'Id of the script, as in bi_scripts.',
      number: 'Number of the review of this script, from 1.',
      decision: 'unreviewed, approved or rejected.',
      decided_by: 'Who decided.',
      reason: 'Why; null: not told.',
      decided_at: 'When.',
    },
  },
  {
    name: 'bi_revision_decisions',
    comment: 'Decisions of people on proposed revisions of scripts.',
    from: 'revision_decisions',
    columns: {
      template: 'Name of the script template.',
      template_version: 'Version of the template that the revision is of.',
      part_id: 'The part of the script that was to change.',
      decision: 'accepted or rejected.',
      new_version: 'Version of the template with the revision; null: it was not taken.',
      decided_by: 'Who decided.',
      reason: 'Why.',
      decided_at: 'When.',
    },
  },
  {
    name: 'bi_assessment_history',
    comment: 'Every verdict on the visits of an opportunity, by event time.',
    from: 'assessment_history',
    columns: {
      id: 'Id of the assessment.',
      opportunity_id: 'Id of the opportunity.',
      customer_id: customer,
      salesperson_id: 'Id of the salesperson.',
      verdict,
      reasons: 'Rules that objected, as JSON.',
      visit_count: 'Visits of the opportunity by then.',
      probability: 'Probability of conversion; null: no model was released.',
      policy_version: '0: the policy that was delivered.',
      occurred_at: 'Event time of the visit that led to it.',
    },
  },
  {
    name: 'bi_alert_history',
    comment: 'Every state of every alert, by event time.',
    from: 'alert_history',
    columns: {
      id: 'Id of the event.',
      kind: 'Kind of the alert.',
      subject_id: 'The opportunity, visit or customer that it is about.',
      customer_id: customer,
      raised: 'False: it was withdrawn.',
      text: 'What the alert says.',
      probability: 'Probability that led to it; null: none did.',
      threshold: 'The one that the probability was compared with; null: none.',
      occurred_at: 'Event time.',
    },
  },
]

/** Views of what the platform does: routing, dialling, messages, webhooks, policies in shadow, and their histories. */
export default {
  async up(database: Kysely<never>) {
    for (const { name, comment, from, columns } of views) {
      const all = Object.entries(columns).map(([column, one]) =>
        typeof one === 'string' ? { column, is: `"${column}"`, says: one } : { column, ...one },
      )
      const list = all.map(({ column, is }) => `${is} as "${column}"`).join(', ')
      await sql.raw(`create view ${name} as select ${list} from ${from}`).execute(database)
      await sql`comment on view ${sql.ref(name)} is ${sql.lit(comment)}`.execute(database)
      for (const { column, says } of all)
        await sql`comment on column ${sql.ref(`${name}.${column}`)} is ${sql.lit(says)}`.execute(database)
    }
  },
} satisfies Migration
