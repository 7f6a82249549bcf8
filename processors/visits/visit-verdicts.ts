import { recordState } from '../../features/keyed-state.ts'
import { idPart } from '../../features/string-hash.ts'
import { boolean, int, record, string } from '../../schemas/avro/schema.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import { message } from '../../schemas/topic.ts'
import type { PolicyContent } from '../../schemas/visits/policies.ts'
import { visitAssessments, type VisitAssessment } from '../../schemas/visits/visit-assessments.ts'
import { visitEvidence } from '../../schemas/visits/visit-evidence.ts'
import { input, noFeatures, processor, type RowContext } from '../processor.ts'
import { POLICY_RULE } from './evidence/visit-scores.ts'
import { countVisits } from './policies/count-visits.ts'
import { policyEntries, policyInForce } from './policies/policy-in-force.ts'
import { shadow } from './policies/shadow.ts'
import { foundKinds, foundOf, keepEvidence, recordedVisits, recordOfVisit } from './verdicts/found-evidence.ts'
import type { Found, VisitRecord } from './verdicts/found-evidence.ts'
import { verdictOf } from './verdicts/verdict-of.ts'

const name = 'visit-verdicts'

const Given = record('Given', 'What was published of a visit last.', {
  revision: int,
  withdrawn: boolean,
  /** Verdict, scores and kinds of evidence. */
  said: string,
})
const givenKind = recordState('given', Given)

interface Recorded extends RowContext {
  /** `undefined`: the visit was forgotten. */
  readonly visit: VisitRecord | undefined
  readonly found: readonly Found[]
}

/** Where all evidence on a visit meets (spec V5). A visit of which nothing was ever found is not published. */
export const visitVerdicts = processor<Recorded>({
  name,
  version: 1,
  purpose:
    'Gives each visit a score for false and one for invalid, and a verdict by the current policy, from all evidence that was found so far. Keeps the newest 1,000 visits of a customer with evidence.',
  inputs: [
    input(visitEvidence, (state, evidence, requestScore) => {
      for (const visitId of keepEvidence(state, evidence)) requestScore(visitId)
    }),
  ],
  outputs: [visitAssessments],
  state: foundKinds,
  decisionState: [givenKind],
  features: noFeatures,
  emitLatestOnly: true,
  subjects: recordedVisits,
  row(state, visitId) {
    const visit = recordOfVisit(state, visitId)
    return { at: visit?.visitedAt ?? 0, visit, found: foundOf(state, visitId) }
  },
  decide(decisionState, { key: customerId, subject: visitId, id, source, rowContext }, globals, emit) {
    const { visit, found } = rowContext
    const part = idPart(visitId)
    if (visit === undefined) {
      decisionState.delete(givenKind, part)
      return
    }
    const policy = policyInForce(globals)
    const { revision, withdrawn, opportunityId, salespersonId, visitedAt } = visit
    const assessed = verdictOf(withdrawn ? [] : found, policy)
    const { verdict, falseScore, invalidScore, evidence } = assessed
    const said = [verdict, falseScore, invalidScore, ...evidence.map(({ kind, score }) => `${kind} ${score}`)].join()
    const before = decisionState.get(givenKind, part)
    if (before === undefined && evidence.length === 0) return
    if (before?.said === said && before.withdrawn === withdrawn && before.revision === revision) return
    decisionState.put(givenKind, part, { revision, withdrawn, said })
    const about = { visitId, revision, withdrawn, customerId, opportunityId, salespersonId, visitedAt }
    const policyVersion = policy.version
    emit(
      message(visitAssessments, {
        id,
        occurredAt: visitedAt,
        source,
        ...about,
        ...assessed,
        policyVersion,
        modelId: null,
      }),
    )
  },
  reevaluateOn: policyEntries,
  scorers: [
    shadow<Recorded>({
      name: 'visit-verdicts-shadow',
      emitLatestOnly: true,
      verdictOf: verdictOfEvidence,
      about: ({ visit, at }) => ({ salespersonId: visit?.salespersonId ?? null, visitedAt: at }),
    }),
    countVisits<Recorded>({
      name: 'visit-verdicts-counts',
      emitLatestOnly: true,
      purpose: 'Counts by day how many visits the policy in force flags for evidence.',
      by: 'evidence',
      counts: 'flags',
      judged(visitId, facts, globals) {
        if (facts.visit === undefined) return undefined
        const policy = policyInForce(globals)
        const flagged = verdictOfEvidence(policy, facts) !== 'fine'
        const day = Math.floor(facts.visit.visitedAt / DAY_MS)
        return { visitId, as: flagged ? { day, flagged, policyVersion: policy.version, modelId: null } : null }
      },
      forgotten: (visitId, { visit }) => (visit === undefined ? visitId : null),
    }),
  ],
})

/**
 * Without the rules over visit count and probability: others apply them, and may hear of a policy later. They are tried
 * and counted where the opportunity is assessed.
 */
function verdictOfEvidence(policy: PolicyContent, { visit, found }: Recorded): VisitAssessment['verdict'] {
  if (visit === undefined || visit.withdrawn) return 'fine'
  const evidence = found.filter(({ kind }) => kind !== POLICY_RULE)
  return verdictOf(evidence, policy).verdict
}
