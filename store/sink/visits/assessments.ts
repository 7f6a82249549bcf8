import { assessments, type Assessment } from '../../../schemas/visits/assessments.ts'
import type { Columns } from '../../sql/write-rows.ts'
import { sinkWriter } from '../writer.ts'

const assessmentColumns = {
  id: 'text',
  opportunityId: 'text',
  customerId: 'text',
  salespersonId: 'text',
  verdict: 'text',
  reasons: 'jsonb',
  visitCount: 'integer',
  probability: 'double precision',
  policyVersion: 'integer',
  occurredAt: 'time',
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
    { name: 'assessments', key: ['opportunityId'], keep: 'last' },
  ],
})

function assessmentOf(assessment: Assessment) {
  return {
    id: assessment.id,
    opportunityId: assessment.opportunityId,
    customerId: assessment.customerId,
    salespersonId: assessment.salespersonId,
    verdict: assessment.verdict,
    reasons: assessment.reasons,
    visitCount: assessment.visitCount,
    probability: assessment.probability,
    policyVersion: assessment.policyVersion,
    occurredAt: assessment.occurredAt,
  }
}
