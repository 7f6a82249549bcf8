import type { TemplateLimits } from '../../features/visits/texts/clause-users.ts'
import type { VisitFacts } from '../../features/visits/visit-facts.ts'
import { assessVisits, type VisitPoint } from '../../processors/visits/assess-visits.ts'
import type { SetDetector } from '../../processors/visits/evidence/evidence-settings.ts'
import { evidenceSettings } from '../../processors/visits/evidence/evidence-settings.ts'
import {
  POLICY_RULE,
  visitScores,
  weightsOf,
  type Evidence,
  type VisitScores,
} from '../../processors/visits/evidence/visit-scores.ts'
import type { Assessment } from '../../schemas/visits/assessments.ts'
import type { PolicyContent, PolicyRule } from '../../schemas/visits/policies.ts'
import { findEvidence, swappedPositions, type EvidenceByVisit } from './find-evidence.ts'
import type { KnownPlaces } from './known-places.ts'

export type AppliedPolicy = PolicyContent

/** What a policy says of a visit. */
export interface GivenVerdict extends VisitScores {
  readonly evidence: readonly Evidence[]
}

/** Which clauses of reports are a template: reports are read with it. */
export function templateOf(policy: AppliedPolicy): TemplateLimits {
  const { peopleMax, peopleShare } = evidenceSettings(policy).find(
    ({ detector }) => detector.kind === 'copied-text',
  )!.parameters
  return { people: peopleMax!, share: peopleShare! }
}

/** Those of unknown time are last. */
export function byTime(one: VisitFacts, other: VisitFacts): number {
  const [a, b] = [one.at ?? Number.MAX_SAFE_INTEGER, other.at ?? Number.MAX_SAFE_INTEGER]
  return a - b || (one.visitId < other.visitId ? -1 : 1)
}

/** Positions whose coordinates are swapped are none. */
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

/** The evidence that a policy looks for; `visits` in order of time. `settings`: where they are not just its own. */
export function findBy(
  policy: AppliedPolicy,
  visits: readonly VisitFacts[],
  { placesOf }: Pick<KnownPlaces, 'placesOf'>,
  settings: readonly SetDetector[] = evidenceSettings(policy),
): EvidenceByVisit {
  const shared = new Set(policy.sharedDevices)
  return findEvidence(visits, settings, { placesOf, isShared: (deviceId) => shared.has(deviceId) })
}

/** The visits of an opportunity in order of time, as the rules over count and probability see them. */
export interface RulePoint extends VisitPoint {
  readonly visitId: string
}

export function pointsOf(visits: readonly VisitFacts[]): RulePoint[][] {
  const known = visits.filter(({ at, opportunityId }) => at !== null && opportunityId !== null)
  return [...Map.groupBy(known, ({ opportunityId }) => opportunityId!).values()].map((made) =>
    made.map(({ visitId, at, probability }) => ({ visitId, at: at!, probability })),
  )
}

/** What a policy says of each visit, by its weights over the evidence and by its rules over the points. */
export function giveVerdicts(
  policy: AppliedPolicy,
  visits: readonly VisitFacts[],
  found: EvidenceByVisit,
  points: Iterable<readonly RulePoint[]>,
): ReadonlyMap<string, GivenVerdict> {
  const ruled = verdictsOfRules(points, policy.rules)
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

interface Ruled {
  readonly verdict: Assessment['verdict']
  readonly evidence: Evidence
}

/** As in the stream: policies are about recent visits. */
const POINTS_MAX = 100

/** What the rules over visit count and probability say of each visit, from those of its opportunity until then. */
function verdictsOfRules(
  opportunities: Iterable<readonly RulePoint[]>,
  rules: readonly PolicyRule[],
): ReadonlyMap<string, Ruled> {
  const ruled = new Map<string, Ruled>()
  if (rules.length === 0) return ruled
  for (const points of opportunities) {
    for (const [i, { visitId }] of points.entries()) {
      const { verdict, reasons } = assessVisits(rules, i + 1, points.slice(Math.max(0, i + 1 - POINTS_MAX), i + 1))
      if (verdict === 'fine') continue
      const text = reasons.map((reason) => reason.text).join(' ')
      ruled.set(visitId, { verdict, evidence: { kind: POLICY_RULE, score: 1, text, with: null } })
    }
  }
  return ruled
}
