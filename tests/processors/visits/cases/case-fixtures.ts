import { START } from '../../scoring-fixtures.ts'
import { openedBy } from '../../../../processors/visits/cases/case-changes.ts'
import { DAY_MS } from '../../../../schemas/durations.ts'
import type { AlertCandidate } from '../../../../schemas/visits/alert-admissions.ts'
import type { CaseAct } from '../../../../schemas/visits/case-acts.ts'
import type { Case } from '../../../../schemas/visits/cases.ts'
import type { CaseFinding } from '../../../../schemas/visits/case-findings.ts'
import type { VisitAssessment } from '../../../../schemas/visits/visit-assessments.ts'

export const at = (days: number): number => START + days * DAY_MS

export function assessmentOf(visitId: string, day: number, changes: Partial<VisitAssessment> = {}): VisitAssessment {
  return {
    id: `${visitId}/assessed/${day}`,
    occurredAt: at(day),
    source: 'test',
    visitId,
    revision: 0,
    withdrawn: false,
    customerId: 'c1',
    opportunityId: 'o1',
    salespersonId: 's1',
    visitedAt: START,
    verdict: 'suspected_false',
    falseScore: 0.8,
    invalidScore: 0.1,
    evidence: [{ kind: 'copied-text', score: 1, text: 'About 90 % of the report is in another one (v0).', with: 'v0' }],
    policyVersion: 3,
    modelId: null,
    reasons: [],
    visitCount: null,
    conversionProbability: null,
    ...changes,
  }
}

export function findingOf(visitId: string, day: number, changes: Partial<CaseFinding> = {}): CaseFinding {
  return {
    id: `${visitId}/finding/${day}`,
    occurredAt: at(day),
    source: 'test',
    visitId,
    customerId: 'c1',
    origin: 'flagged',
    propensity: 1,
    assessment: assessmentOf(visitId, day),
    terms: { dueDays: 5, lapseDays: 90, closeDays: 14, secondPerson: false },
    snoozedUntil: null,
    snoozes: [],
    ...changes,
  }
}

export function actOf(kind: CaseAct['kind'], revision: number, changes: Partial<CaseAct> = {}): CaseAct {
  return {
    id: `act/${changes.visitId ?? 'v1'}/${kind}/${revision}`,
    occurredAt: at(revision + 1),
    source: 'test',
    visitId: 'v1',
    customerId: 'c1',
    revision,
    kind,
    by: 'li',
    to: kind === 'assign' ? 'li' : null,
    decision: kind === 'decide' ? 'confirmed' : null,
    claim: null,
    note: 'as the customer says',
    ...changes,
  }
}

export function candidateOf(visitId: string, hours: number, changes: Partial<AlertCandidate> = {}): AlertCandidate {
  return {
    id: `${visitId}/candidate/${hours}`,
    occurredAt: START + hours * (DAY_MS / 24),
    source: 'test',
    visitId,
    customerId: 'c1',
    salespersonId: 's1',
    kind: 'suspected-false-visit',
    policyVersion: 3,
    loss: 10,
    waitsUntil: null,
    ...changes,
  }
}

/** Returns a published decision on a case: confirmed to be false, unless `changes` say otherwise. */
export function decidedCaseOf(
  visitId: string,
  assessment: Partial<VisitAssessment>,
  changes: Partial<Case> = {},
): Case {
  const { caseState } = openedBy(findingOf(visitId, 0, { assessment: assessmentOf(visitId, 0, assessment) }))
  const standing = { status: 'decided', reviewer: null, decision: 'confirmed', claim: 'false' } as const
  return {
    ...caseState,
    ...{ id: `case/${visitId}`, occurredAt: caseState.visitedAt, source: 'test', step: 1 },
    ...standing,
    ...{ decidedBy: 'li', decidedAt: caseState.visitedAt + 1 },
    change: { kind: 'decide', actId: null, by: 'li', note: null, refusal: null, before: null, after: standing },
    ...changes,
  }
}
