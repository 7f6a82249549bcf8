import type { VisitFacts } from '../../features/visits/visit-facts.ts'
import { rulePoints } from '../../processors/visits/evidence/ruled-visits.ts'
import type { Evidence } from '../../processors/visits/evidence/visit-scores.ts'
import type { Assessment } from '../../schemas/visits/assessments.ts'
import {
  byTime,
  findPolicyEvidence,
  computeVerdicts,
  templateOf,
  withoutSwapped,
  type AppliedPolicy,
} from './apply-policy.ts'
import { createFileProblems, type ProblemSummary } from './file-problems.ts'
import { noPlaces, type KnownPlaces } from './known-places.ts'
import { readVisits, type ReadingOptions } from './read-visits.ts'

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
  /** Visits in the order of their first line. */
  readonly assessed: readonly AssessedVisit[]
  readonly factsOf: ReadonlyMap<string, VisitFacts>
  readonly problems: ProblemSummary
}

type Options = Pick<ReadingOptions, 'onWarning' | 'encoding' | 'utcOffsetH' | 'until'> & {
  readonly policy: AppliedPolicy
  readonly places?: KnownPlaces
}

/** Assesses the visits of a file with the stream's detectors and a policy. */
export async function assessFile(
  file: string,
  { policy, places = noPlaces, ...reading }: Options,
): Promise<AssessedFile> {
  const problems = createFileProblems()
  const entries = await readVisits(file, { ...reading, template: templateOf(policy) }, problems)
  const counted = [...entries.values()].filter(({ withdrawn }) => !withdrawn).map(({ facts }) => facts)
  const visits = withoutSwapped(counted, (deviceId) => problems.countFault('swapped', deviceId)).sort(byTime)
  const found = findPolicyEvidence(policy, visits, places)
  const given = computeVerdicts(policy, visits, found, rulePoints(visits))
  const assessed = [...entries].map(([visitId, { withdrawn }]): AssessedVisit => {
    if (withdrawn) return { visitId, falseScore: 0, invalidScore: 0, verdict: 'withdrawn', evidence: [] }
    const { evidence, ...scores } = given.get(visitId)!
    return { visitId, ...scores, evidence: evidence.toSorted((one, other) => other.score - one.score) }
  })
  return { assessed, factsOf: new Map(visits.map((facts) => [facts.visitId, facts])), problems: problems.summary() }
}
