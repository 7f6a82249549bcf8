import type { Policy } from '../../../schemas/visits/policies.ts'
import type { VisitAssessment, VisitEvidence } from '../../../schemas/visits/visit-assessments.ts'
import { hasWeight, settingsOf } from '../evidence/evidence-settings.ts'
import { addEvidence, POLICY_RULE, visitScores, weightsOf, type Evidence } from '../evidence/visit-scores.ts'
import type { Found } from './found-evidence.ts'
import type { ModelScore } from './model-score.ts'

type Verdict = Pick<VisitAssessment, 'verdict' | 'falseScore' | 'invalidScore' | 'evidence' | 'modelId'>

/**
 * Returns the policy's verdict on all evidence on a visit: of each kind the strongest counts, and kinds without weight
 * are ignored. A model's probability replaces the weighted sum, unless a rule already suspects the visit or there is no
 * evidence.
 */
export function verdictOf(
  found: readonly Found[],
  policy: Pick<Policy, 'evidence' | 'falseFrom' | 'invalidFrom'>,
  model: ModelScore | null = null,
): Verdict {
  const settings = settingsOf(policy).filter(hasWeight)
  const places = new Map(settings.map(({ detector }, place) => [detector.kind, place]))
  const placeOf = ({ kind }: Evidence) => (kind === POLICY_RULE ? -1 : (places.get(kind) ?? Number.NaN))
  const evidence: Evidence[] = []
  for (const one of found) if (!Number.isNaN(placeOf(one))) addEvidence(evidence, evidenceOf(one))
  evidence.sort((one, other) => other.score - one.score || placeOf(one) - placeOf(other))
  const ruled = found.find(({ kind }) => kind === POLICY_RULE)?.ruled
  const judged = evidence.length === 0 || ruled === 'suspected_false' ? null : model
  const scores = visitScores(evidence, weightsOf(settings), policy, ruled, judged?.probability)
  return { ...scores, evidence, modelId: judged?.modelId ?? null }
}

function evidenceOf({ kind, score, text, with: other }: Found): VisitEvidence {
  return { kind, score, text, with: other }
}
