import type { RoutingCandidate } from '../../../schemas/calls/routing-decisions.ts'
import type { RoutingWeights } from '../../../schemas/calls/routing-plans.ts'

/** Expertise assumed if the intent or the agent’s expertise is unknown. */
const EXPERTISE_UNKNOWN = 0.5

/** Returns the expertise in an intent, 0 to 1. An agent with any stated expertise has none in the other intents. */
export function expertiseOf(expertise: Readonly<Record<string, number>>, intent: string | null): number {
  if (intent === null) return EXPERTISE_UNKNOWN
  const stated = Object.hasOwn(expertise, intent) ? expertise[intent] : undefined
  if (stated !== undefined) return stated
  return Object.keys(expertise).length === 0 ? EXPERTISE_UNKNOWN : 0
}

/** Pseudo-calls, half of them resolved, so that a single call has little weight. */
const PRIOR_CALLS = 10
const PRIOR_SHARE = 0.5

/** Returns the smoothed share of resolved calls, 0 to 1. */
export function performanceOf({ resolved, judged }: { readonly resolved: number; readonly judged: number }): number {
  return (resolved + PRIOR_CALLS * PRIOR_SHARE) / (judged + PRIOR_CALLS)
}

/**
 * Returns the score expertise · w₁ + (1 − load) · w₂ + performance · w₃, plus a bonus if the customer knows the agent
 * (spec C13).
 */
export function withScore(parts: Omit<RoutingCandidate, 'score'>, weights: RoutingWeights): RoutingCandidate {
  const score =
    weights.expertise * parts.expertise +
    weights.load * (1 - parts.load) +
    weights.performance * parts.performance +
    (parts.known ? weights.known : 0)
  return { ...parts, score }
}

/** Orders candidates by score, the best first, then by name, so that every process chooses the same. */
export function bestFirst(one: RoutingCandidate, other: RoutingCandidate): number {
  return other.score - one.score || (one.name < other.name ? -1 : 1)
}
