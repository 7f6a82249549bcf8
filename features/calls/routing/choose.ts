import { CANDIDATES_MAX, type RoutingCandidate } from '../../../schemas/calls/routing-decisions.ts'
import { isOnShift, roomOf, type Desk, type DeskAgent, type DeskRequest } from './desk.ts'
import { loadOf, usedShare } from './occupancy.ts'
import { bestFirst, expertiseOf, performanceOf, scored } from './score.ts'
import { widen, type RoutingRules } from './widening.ts'

/** State of a desk at one time, with the active plan. */
export interface Moment {
  readonly desk: Desk
  readonly at: number
  readonly plan: RoutingRules
  /** Number of the desk’s calls by agent. */
  readonly calls: ReadonlyMap<string, number>
}

export interface Choice {
  readonly step: number
  /** Number of agents on shift who may take the call, free or busy. */
  readonly able: number
  /** Those of them who are free and have not just failed to take the call. */
  readonly free: readonly DeskAgent[]
  readonly queues: readonly RoutingCandidate[]
  readonly agents: readonly RoutingCandidate[]
  /** Agent with the highest score; null if nobody is free or nothing is scored. */
  readonly scoredAgentId: string | null
}

/** Finds the agents who could take the call and the one whom the scores choose: the best agent of the best queue. */
export function choose(moment: Moment, request: DeskRequest): Choice {
  const { desk, at, plan, calls } = moment
  const { step, mayTake } = widen(desk, request, at, plan)
  const able = [...desk.agents.values()].filter((agent) => isOnShift(agent, at) && mayTake(agent))
  const free = able.filter(
    (agent) => roomOf(agent, calls.get(agent.agentId) ?? 0, at) > 0 && !isAvoided(request, agent, at),
  )
  const unscored = { step, able: able.length, free, queues: [], agents: [], scoredAgentId: null }
  if (free.length === 0 || plan.release === 'NONE') return unscored
  const queues = scoreQueues(moment, request, able, free)
  const best = queues[0]!.name
  const agents = free
    .filter((agent) => queuesOf(agent).includes(best))
    .map((agent) => scoreAgent(moment, request, agent))
    .sort(bestFirst)
  const few = { queues: queues.slice(0, CANDIDATES_MAX), agents: agents.slice(0, CANDIDATES_MAX) }
  return { ...unscored, ...few, scoredAgentId: agents[0]!.name }
}

/** Whether the agent recently failed to take this call. */
export function isAvoided({ avoided }: DeskRequest, { agentId }: DeskAgent, at: number): boolean {
  return avoided.some((one) => one.agentId === agentId && one.until > at)
}

/** Returns the agent who has been free longest, of equal ones the one with the smaller id. */
export function longestFree(agents: readonly DeskAgent[]): DeskAgent | undefined {
  return agents.reduce<DeskAgent | undefined>((longest, agent) => {
    if (longest === undefined || agent.freeSince < longest.freeSince) return agent
    return agent.freeSince === longest.freeSince && agent.agentId < longest.agentId ? agent : longest
  }, undefined)
}

/** Returns the agent’s queues. An agent without any is in a queue with an empty name. */
function queuesOf({ queues }: DeskAgent): readonly string[] {
  return queues.length === 0 ? [''] : queues
}

function scoreAgent({ at, plan, calls }: Moment, request: DeskRequest, agent: DeskAgent): RoutingCandidate {
  const parts = {
    name: agent.agentId,
    expertise: expertiseOf(agent.expertise, request.intent),
    load: loadOf(agent, calls.get(agent.agentId) ?? 0, at),
    performance: performanceOf(agent),
    known: request.knownAgents.includes(agent.agentId),
  }
  return scored(parts, plan.weights)
}

/**
 * Scores the queues, the best first: expertise and performance are averaged over the free agents, load over all able
 * agents.
 */
function scoreQueues(
  { plan, calls }: Moment,
  { intent, knownAgents }: DeskRequest,
  able: readonly DeskAgent[],
  free: readonly DeskAgent[],
): readonly RoutingCandidate[] {
  const names = [...new Set(free.flatMap(queuesOf))]
  return names
    .map((name) => {
      const members = able.filter((agent) => queuesOf(agent).includes(name))
      const atHand = free.filter((agent) => queuesOf(agent).includes(name))
      const parts = {
        name,
        expertise: mean(atHand.map(({ expertise }) => expertiseOf(expertise, intent))),
        load: mean(
          members.map((agent) => (agent.status === 'available' ? usedShare(agent, calls.get(agent.agentId) ?? 0) : 1)),
        ),
        performance: mean(atHand.map(performanceOf)),
        known: atHand.some(({ agentId }) => knownAgents.includes(agentId)),
      }
      return scored(parts, plan.weights)
    })
    .sort(bestFirst)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
