import type { Policy } from '../../schemas/visits/policies.ts'
import { evidenceSettings } from '../../processors/visits/evidence/evidence-settings.ts'
import { ruledVisits } from '../../processors/visits/evidence/ruled-visits.ts'
import { visitScores, weightsOf, type Evidence } from '../../processors/visits/evidence/visit-scores.ts'
import { swappedPositions } from '../../features/visits/swapped-positions.ts'
import type { VisitFacts } from '../../features/visits/visit-facts.ts'
import type { Assessment } from '../../schemas/visits/assessments.ts'
import { createFileProblems, type ProblemSummary } from './file-problems.ts'
import { findEvidence } from './find-evidence.ts'
import { noPlaces, type KnownPlaces } from './known-places.ts'
import { readVisits, type ReadingOptions, type VisitEntry } from './read-visits.ts'

export type FileVerdict = Assessment['verdict'] | 'withdrawn'

/** One line of the result. */
export interface AssessedVisit {
  readonly visitId: string
  readonly falseScore: number
  readonly invalidScore: number
  readonly verdict: FileVerdict
  readonly evidence: readonly Evidence[]
}

export interface AssessedFile {
  /** In the order in which the file names them first. */
  readonly assessed: readonly AssessedVisit[]
  readonly factsOf: ReadonlyMap<string, VisitFacts>
  readonly problems: ProblemSummary
}

export type AppliedPolicy = Pick<Policy, 'rules' | 'evidence' | 'falseFrom' | 'invalidFrom' | 'sharedDevices'>

type Options = Pick<ReadingOptions, 'say' | 'encoding' | 'utcOffsetH' | 'until'> & {
  readonly policy: AppliedPolicy
  readonly places?: KnownPlaces
}

/** Assesses the visits of a file by the detectors and the policy of the stream. */
export async function assessFile(
  file: string,
  { policy, places = noPlaces, ...reading }: Options,
): Promise<AssessedFile> {
  const problems = createFileProblems()
  const settings = evidenceSettings(policy)
  const { peopleMax, peopleShare } = settings.find(({ detector }) => detector.kind === 'copied-text')!.parameters
  const template = { people: peopleMax!, share: peopleShare! }
  const entries = await readVisits(file, { ...reading, template }, problems)
  const counted = [...entries.values()].filter(({ withdrawn }) => !withdrawn)
  leaveOutSwapped(counted, (deviceId) => problems.countFault('swapped', deviceId))
  const visits = counted.map(({ facts }) => facts).sort(byTime)
  const shared = new Set(policy.sharedDevices)
  const evidence = findEvidence(visits, settings, {
    placesOf: places.placesOf,
    isShared: (deviceId) => shared.has(deviceId),
  })
  const ruled = ruledVisits(visits, policy.rules)
  const weights = weightsOf(settings)
  const assessed = [...entries].map(([visitId, { withdrawn }]): AssessedVisit => {
    if (withdrawn) return { visitId, falseScore: 0, invalidScore: 0, verdict: 'withdrawn', evidence: [] }
    const found = evidence.get(visitId) ?? []
    const rule = ruled.get(visitId)
    const scores = visitScores(found, weights, policy, rule?.verdict)
    const reasons = rule === undefined ? found : [rule.evidence, ...found]
    return { visitId, ...scores, evidence: reasons.toSorted((one, other) => other.score - one.score) }
  })
  return { assessed, factsOf: new Map(visits.map((facts) => [facts.visitId, facts])), problems: problems.summary() }
}

/** Those of unknown time are last. */
function byTime(one: VisitFacts, other: VisitFacts): number {
  const [a, b] = [one.at ?? Number.MAX_SAFE_INTEGER, other.at ?? Number.MAX_SAFE_INTEGER]
  return a - b || (one.visitId < other.visitId ? -1 : 1)
}

function leaveOutSwapped(entries: readonly VisitEntry[], count: (deviceId: string | null) => void): void {
  const swapped = swappedPositions(entries.map(({ facts }) => facts))
  for (const entry of entries) {
    if (!swapped.has(entry.facts)) continue
    entry.facts = { ...entry.facts, checkIn: null, checkOut: null }
    count(entry.facts.deviceId)
  }
}
