import { recordState } from '../../features/keyed-state.ts'
import { idPart } from '../../features/string-hash.ts'
import { boolean, int, record, string } from '../../schemas/avro/schema.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import { message } from '../../schemas/topic.ts'
import type { PolicyContent } from '../../schemas/visits/policies.ts'
import { visitAssessments } from '../../schemas/visits/visit-assessments.ts'
import { visitEvidence } from '../../schemas/visits/visit-evidence.ts'
import { releases } from '../../schemas/models/releases.ts'
import { input, processor, type Globals, type RowContext, type ScoredSubject } from '../processor.ts'
import { reasonsOf } from '../reasons-of.ts'
import { POLICY_RULE } from './evidence/visit-scores.ts'
import { countVisits } from './policies/count-visits.ts'
import { policyEntries, activePolicy } from './policies/active-policy.ts'
import { shadow } from './policies/shadow.ts'
import {
  foundKinds,
  foundOf,
  mergeEvidence,
  storeEvidence,
  recordedVisits,
  recordOfVisit,
} from './verdicts/found-evidence.ts'
import type { Found, VisitRecord } from './verdicts/found-evidence.ts'
import { evidenceFeatures } from './verdicts/evidence-features.ts'
import { FALSE_VISIT, modelScore } from './verdicts/model-score.ts'
import { verdictOf } from './verdicts/verdict-of.ts'
import { byKey } from '../../schemas/persons.ts'

const name = 'visit-verdicts'
/** The rows and the model that all deciders on a visit share. */
const scoredRows = { features: evidenceFeatures, task: FALSE_VISIT } as const

const PublishedAssessment = record('Given', 'What was published of a visit last.', {
  revision: int,
  withdrawn: boolean,
  /** Verdict, scores and kinds of evidence. */
  said: string,
})
const publishedKind = recordState('given', PublishedAssessment)

interface Recorded extends RowContext {
  /** `undefined`: the visit was dropped. */
  readonly visit: VisitRecord | undefined
  readonly found: readonly Found[]
}

/** Combines all evidence on a visit into an assessment (spec V5). A visit without any evidence is never published. */
export const visitVerdicts = processor<Recorded>({
  name,
  version: 1,
  purpose:
    'Gives each visit a score for false, by the released model or by weights, and one for invalid, and a verdict by the current policy, from all evidence that was found so far. Keeps the newest 1,000 visits of a customer with evidence.',
  inputs: [
    input(visitEvidence, (state, evidence, requestScore) => {
      for (const visitId of storeEvidence(state, evidence)) requestScore(visitId)
    }),
  ],
  outputs: [visitAssessments],
  persons: byKey,
  state: foundKinds,
  decisionState: [publishedKind],
  ...scoredRows,
  emitLatestOnly: true,
  merge: mergeEvidence,
  subjects: recordedVisits,
  row(state, visitId, row) {
    const visit = recordOfVisit(state, visitId)
    const found = foundOf(state, visitId)
    const { visitCount = null, conversionProbability = null } = visit ?? {}
    evidenceFeatures.row({ evidence: found, visitCount, conversionProbability }, row)
    return { at: visit?.visitedAt ?? 0, visit, found }
  },
  decide(decisionState, scored, globals, emit) {
    const { key: customerId, subject: visitId, id, source, rowContext } = scored
    const { visit, found } = rowContext
    const part = idPart(visitId)
    if (visit === undefined) {
      decisionState.delete(publishedKind, part)
      return
    }
    const policy = activePolicy(globals)
    const { withdrawn, revision, ...ofVisit } = visit
    const assessed = verdictOf(withdrawn ? [] : found, policy, modelScore(scored, globals))
    const { verdict, falseScore, invalidScore, evidence, modelId } = assessed
    const by = modelId === null ? [] : [modelId]
    const kinds = evidence.map(({ kind, score }) => `${kind} ${score}`)
    const said = [verdict, falseScore, invalidScore, ...kinds, ...by].join()
    const before = decisionState.get(publishedKind, part)
    if (before === undefined && evidence.length === 0) return
    if (before?.said === said && before.withdrawn === withdrawn && before.revision === revision) return
    decisionState.put(publishedKind, part, { revision, withdrawn, said })
    const reasons = modelId === null ? [] : reasonsOf(scored, globals, FALSE_VISIT, evidenceFeatures)
    emit(
      message(visitAssessments, {
        ...{ id, occurredAt: visit.visitedAt, source, ...ofVisit, customerId, revision, withdrawn, ...assessed },
        policyVersion: policy.version,
        reasons,
      }),
    )
  },
  reevaluateOn: [...policyEntries, [releases, FALSE_VISIT]],
  scorers: [
    shadow<Recorded>({
      name: 'visit-verdicts-shadow',
      emitLatestOnly: true,
      scored: scoredRows,
      verdictOf: (policy, scored, globals) => ofEvidence(policy, scored, globals).verdict,
      about: ({ visit, at }) => ({ salespersonId: visit?.salespersonId ?? null, visitedAt: at }),
    }),
    countVisits<Recorded>({
      name: 'visit-verdicts-counts',
      emitLatestOnly: true,
      purpose: 'Counts by day how many visits the policy in force flags for evidence.',
      by: 'evidence',
      counts: 'flags',
      scored: scoredRows,
      countedAs(visitId, facts, globals, scored) {
        if (facts.visit === undefined) return undefined
        const policy = activePolicy(globals)
        const { verdict, modelId: usedModelId } = ofEvidence(policy, scored, globals)
        const day = Math.floor(facts.visit.visitedAt / DAY_MS)
        // `invalid` follows from the weights alone, whether or not a model was asked.
        const modelId = verdict === 'suspected_false' ? usedModelId : null
        const as = { day, flagged: true, policyVersion: policy.version, modelId }
        return { visitId, as: verdict === 'fine' ? null : as }
      },
      forgotten: (visitId, { visit }) => (visit === undefined ? visitId : null),
    }),
  ],
})

/**
 * Returns the verdict without the rules over visit count and probability: these are evaluated and counted where the
 * opportunity is assessed, which may learn of a policy at another time.
 */
function ofEvidence(
  policy: PolicyContent,
  scored: ScoredSubject<Recorded>,
  globals: Globals,
): Pick<ReturnType<typeof verdictOf>, 'verdict' | 'modelId'> {
  const { visit, found } = scored.rowContext
  const stands = visit !== undefined && !visit.withdrawn
  const evidence = stands ? found.filter(({ kind }) => kind !== POLICY_RULE) : []
  return verdictOf(evidence, policy, modelScore(scored, globals))
}
