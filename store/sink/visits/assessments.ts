import { assessments, type Assessment } from '../../../schemas/visits/assessments.ts'
import type { Columns } from '../../sql/write-rows.ts'
import { sinkWriter } from '../writer.ts'

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

/**
 * One task publishes all that concerns one opportunity, in order: the last published state wins, regardless of event
 * times. They may well go back, as when the visit that made a verdict is withdrawn.
 */
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
