import type { RoutingPlan, WideningStep } from '../../../schemas/calls/routing-plans.ts'
import { SECOND_MS } from '../../../schemas/durations.ts'
import { isAble, isWithin } from './able.ts'
import { isOnShift, type Desk, type DeskAgent, type DeskRequest } from './desk.ts'

export type RoutingRules = Omit<RoutingPlan, 'id' | 'occurredAt' | 'source' | 'desk' | 'description' | 'changedBy'>

export interface Widened {
  /** Its place in the plan. */
  readonly step: number
  /** Whether an agent may take the call, if at work. */
  mayTake(agent: DeskAgent): boolean
}

/** Where the last step still leaves everybody out. */
const EVERYBODY: WideningStep = { afterSeconds: 0, expertiseMin: 0, otherQueues: true }

/**
 * Who may take a call that has waited so long. A step that leaves nobody who is at work is passed over at once: a queue
 * whose agents have all gone would let its calls wait for nothing.
 */
export function widen({ agents }: Desk, request: DeskRequest, at: number, { steps }: RoutingRules): Widened {
  const mayTakeBy = (rule: WideningStep) => (agent: DeskAgent) =>
    isWithin(rule, agent, request) && isAble(agent, request)
  const first = Math.max(
    0,
    steps.findLastIndex(({ afterSeconds }) => request.askedAt + afterSeconds * SECOND_MS <= at),
  )
  for (let step = first; step < steps.length; step++) {
    const mayTake = mayTakeBy(steps[step]!)
    // Mostly one of the first.
    for (const agent of agents.values()) if (isOnShift(agent, at) && mayTake(agent)) return { step, mayTake }
  }
  return { step: steps.length, mayTake: mayTakeBy(EVERYBODY) }
}

/** When a waiting call is looked at again by itself, ms. */
export function nextLook(
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
