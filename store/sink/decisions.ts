import { alerts, assessments, priorities, type Alert, type Assessment, type Priority } from '../../schemas/scoring.ts'
import { firstOfEach, newestOfEach, replaceOn, writeRows, type Columns } from '../write-rows.ts'
import { sinkWriter, valuesOf } from './writer.ts'

/**
 * What processors decide. One task publishes all that concerns one list, opportunity or alert, in order: what was published last holds,
 * whatever the event times. They may well go back, as when the visit that raised an alert is withdrawn.
 */

const priorityColumns = {
  scope: 'text',
  owner: 'text',
  entries: 'jsonb',
  open_count: 'integer',
  occurred_at: 'time',
} as const satisfies Columns<ReturnType<typeof priorityOf>>

export const prioritiesWriter = sinkWriter<Priority>({
  topic: priorities,
  async write(transaction, events) {
    const rows = newestOfEach(valuesOf(events).map(priorityOf), ({ scope, owner }) => `${scope}:${owner}`)
    await writeRows(transaction, 'priorities', priorityColumns, rows, replaceOn(['scope', 'owner'], priorityColumns))
  },
})

function priorityOf({ scope, owner, entries, openCount, occurredAt }: Priority) {
  return { scope, owner, entries, open_count: openCount, occurred_at: occurredAt }
}

const assessmentColumns = {
  id: 'text',
  opportunity_id: 'text',
  customer_id: 'text',
  salesperson_id: 'text',
  verdict: 'text',
  reasons: 'jsonb',
  visit_count: 'integer',
  probability: 'double precision',
  policy_version: 'integer',
  occurred_at: 'time',
} as const satisfies Columns<ReturnType<typeof assessmentOf>>

export const assessmentsWriter = sinkWriter<Assessment>({
  topic: assessments,
  async write(transaction, events) {
    const rows = valuesOf(events).map(assessmentOf)
    const distinct = firstOfEach(rows, ({ id }) => id)
    await writeRows(transaction, 'assessment_history', assessmentColumns, distinct, 'on conflict do nothing')
    const newest = newestOfEach(rows, (row) => row.opportunity_id)
    await writeRows(transaction, 'assessments', assessmentColumns, newest, replaceOn(['opportunity_id'], assessmentColumns))
  },
})

function assessmentOf(assessment: Assessment) {
  return {
    id: assessment.id,
    opportunity_id: assessment.opportunityId,
    customer_id: assessment.customerId,
    salesperson_id: assessment.salespersonId,
    verdict: assessment.verdict,
    reasons: assessment.reasons,
    visit_count: assessment.visitCount,
    probability: assessment.probability,
    policy_version: assessment.policyVersion,
    occurred_at: assessment.occurredAt,
  }
}

const alertColumns = {
  id: 'text',
  kind: 'text',
  subject_id: 'text',
  customer_id: 'text',
  raised: 'boolean',
  text: 'text',
  probability: 'double precision',
  threshold: 'double precision',
  reasons: 'jsonb',
  occurred_at: 'time',
} as const satisfies Columns<ReturnType<typeof alertOf>>

export const alertsWriter = sinkWriter<Alert>({
  topic: alerts,
  async write(transaction, events) {
    const rows = valuesOf(events).map(alertOf)
    const distinct = firstOfEach(rows, ({ id }) => id)
    await writeRows(transaction, 'alert_history', alertColumns, distinct, 'on conflict do nothing')
    const newest = newestOfEach(rows, ({ kind, subject_id }) => `${kind}\u0000${subject_id}`)
    await writeRows(transaction, 'alerts', alertColumns, newest, replaceOn(['kind', 'subject_id'], alertColumns))
  },
})

function alertOf(alert: Alert) {
  return {
    id: alert.id,
    kind: alert.kind,
    subject_id: alert.subjectId,
    customer_id: alert.customerId,
    raised: alert.raised,
    text: alert.text,
    probability: alert.probability,
    threshold: alert.threshold,
    reasons: alert.reasons,
    occurred_at: alert.occurredAt,
  }
}
