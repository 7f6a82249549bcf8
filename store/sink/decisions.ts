import { alerts, assessments, priorities, type Alert, type Assessment, type Priority } from '../../schemas/scoring.ts'
import { lastOfEach, replaceOn, writeRows, type Columns } from '../write-rows.ts'
import { sinkWriter, valuesOf } from './writer.ts'

interface Dated {
  readonly occurred_at: number
}
const isNewer = (row: Dated, held: Dated) => row.occurred_at >= held.occurred_at
const newerThan = (table: string) => `${table}.occurred_at <= excluded.occurred_at`

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
    // One task publishes a list, in order: the last one written is the newest, whatever the event times of what moved it.
    const rows = lastOfEach(
      valuesOf(events).map(priorityOf),
      ({ scope, owner }) => `${scope}:${owner}`,
      () => true,
    )
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
    await writeRows(
      transaction,
      'assessment_history',
      assessmentColumns,
      lastOfEach(
        rows,
        ({ id }) => id,
        () => false,
      ),
      'on conflict do nothing',
    )
    const newest = lastOfEach(rows, (row) => row.opportunity_id, isNewer)
    await writeRows(
      transaction,
      'assessments',
      assessmentColumns,
      newest,
      replaceOn(['opportunity_id'], assessmentColumns, newerThan('assessments')),
    )
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
  occurred_at: 'time',
} as const satisfies Columns<ReturnType<typeof alertOf>>

export const alertsWriter = sinkWriter<Alert>({
  topic: alerts,
  async write(transaction, events) {
    const rows = valuesOf(events).map(alertOf)
    await writeRows(
      transaction,
      'alert_history',
      alertColumns,
      lastOfEach(
        rows,
        ({ id }) => id,
        () => false,
      ),
      'on conflict do nothing',
    )
    const newest = lastOfEach(rows, ({ kind, subject_id }) => `${kind}\u0000${subject_id}`, isNewer)
    await writeRows(
      transaction,
      'alerts',
      alertColumns,
      newest,
      replaceOn(['kind', 'subject_id'], alertColumns, newerThan('alerts')),
    )
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
    occurred_at: alert.occurredAt,
  }
}
