import { alerts, assessments, priorities, type Alert, type Assessment, type Priority } from '../../schemas/scoring.ts'
import type { Columns } from '../write-rows.ts'
import { sinkWriter } from './writer.ts'

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

export const prioritiesWriter = sinkWriter({
  topic: priorities,
  columns: priorityColumns,
  rowOf: priorityOf,
  tables: [{ name: 'priorities', key: ['scope', 'owner'], keep: 'last' }],
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

export const assessmentsWriter = sinkWriter({
  topic: assessments,
  columns: assessmentColumns,
  rowOf: assessmentOf,
  tables: [
    { name: 'assessment_history', key: ['id'], keep: 'first' },
    { name: 'assessments', key: ['opportunity_id'], keep: 'last' },
  ],
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

export const alertsWriter = sinkWriter({
  topic: alerts,
  columns: alertColumns,
  rowOf: alertOf,
  tables: [
    { name: 'alert_history', key: ['id'], keep: 'first' },
    { name: 'alerts', key: ['kind', 'subject_id'], keep: 'last' },
  ],
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
