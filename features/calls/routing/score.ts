import type { RoutingCandidate } from '../../../schemas/calls/routing-decisions.ts'
import type { RoutingWeights } from '../../../schemas/calls/routing-plans.ts'

/** Where nobody told how well an agent knows an intent, or which intent it is. */
const EXPERTISE_UNKNOWN = 0.5

/** 0 to 1; an agent whose expertise is told knows nothing of the other intents. */
export function expertiseOf(expertise: Readonly<Record<string, number>>, intent: string | null): number {
  if (intent === null) return EXPERTISE_UNKNOWN
  const told = Object.hasOwn(expertise, intent) ? expertise[intent] : undefined
  if (told !== undefined) return told
  return Object.keys(expertise).length === 0 ? EXPERTISE_UNKNOWN : 0
}

/** Calls that are taken to be solved by half, so that one call tells little. */
const PRIOR_CALLS = 10
const PRIOR_SHARE = 0.5

/** The share of solved calls, 0 to 1. */
export function performanceOf({ resolved, judged }: { readonly resolved: number; readonly judged: number }): number {
  return (resolved + PRIOR_CALLS * PRIOR_SHARE) / (judged + PRIOR_CALLS)
}

/** expertise · w₁ + (1 − load) · w₂ + performance · w₃, and more for whom the customer knows (spec C13). */
export function scored(parts: Omit<RoutingCandidate, 'score'>, weights: RoutingWeights): RoutingCandidate {
  const score =
    weights.expertise * parts.expertise +
    weights.load * (1 - parts.load) +
    weights.performance * parts.performance +
    (parts.known ? weights.known : 0)
  return { ...parts, score }
}

/** The best first; of equals the first by name, so that every process chooses the same. */
export function bestFirst(one: RoutingCandidate, other: RoutingCandidate): number {
  return other.score - one.score || (one.name < other.name ? -1 : 1)
}
