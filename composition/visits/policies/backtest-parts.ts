import type { BacktestReport } from '../../../api/visits/backtest-report.ts'
import type { VisitFacts } from '../../../features/visits/visit-facts.ts'
import type { PolicyVerdict } from '../apply-policy.ts'

/** A counted visit with the verdicts of both policies. */
export interface VisitVerdicts {
  readonly visit: VisitFacts
  readonly inForce: PolicyVerdict
  readonly candidate: PolicyVerdict
}

export const isFlagged = ({ verdict }: PolicyVerdict): boolean => verdict !== 'fine'

const PEOPLE_MAX = 100
const EXAMPLES_MAX = 20
const REASONS_MAX = 3

type Side = 'inForce' | 'candidate'
const isFlaggedBy = (side: Side) => (one: VisitVerdicts) => isFlagged(one[side])

/** Returns the counts by salesperson, most changes first. */
export function countsBySalesperson(compared: readonly VisitVerdicts[]): BacktestReport['bySalesperson'] {
  const [byInForce, byCandidate] = [isFlaggedBy('inForce'), isFlaggedBy('candidate')]
  return [...Map.groupBy(compared, ({ visit }) => visit.salespersonId)]
    .map(([salespersonId, theirs]) => ({
      salespersonId,
      visits: theirs.length,
      inForce: theirs.filter(byInForce).length,
      candidate: theirs.filter(byCandidate).length,
      new: theirs.filter((one) => byCandidate(one) && !byInForce(one)).length,
      vanished: theirs.filter((one) => byInForce(one) && !byCandidate(one)).length,
    }))
    .filter(({ inForce, candidate }) => inForce + candidate > 0)
    .sort(
      (one, other) =>
        other.new + other.vanished - one.new - one.vanished ||
        other.candidate - one.candidate ||
        ((one.salespersonId ?? '') < (other.salespersonId ?? '') ? -1 : 1),
    )
    .slice(0, PEOPLE_MAX)
}

/** Returns examples of visits that one policy flags, its highest scores first. */
export function examplesOf(
  changed: readonly VisitVerdicts[],
  flaggedBy: Side,
  known: ReadonlyMap<string, boolean>,
): BacktestReport['examples']['new'] {
  const score = (one: VisitVerdicts) => Math.max(one[flaggedBy].falseScore, one[flaggedBy].invalidScore)
  return changed
    .toSorted((one, other) => score(other) - score(one) || (one.visit.visitId < other.visit.visitId ? -1 : 1))
    .slice(0, EXAMPLES_MAX)
    .map((one) => ({
      visitId: one.visit.visitId,
      salespersonId: one.visit.salespersonId,
      customerId: one.visit.customerId,
      visitedAt: new Date(one.visit.at!).toISOString(),
      inForce: one.inForce.verdict,
      candidate: one.candidate.verdict,
      reasons: one[flaggedBy].evidence
        .toSorted((first, second) => second.score - first.score)
        .slice(0, REASONS_MAX)
        .map(({ kind, text }) => `${kind}: ${text}`),
      knownFalse: known.get(one.visit.visitId) ?? null,
    }))
}
