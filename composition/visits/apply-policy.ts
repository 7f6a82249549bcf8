import type { TemplateLimits } from '../../features/visits/texts/clause-users.ts'
import type { VisitFacts } from '../../features/visits/visit-facts.ts'
import { swappedPositions } from '../../features/visits/swapped-positions.ts'
import { ruledPoints, type RulePoint } from '../../processors/visits/evidence/ruled-visits.ts'
import type { ConfiguredDetector } from '../../processors/visits/evidence/evidence-settings.ts'
import { evidenceSettings } from '../../processors/visits/evidence/evidence-settings.ts'
import {
  visitScores,
  weightsOf,
  type Evidence,
  type VisitScores,
} from '../../processors/visits/evidence/visit-scores.ts'
import type { PolicyContent } from '../../schemas/visits/policies.ts'
import { findEvidence, type EvidenceByVisit } from './find-evidence.ts'
import type { KnownPlaces } from './known-places.ts'

export type AppliedPolicy = PolicyContent

/** Verdict of a policy on a visit, with the evidence. */
export interface PolicyVerdict extends VisitScores {
  readonly evidence: readonly Evidence[]
}

/** Returns the limits beyond which a clause of a report counts as a template. */
export function templateOf(policy: AppliedPolicy): TemplateLimits {
  const { peopleMax, peopleShare } = evidenceSettings(policy).find(
    ({ detector }) => detector.kind === 'copied-text',
  )!.parameters
  return { people: peopleMax!, share: peopleShare! }
}

/** Compares visits by time; those without a time are last. */
export function byTime(one: VisitFacts, other: VisitFacts): number {
  const [a, b] = [one.at ?? Number.MAX_SAFE_INTEGER, other.at ?? Number.MAX_SAFE_INTEGER]
  return a - b || (one.visitId < other.visitId ? -1 : 1)
}

/** Removes positions with swapped coordinates. */
export function withoutSwapped(
  visits: readonly VisitFacts[],
  count: (deviceId: string | null) => void = () => {},
): VisitFacts[] {
  const swapped = swappedPositions(visits)
  return visits.map((visit) => {
    if (!swapped.has(visit)) return visit
    count(visit.deviceId)
    return { ...visit, checkIn: null, checkOut: null }
  })
}

/**
 * Finds the evidence that a policy looks for.
 *
 * @param visits visits in time order
 * @param settings detectors to run; default: those of the policy
 */
export function findPolicyEvidence(
  policy: AppliedPolicy,
  visits: readonly VisitFacts[],
  { placesOf }: Pick<KnownPlaces, 'placesOf'>,
  settings: readonly ConfiguredDetector[] = evidenceSettings(policy),
): EvidenceByVisit {
  const shared = new Set(policy.sharedDevices)
  return findEvidence(visits, settings, { placesOf, isShared: (deviceId) => shared.has(deviceId) })
}

/** Returns a policy's verdict on each visit, from its weights for the evidence and its rules for the points. */
export function computeVerdicts(
  policy: AppliedPolicy,
  visits: readonly VisitFacts[],
  found: EvidenceByVisit,
  points: Iterable<readonly RulePoint[]>,
): ReadonlyMap<string, PolicyVerdict> {
  const ruled = ruledPoints(points, policy.rules)
  const weights = weightsOf(evidenceSettings(policy))
  return new Map(
    visits.map(({ visitId }) => {
      const evidence = found.get(visitId) ?? []
      const rule = ruled.get(visitId)
      const scores = visitScores(evidence, weights, policy, rule?.verdict)
      return [visitId, { ...scores, evidence: rule === undefined ? evidence : [rule.evidence, ...evidence] }]
    }),
  )
}
