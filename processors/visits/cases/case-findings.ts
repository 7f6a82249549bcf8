import { mergeKind, revisedOf } from '../../../features/merge-kinds.ts'
import { unitHash } from '../../../features/string-hash.ts'
import { double, record, string } from '../../../schemas/avro/schema.ts'
import { DAY_MS } from '../../../schemas/durations.ts'
import { message } from '../../../schemas/topic.ts'
import { alertCandidates, type AlertCandidate } from '../../../schemas/visits/alert-admissions.ts'
import { caseFindings, caseOrigin, type CaseFinding } from '../../../schemas/visits/case-findings.ts'
import { caseRules, SAMPLED_SHARE_MAX, type CaseRules } from '../../../schemas/visits/case-rules.ts'
import { SNOOZES, snoozes } from '../../../schemas/visits/snoozes.ts'
import { visits, type Visit } from '../../../schemas/visits/visits.ts'
import { VisitAssessment, visitAssessments } from '../../../schemas/visits/visit-assessments.ts'
import {
  input,
  noFeatures,
  processor,
  recordState,
  type RequestScore,
  type RowContext,
  type State,
} from '../../processor.ts'
import { alertOf } from './case-changes.ts'
import { defaultCaseRules, VISIT_CASES } from './default-case-rules.ts'
import { snoozedUntil } from './snoozed-until.ts'
import { byKey } from '../../../schemas/persons.ts'

/** How long assessments are kept, a little over a year: later changes of a visit are not expected. */
const REMEMBERED_MS = 400 * DAY_MS

/** The newest assessment of each visit that has a case or may get one. */
const assessmentKind = recordState('assessment', VisitAssessment)

const Published = record('PublishedFinding', 'What was published last on a visit.', {
  origin: caseOrigin,
  propensity: double,
  digest: string,
})
const publishedKind = recordState('published', Published)

interface FindingFacts extends RowContext {
  /** null: the assessment has been dropped. */
  readonly assessment: VisitAssessment | null
}

/** Opens a case for each visit that the policy flags, and for a random share of the others (spec V5). */
export const caseFindingsProcessor = processor<FindingFacts>({
  name: 'case-findings',
  version: 1,
  purpose:
    'Gives a case to each visit that the policy flags and to a random share of the others, and says which want an alert.',
  inputs: [
    input(visits, (state, visit, requestScore) => {
      const known = state.get(assessmentKind, visit.visitId)
      if (known === undefined ? !mayBeSampled(visit) : isFlaggedOrDoubted(known)) return
      if (known === undefined || visit.revision >= known.revision) remember(state, unassessed(visit), requestScore)
    }),
    input(visitAssessments, (state, assessment, requestScore) => {
      const known = state.get(assessmentKind, assessment.visitId)
      if (known === undefined && assessment.verdict === 'fine' && !mayBeSampled(assessment)) return
      remember(state, assessment, requestScore)
    }),
  ],
  outputs: [caseFindings, alertCandidates],
  persons: byKey,
  state: [assessmentKind],
  decisionState: [publishedKind],
  features: noFeatures,
  merge(state, other) {
    mergeKind(state, other, assessmentKind, revisedOf)
  },
  commitWithinMs: 100,
  onTimer(state, visitId, _at, requestScore) {
    state.delete(assessmentKind, visitId)
    requestScore(visitId)
  },
  *subjects(state) {
    for (const [visitId] of state.scan(assessmentKind)) yield visitId
  },
  row(state, visitId) {
    const assessment = state.get(assessmentKind, visitId) ?? null
    return { at: assessment?.occurredAt ?? 0, assessment }
  },
  decide(decisionState, { subject: visitId, id, source, cause, rowContext: { assessment } }, globals, emit) {
    if (assessment === null) return decisionState.delete(publishedKind, visitId)
    const before = decisionState.get(publishedKind, visitId)
    const rules = globals.get(caseRules, VISIT_CASES) ?? defaultCaseRules
    // Only arriving visits are sampled: a larger share draws none of the earlier ones.
    const drawn = before ?? draw(assessment, cause === null ? 0 : rules.sampledShare)
    if (drawn === undefined) return
    const { origin, propensity } = drawn
    const edited = globals.get(snoozes, SNOOZES)
    const snoozed = assessment.verdict === 'fine' ? undefined : snoozedUntil(assessment, edited?.snoozes ?? [])
    const { dueDays, lapseDays, closeDays, secondPerson } = rules
    const finding: CaseFinding = {
      id: `${id}/finding`,
      // A re-evaluation has no event of the visit: the finding takes the time of the newest setting if that is later.
      occurredAt: cause === null ? latestOf(assessment, rules, edited) : assessment.occurredAt,
      source,
      ...{ visitId, customerId: assessment.customerId, origin, propensity, assessment },
      terms: { dueDays, lapseDays, closeDays, secondPerson },
      snoozedUntil: snoozed?.until ?? null,
      snoozes: snoozed?.ids ?? [],
    }
    const candidate = candidateOf(finding, rules, `${id}/candidate`)
    const digest = digestOf(finding, candidate)
    if (before?.digest === digest) return
    decisionState.put(publishedKind, visitId, { origin, propensity, digest })
    emit(message(caseFindings, finding))
    emit(message(alertCandidates, candidate))
  },
  reevaluateOn: [
    [caseRules, VISIT_CASES],
    [snoozes, SNOOZES],
  ],
})

function remember(state: State, assessment: VisitAssessment, requestScore: RequestScore): void {
  state.put(assessmentKind, assessment.visitId, assessment)
  state.setTimer(assessment.visitId, assessment.occurredAt + REMEMBERED_MS)
  requestScore(assessment.visitId)
}

/** Builds an empty assessment: visits without evidence are not assessed, but a share of them is sampled too. */
function unassessed(visit: Visit): VisitAssessment {
  const { id, occurredAt, source, visitId, revision, withdrawn, customerId, opportunityId, salespersonId } = visit
  return {
    ...{ id, occurredAt, source, visitId, revision, withdrawn, customerId, opportunityId, salespersonId },
    ...{ visitedAt: occurredAt, verdict: 'fine', falseScore: 0, invalidScore: 0, evidence: [] },
    ...{ policyVersion: 0, modelId: null, reasons: [], visitCount: null, conversionProbability: null },
  }
}

function isFlaggedOrDoubted({ verdict, evidence }: VisitAssessment): boolean {
  return verdict !== 'fine' || evidence.length > 0
}

function mayBeSampled({ visitId }: { readonly visitId: string }): boolean {
  return drawOf(visitId) < SAMPLED_SHARE_MAX
}

/** Returns a number in [0, 1), uniform over visits and always the same for a visit. */
function drawOf(visitId: string): number {
  return unitHash(`sampled/${visitId}`)
}

function draw({ visitId, verdict, withdrawn }: VisitAssessment, share: number) {
  if (withdrawn) return undefined
  if (verdict !== 'fine') return { origin: 'flagged', propensity: 1 } as const
  return drawOf(visitId) < share ? ({ origin: 'sampled', propensity: share } as const) : undefined
}

function candidateOf(finding: CaseFinding, rules: Costs, id: string): AlertCandidate {
  const { occurredAt, source, visitId, customerId, assessment, snoozedUntil: waitsUntil } = finding
  const { salespersonId, policyVersion, withdrawn } = assessment
  const kind = withdrawn ? null : alertOf(assessment)
  const about = { visitId, customerId, salespersonId, kind, policyVersion }
  return {
    id,
    occurredAt,
    source,
    ...about,
    loss: lossOf(assessment, rules),
    waitsUntil: kind === null ? null : waitsUntil,
  }
}

type Costs = Pick<CaseRules, 'costOfFalse' | 'costOfInvalid'>

/** Returns the expected cost of not reviewing the visit, going by its scores. */
function lossOf({ falseScore, invalidScore }: VisitAssessment, { costOfFalse, costOfInvalid }: Costs): number {
  const share = (score: number) => Math.min(1, Math.max(0, score))
  return Math.max(share(falseScore) * costOfFalse, share(invalidScore) * costOfInvalid)
}

/** Digest of every field a reviewer can see, so that a change of any of them is noticed. */
function digestOf({ assessment, snoozes: ids }: CaseFinding, { loss, waitsUntil }: AlertCandidate): string {
  const { revision, withdrawn, opportunityId, salespersonId, visitedAt, verdict } = assessment
  const { falseScore, invalidScore, evidence, policyVersion, modelId } = assessment
  const visit = [revision, withdrawn, opportunityId, salespersonId, visitedAt, verdict]
  const said = [falseScore, invalidScore, evidence, policyVersion, modelId, ids, loss, waitsUntil]
  return unitHash(JSON.stringify([visit, said])).toString(36)
}

function latestOf(...events: readonly (object | undefined)[]): number {
  return Math.max(...events.map((event) => (event as { readonly occurredAt?: number } | undefined)?.occurredAt ?? 0))
}
