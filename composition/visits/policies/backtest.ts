import type { BacktestReport } from '../../../api/visits/backtest-report.ts'
import type { VisitFacts } from '../../../features/visits/visit-facts.ts'
import { evidenceSettings, type ConfiguredDetector } from '../../../processors/visits/evidence/evidence-settings.ts'
import type { RulePoint } from '../../../processors/visits/evidence/ruled-visits.ts'
import { allowedFlags, worstDay, type FlaggedDay, type Limit } from '../../../processors/visits/policies/breaker.ts'
import { policyWarnings } from '../../../processors/visits/policies/policy-faults.ts'
import { DAY_MS } from '../../../schemas/durations.ts'
import type { FormerPolicy, PolicyContent } from '../../../schemas/visits/policies.ts'
import { findPolicyEvidence, computeVerdicts } from '../apply-policy.ts'
import type { KnownPlaces } from '../known-places.ts'
import { examplesOf, isFlagged, countsBySalesperson, type VisitVerdicts } from './backtest-parts.ts'

/** Past visits with everything that the policies read. Times are in ms. */
export interface History {
  /** Visits in time order; those before `from` serve only for comparison. */
  readonly visits: readonly VisitFacts[]
  /** The same visits for the candidate, if its template limits differ. */
  readonly candidateVisits?: readonly VisitFacts[]
  /** Time from which visits are counted. */
  readonly from: number
  readonly until: number
  readonly truncated: boolean
  /** All visits of the opportunities, including earlier ones, with their probabilities. */
  readonly points: readonly (readonly RulePoint[])[]
  readonly places: Pick<KnownPlaces, 'placesOf'>
  /** Whether a reviewer found the visit to be false, by visit. */
  readonly known: ReadonlyMap<string, boolean>
}

/** Assesses the same visits with the policy in force and with a candidate, using the stream's detectors and rules. */
export function backtest(
  history: History,
  inForce: FormerPolicy,
  candidate: PolicyContent,
  limit: Limit,
): BacktestReport {
  const compared = compare(history, inForce, candidate)
  const count = (is: (one: VisitVerdicts) => boolean) => compared.filter(is).length
  const verdicts = (of: 'inForce' | 'candidate') => ({
    suspectedFalse: count((one) => one[of].verdict === 'suspected_false'),
    invalid: count((one) => one[of].verdict === 'invalid'),
  })
  const known = (isFalse: boolean) => {
    const ofThem = compared.filter(({ visit }) => history.known.get(visit.visitId) === isFalse)
    const flagged = (of: 'inForce' | 'candidate') => ofThem.filter((one) => isFlagged(one[of])).length
    return { visits: ofThem.length, inForce: flagged('inForce'), candidate: flagged('candidate') }
  }
  const byDay = daysOf(compared)
  const worst = worstDay(byDay.map(flaggedDay), limit)
  return {
    from: iso(history.from),
    until: iso(history.until),
    days: Math.round((history.until - history.from) / DAY_MS),
    visits: compared.length,
    earlierVisits: history.visits.length - compared.length,
    truncated: history.truncated,
    inForce: { version: inForce.version, ...verdicts('inForce') },
    candidate: verdicts('candidate'),
    new: count(isNew),
    vanished: count(isVanished),
    unchanged: count((one) => isFlagged(one.inForce) && isFlagged(one.candidate)),
    knownFalse: known(true),
    knownFine: known(false),
    limit: { shareMax: limit.shareMax, allowance: limit.allowance },
    heldBy: worst === undefined ? null : heldBy(worst, limit),
    byDay: byDay.map(({ day, visits, inForce, candidate }) => ({ day, visits, inForce, candidate })),
    bySalesperson: countsBySalesperson(compared),
    examples: {
      new: examplesOf(compared.filter(isNew), 'candidate', history.known),
      vanished: examplesOf(compared.filter(isVanished), 'inForce', history.known),
    },
    warnings: policyWarnings(candidate),
  }
}

const isNew = ({ inForce, candidate }: VisitVerdicts): boolean => isFlagged(candidate) && !isFlagged(inForce)
const isVanished = ({ inForce, candidate }: VisitVerdicts): boolean => isFlagged(inForce) && !isFlagged(candidate)
const iso = (at: number): string => new Date(at).toISOString()

function compare(history: History, inForce: FormerPolicy, candidate: PolicyContent): VisitVerdicts[] {
  const { visits, candidateVisits = visits, places, points, from } = history
  const settings = [evidenceSettings(inForce), evidenceSettings(candidate)] as const
  const isOneSearch = visits === candidateVisits && sameSearch(inForce, candidate, settings)
  // One search also runs detectors weighted by only one policy; the other gives their evidence no weight.
  const wanted = isOneSearch ? bothOf(settings) : settings[0]
  const found = findPolicyEvidence(inForce, visits, places, wanted)
  const foundByCandidate = isOneSearch ? found : findPolicyEvidence(candidate, candidateVisits, places)
  const inForceVerdicts = computeVerdicts(inForce, visits, found, points)
  const candidateVerdicts = computeVerdicts(candidate, visits, foundByCandidate, points)
  return visits
    .filter(({ at }) => at !== null && at >= from)
    .map((visit) => ({
      visit,
      inForce: inForceVerdicts.get(visit.visitId)!,
      candidate: candidateVerdicts.get(visit.visitId)!,
    }))
}

type Both = readonly [readonly ConfiguredDetector[], readonly ConfiguredDetector[]]

/** Returns whether both policies find the same evidence and only weigh it differently. */
function sameSearch(inForce: PolicyContent, candidate: PolicyContent, [own, other]: Both): boolean {
  const texts = ({ sharedDevices }: PolicyContent, settings: readonly ConfiguredDetector[]) =>
    JSON.stringify([[...sharedDevices].sort(), settings.map(({ parameters }) => Object.entries(parameters).sort())])
  return texts(inForce, own) === texts(candidate, other)
}

function bothOf([own, other]: Both): ConfiguredDetector[] {
  return own.map((setting, i) => ({
    ...setting,
    weights: {
      false: Math.max(setting.weights.false, other[i]!.weights.false),
      invalid: Math.max(setting.weights.invalid, other[i]!.weights.invalid),
    },
  }))
}

interface Day {
  readonly at: number
  readonly day: string
  readonly visits: number
  readonly inForce: number
  readonly candidate: number
}

function daysOf(compared: readonly VisitVerdicts[]): Day[] {
  return [...Map.groupBy(compared, ({ visit }) => Math.floor(visit.at! / DAY_MS))]
    .sort(([one], [other]) => one - other)
    .map(([at, ofDay]) => ({
      at,
      day: iso(at * DAY_MS).slice(0, 10),
      visits: ofDay.length,
      inForce: ofDay.filter((one) => isFlagged(one.inForce)).length,
      candidate: ofDay.filter((one) => isFlagged(one.candidate)).length,
    }))
}

function flaggedDay({ at, visits, candidate }: Day): FlaggedDay {
  return { policyVersion: 0, modelId: null, day: at, visits, flagged: candidate }
}

function heldBy({ day, visits, flagged }: FlaggedDay, limit: Limit) {
  return { day: iso(day * DAY_MS).slice(0, 10), visits, flagged, allowed: allowedFlags(visits, limit) }
}
