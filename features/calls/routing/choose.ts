import { CANDIDATES_MAX, type RoutingCandidate } from '../../../schemas/calls/routing-decisions.ts'
import { isOnShift, freeCapacity, type Desk, type DeskAgent, type DeskRequest } from './desk.ts'
import { loadOf, utilisation } from './occupancy.ts'
import { bestFirst, expertiseOf, performanceOf, withScore } from './score.ts'
import { widen, type RoutingRules } from './widening.ts'

/** State of a desk at one time, with the active plan. */
export interface RoutingContext {
  readonly desk: Desk
  readonly at: number
  readonly plan: RoutingRules
  /** Number of the desk’s calls by agent. */
  readonly calls: ReadonlyMap<string, number>
}

export interface Choice {
  readonly step: number
  /** Number of agents on shift who may take the call, free or busy. */
  readonly eligible: number
  /** Those of them who are free and have not just failed to take the call. */
  readonly free: readonly DeskAgent[]
  readonly queues: readonly RoutingCandidate[]
  readonly agents: readonly RoutingCandidate[]
  /** Agent with the highest score; null if nobody is free or nothing is scored. */
  readonly scoredAgentId: string | null
}

/** Finds the agents who could take the call and the one whom the scores choose: the best agent of the best queue. */
export function choose(context: RoutingContext, request: DeskRequest): Choice {
  const { desk, at, plan, calls } = context
  const { step, isEligible } = widen(desk, request, at, plan)
  const eligible = [...desk.agents.values()].filter((agent) => isOnShift(agent, at) && isEligible(agent))
  const free = eligible.filter(
    (agent) => freeCapacity(agent, calls.get(agent.agentId) ?? 0, at) > 0 && !isAvoided(request, agent, at),
  )
  const unscored = { step, eligible: eligible.length, free, queues: [], agents: [], scoredAgentId: null }
  if (free.length === 0 || plan.release === 'NONE') return unscored
  const queues = scoreQueues(context, request, eligible, free)
  const best = queues[0]!.name
  const agents = free
    .filter((agent) => queuesOf(agent).includes(best))
    .map((agent) => scoreAgent(context, request, agent))
    .sort(bestFirst)
  const few = { queues: queues.slice(0, CANDIDATES_MAX), agents: agents.slice(0, CANDIDATES_MAX) }
  return { ...unscored, ...few, scoredAgentId: agents[0]!.name }
}

/** Whether the agent recently failed to take this call. */
export function isAvoided({ avoided }: DeskRequest, { agentId }: DeskAgent, at: number): boolean {
  return avoided.some((one) => one.agentId === agentId && one.until > at)
}

/** Returns the agent who has been free longest, of equal ones the one with the smaller id. */
export function longestIdle(agents: readonly DeskAgent[]): DeskAgent | undefined {
  return agents.reduce<DeskAgent | undefined>((longest, agent) => {
    if (longest === undefined || agent.freeSince < longest.freeSince) return agent
    return agent.freeSince === longest.freeSince && agent.agentId < longest.agentId ? agent : longest
  }, undefined)
}

/** Returns the agent’s queues. An agent without any is in a queue with an empty name. */
function queuesOf({ queues }: DeskAgent): readonly string[] {
  return queues.length === 0 ? [''] : queues
}

function scoreAgent({ at, plan, calls }: RoutingContext, request: DeskRequest, agent: DeskAgent): RoutingCandidate {
  const parts = {
    name: agent.agentId,
    expertise: expertiseOf(agent.expertise, request.intent),
    load: loadOf(agent, calls.get(agent.agentId) ?? 0, at),
    performance: performanceOf(agent),
    known: request.knownAgents.includes(agent.agentId),
  }
  return withScore(parts, plan.weights)
}

/**
 * Scores the queues, the best first: expertise and performance are averaged over the free agents, load over all able
 * agents.
 */
function scoreQueues(
  { plan, calls }: RoutingContext,
  { intent, knownAgents }: DeskRequest,
  eligible: readonly DeskAgent[],
  free: readonly DeskAgent[],
): readonly RoutingCandidate[] {
  const names = [...new Set(free.flatMap(queuesOf))]
  return names
    .map((name) => {
      const members = eligible.filter((agent) => queuesOf(agent).includes(name))
      const freeMembers = free.filter((agent) => queuesOf(agent).includes(name))
      const parts = {
        name,
        expertise: mean(freeMembers.map(({ expertise }) => expertiseOf(expertise, intent))),
        load: mean(
          members.map((agent) =>
            agent.status === 'available' ? utilisation(agent, calls.get(agent.agentId) ?? 0) : 1,
          ),
        ),
        performance: mean(freeMembers.map(performanceOf)),
        known: freeMembers.some(({ agentId }) => knownAgents.includes(agentId)),
      }
      return withScore(parts, plan.weights)
    })
    .sort(bestFirst)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
