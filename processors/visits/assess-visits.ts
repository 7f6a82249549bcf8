import { DAY_MS } from '../../schemas/durations.ts'
import type { PolicyRule } from '../../schemas/visits/policies.ts'
import type { Assessment } from '../../schemas/visits/assessments.ts'

/** The probability of an opportunity after one of its visits. */
export interface VisitPoint {
  readonly at: number
  readonly probability: number | null
}

/** Points kept and considered per opportunity: policies look at recent visits. */
export const POINTS_MAX = 100

/** Adds a point, in order of visit count; another score for the same visit count replaces the former one. */
export function withPoint<Point extends { readonly visitCount: number }>(
  points: readonly Point[],
  point: Point,
): Point[] {
  return [...withoutPoint(points, point.visitCount), point]
    .sort((one, other) => one.visitCount - other.visitCount)
    .slice(-POINTS_MAX)
}

export function withoutPoint<Point extends { readonly visitCount: number }>(
  points: readonly Point[],
  visitCount: number,
): Point[] {
  return points.filter((point) => point.visitCount !== visitCount)
}

export type Verdict = Pick<Assessment, 'verdict' | 'reasons'>

/**
 * Applies a policy to an opportunity’s visits: the first matching rule decides, none means fine. `points` are in order
 * of time, one per visit. Rules about probabilities do not apply without probabilities.
 */
export function assessVisits(rules: readonly PolicyRule[], visitCount: number, points: readonly VisitPoint[]): Verdict {
  for (const rule of rules) {
    const reasons = reasonsOf(rule, visitCount, points)
    if (reasons !== undefined) return { verdict: rule.verdict, reasons }
  }
  return { verdict: 'fine', reasons: [] }
}

function reasonsOf(
  rule: PolicyRule,
  visitCount: number,
  points: readonly VisitPoint[],
): Assessment['reasons'] | undefined {
  const { visitCountMin, withinDays, probabilityBelow, probabilityMovedLessThan } = rule
  const last = points.at(-1)
  const from = withinDays === null || last === undefined ? Number.NEGATIVE_INFINITY : last.at - withinDays * DAY_MS
  const counted = points.filter(({ at }) => at >= from)
  const count = withinDays === null ? visitCount : counted.length
  if (count < visitCountMin) return undefined
  const within = withinDays === null ? '' : ` within ${withinDays} days`
  const reasons = [
    { code: 'VISIT_COUNT', text: `${count} visits${within}; the rule applies from ${visitCountMin} on.` },
  ]

  if (probabilityBelow !== null) {
    const probability = last?.probability ?? null
    if (probability === null || probability >= probabilityBelow) return undefined
    reasons.push({
      code: 'LOW_PROBABILITY',
      text: `The conversion probability is ${probability.toFixed(3)}, below ${probabilityBelow}.`,
    })
  }
  if (probabilityMovedLessThan !== null) {
    const known = counted.flatMap(({ probability }) => (probability === null ? [] : [probability]))
    if (known.length === 0 || known.length < visitCountMin) return undefined
    const moved = Math.max(...known) - Math.min(...known)
    if (moved >= probabilityMovedLessThan) return undefined
    reasons.push({
      code: 'NO_MOVEMENT',
      text: `They moved the probability by ${moved.toFixed(3)}, less than ${probabilityMovedLessThan}.`,
    })
  }
  return reasons
}
