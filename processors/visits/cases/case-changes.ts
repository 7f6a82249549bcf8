import { DAY_MS } from '../../../schemas/durations.ts'
import type { CaseAlert } from '../../../schemas/visits/alert-kinds.ts'
import type { CaseFinding } from '../../../schemas/visits/case-findings.ts'
import { isUndecided, reopened, type CaseState, type Terms } from './case-machine.ts'

/** A case after a change by the platform rather than a person; `kind` names the change in the case’s log. */
export interface PlatformChange {
  readonly kind:
    | 'opened'
    | 'evidence'
    | 'policy'
    | 'snoozed'
    | 'withdrawn'
    | 'reopened'
    | 'alerted'
    | 'overdue'
    | 'closed'
    | 'lapsed'
  readonly caseState: CaseState
}

/** Opens a case for its first finding. The alert and the due time are set when the alert is admitted. */
export function openedBy({ visitId, occurredAt, assessment, ...finding }: CaseFinding): PlatformChange {
  const { origin, propensity, terms, snoozedUntil } = finding
  const caseState: CaseState = {
    ...assessed(assessment),
    visitId,
    revision: 0,
    status: 'open',
    origin,
    propensity,
    newEvidence: false,
    openedAt: occurredAt,
    alert: null,
    alertedAt: null,
    snoozedUntil,
    dueAt: null,
    overdue: false,
    lapsesAt: occurredAt + terms.lapseDays * DAY_MS,
    secondPerson: terms.secondPerson,
    reviewer: null,
    answer: null,
    answeredBy: null,
    answeredAt: null,
    decision: null,
    claim: null,
    note: null,
    proposedBy: null,
    decidedBy: null,
    decidedAt: null,
    decidedOn: null,
    closesAt: null,
  }
  return { kind: 'opened', caseState }
}

/** Applies a later finding: an undecided case follows the evidence, a decided one is marked as having new evidence. */
export function changedBy(held: CaseState, finding: CaseFinding, terms: Terms): PlatformChange {
  const { assessment, snoozedUntil, occurredAt } = finding
  const kinds = (evidence: CaseState['evidence']) => evidence.map(({ kind, with: other }) => `${kind} ${other ?? ''}`)
  const known = kinds(held.evidence)
  const hasMore = kinds(assessment.evidence).some((kind) => !known.includes(kind))
  const isSame = sameEvidence(held, finding)
  const next = { ...held, ...assessed(assessment), snoozedUntil, revision: held.revision + (isSame ? 0 : 1) }
  const wasFlagged = held.verdict !== 'fine'
  const isFlagged = assessment.verdict !== 'fine' && !assessment.withdrawn
  const isOver = assessment.withdrawn || (wasFlagged && !isFlagged && held.origin === 'flagged')
  if (isUndecided(held) && isOver)
    return { kind: 'withdrawn', caseState: { ...next, status: 'withdrawn', overdue: false } }
  if (held.status === 'withdrawn' && isFlagged)
    return { kind: 'reopened', caseState: reopened(next, occurredAt, terms) }
  if (isSame) return { kind: held.snoozedUntil === snoozedUntil ? 'policy' : 'snoozed', caseState: next }
  return { kind: 'evidence', caseState: { ...next, newEvidence: held.newEvidence || (!isUndecided(held) && hasMore) } }
}

/** Applies the admission of the alert: reviewers are alerted, and the time for the review begins. */
export function admitted(held: CaseState, at: number, { dueDays }: Terms): PlatformChange {
  const isSnoozed = held.snoozedUntil !== null && at < held.snoozedUntil
  if (isSnoozed || !isUndecided(held)) return { kind: 'alerted', caseState: held }
  const caseState = { ...held, alertedAt: at, snoozedUntil: null, dueAt: held.dueAt ?? at + dueDays * DAY_MS }
  return { kind: 'alerted', caseState }
}

export function overdue(held: CaseState): PlatformChange {
  return { kind: 'overdue', caseState: { ...held, overdue: true } }
}

/** Lapses a case that was not decided in time; that is no evidence for or against the visit. */
export function lapsed(held: CaseState): PlatformChange {
  return { kind: 'lapsed', caseState: { ...held, status: 'lapsed', overdue: false, revision: held.revision + 1 } }
}

export function closed(held: CaseState): PlatformChange {
  return { kind: 'closed', caseState: { ...held, status: 'closed', closesAt: null, revision: held.revision + 1 } }
}

/** Returns the kind of alert for the verdict; null for `fine`. */
export function alertOf({ verdict }: Pick<CaseState, 'verdict'>): CaseAlert | null {
  if (verdict === 'fine') return null
  return verdict === 'invalid' ? 'invalid-visit' : 'suspected-false-visit'
}

function assessed(assessment: CaseFinding['assessment']) {
  const { customerId, opportunityId, salespersonId, visitedAt, revision: visitRevision } = assessment
  const { withdrawn, verdict, falseScore, invalidScore, evidence, policyVersion, modelId } = assessment
  const about = { customerId, opportunityId, salespersonId, visitedAt, visitRevision }
  const { reasons, visitCount, conversionProbability } = assessment
  const found = {
    falseScore,
    invalidScore,
    evidence,
    policyVersion,
    modelId,
    reasons,
    visitCount,
    conversionProbability,
  }
  return { ...about, ...found, verdict: withdrawn ? ('fine' as const) : verdict }
}

function sameEvidence(held: CaseState, { assessment }: CaseFinding): boolean {
  const seen = ({ verdict, falseScore, invalidScore, evidence, visitRevision }: Partial<CaseState>) =>
    JSON.stringify([verdict, falseScore, invalidScore, evidence, visitRevision])
  return seen(held) === seen(assessed(assessment))
}
