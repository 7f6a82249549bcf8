import type { RoutingPlan, WideningStep } from '../../../schemas/calls/routing-plans.ts'
import { SECOND_MS } from '../../../schemas/durations.ts'
import { isQualified, isAdmittedBy } from './eligibility.ts'
import { isOnShift, type Desk, type DeskAgent, type DeskRequest } from './desk.ts'

export type RoutingRules = Omit<RoutingPlan, 'id' | 'occurredAt' | 'source' | 'desk' | 'description' | 'changedBy'>

export interface WideningResult {
  /** Index of the step in the plan; the number of steps if none of them admits anybody. */
  readonly step: number
  /** Whether an agent on shift may take the call. */
  isEligible(agent: DeskAgent): boolean
}

/** Used if even the last step admits nobody. */
const EVERYBODY: WideningStep = { afterSeconds: 0, expertiseMin: 0, otherQueues: true }

/**
 * Returns who may take a call that has waited this long. A step that admits no agent on shift is skipped at once:
 * otherwise the calls of a queue whose agents have all gone would wait in vain.
 */
export function widen({ agents }: Desk, request: DeskRequest, at: number, { steps }: RoutingRules): WideningResult {
  const isEligibleBy = (rule: WideningStep) => (agent: DeskAgent) =>
    isAdmittedBy(rule, agent, request) && isQualified(agent, request)
  const first = Math.max(
    0,
    steps.findLastIndex(({ afterSeconds }) => request.askedAt + afterSeconds * SECOND_MS <= at),
  )
  for (let step = first; step < steps.length; step++) {
    const isEligible = isEligibleBy(steps[step]!)
    // One of the first agents usually qualifies.
    for (const agent of agents.values()) if (isOnShift(agent, at) && isEligible(agent)) return { step, isEligible }
  }
  return { step: steps.length, isEligible: isEligibleBy(EVERYBODY) }
}

/** Returns when a waiting call is next considered without an event, in ms. */
export function nextCheckAt(
  { askedAt, avoided }: DeskRequest,
  at: number,
  { steps, waitSecondsMax }: RoutingRules,
): number {
  const times = [
    ...steps.map(({ afterSeconds }) => askedAt + afterSeconds * SECOND_MS),
    ...avoided.map(({ until }) => until),
  ]
  return Math.min(askedAt + waitSecondsMax * SECOND_MS, ...times.filter((time) => time > at))
}
