import { SECOND_MS } from '../../../schemas/durations.ts'
import { isQualified } from './eligibility.ts'
import { choose, isAvoided, type Choice } from './choose.ts'
import { storeRequest, recordDecision, type DeskStep } from './desk-step.ts'
import { freeCapacity, type DeskAgent, type DeskRequest } from './desk.ts'
import { nextCheckAt, widen } from './widening.ts'

/** Maximum number of agents remembered as not having taken a call; the newest are kept. */
const AVOIDED_MAX = 20

/**
 * Puts a call back in its place in the queue. `avoidAgent`: for `avoidSeconds` it is not offered again to the agent who
 * had it.
 */
export function requeue(step: DeskStep, request: DeskRequest, avoidAgent: boolean): void {
  const { at, plan, pendingWaits } = step
  const { agentId, requestId } = request
  const until = at + plan.avoidSeconds * SECOND_MS
  const avoided = avoidAgent && agentId !== null ? [...request.avoided, { agentId, until }] : request.avoided
  const waiting = { ...request, state: 'waiting', agentId: null, since: at, avoided: avoided.slice(-AVOIDED_MAX) }
  storeRequest(step, { ...waiting, dueAt: nextCheckAt(waiting, at, plan) })
  pendingWaits.add(requestId)
}

/** Offers each waiting call that a free agent can take, and publishes that the others in `pendingWaits` are waiting. */
export function offerWaiting(step: DeskStep): void {
  const { desk, pendingWaits } = step
  let free = freeAgents(step)
  for (const request of free.length === 0 ? [] : inOrder(step)) {
    if (!suitsAny(step, request, free)) continue
    const choice = choose(step, request)
    const agentId = step.chooser(choice, step)
    if (agentId === undefined) continue
    offer(step, request, choice, agentId)
    free = freeAgents(step)
    if (free.length === 0) break
  }
  for (const requestId of pendingWaits) {
    const request = desk.requests.get(requestId)
    if (request?.state === 'waiting') recordWaiting(step, request)
  }
}

/** Cheap check before a choice: most waiting calls suit none of the free agents. */
function suitsAny({ desk, at, plan }: DeskStep, request: DeskRequest, free: readonly DeskAgent[]): boolean {
  if (!free.some((agent) => isQualified(agent, request))) return false
  const { isEligible } = widen(desk, request, at, plan)
  return free.some((agent) => isEligible(agent) && !isAvoided(request, agent, at))
}

function freeAgents({ desk, calls, at }: DeskStep): readonly DeskAgent[] {
  return [...desk.agents.values()].filter((agent) => freeCapacity(agent, calls.get(agent.agentId) ?? 0, at) > 0)
}

/**
 * Returns the waiting calls in order of arrival, each priority level counting as `prioritySeconds` of earlier arrival.
 * The advantage is bounded, so that no call waits for ever.
 */
function inOrder({ desk, plan }: DeskStep): readonly DeskRequest[] {
  const rankOf = ({ askedAt, priority }: DeskRequest) => askedAt - priority * plan.prioritySeconds * SECOND_MS
  return [...desk.requests.values()]
    .filter(({ state }) => state === 'waiting')
    .sort((one, other) => rankOf(one) - rankOf(other) || (one.requestId < other.requestId ? -1 : 1))
}

function offer(step: DeskStep, request: DeskRequest, choice: Choice, agentId: string): void {
  const { at, plan, pendingWaits } = step
  const dueAt = at + plan.offerSeconds * SECOND_MS
  const offered = { ...request, state: 'pending', offers: request.offers + 1, agentId, since: at, dueAt }
  storeRequest(step, offered)
  pendingWaits.delete(request.requestId)
  const byScore = plan.release === 'ACTIVE'
  const queue = byScore ? choice.queues[0]!.name : (request.queue ?? '')
  recordDecision(step, { ...offered, queue: queue === '' ? null : queue }, 'pending', byScore ? HIGHEST : LONGEST, {
    ...{ dueAt, step: choice.step, decidedBy: byScore ? 'score' : 'longest-idle' },
    ...{ weights: choice.scoredAgentId === null ? null : plan.weights, scoredAgentId: choice.scoredAgentId },
    ...{ considered: choice.free.length, queues: choice.queues, agents: choice.agents },
  })
}

const HIGHEST = 'The agent has the highest score.'
const LONGEST = 'The agent has been free longest.'

function recordWaiting(step: DeskStep, request: DeskRequest): void {
  const { step: widened, eligible, free } = choose(step, request)
  const reason =
    eligible === 0
      ? 'Nobody at work has the skills and the language.'
      : free.length === 0
        ? 'All who can take it are busy.'
        : 'Others who wait go first.'
  recordDecision(step, request, 'waiting', reason, { dueAt: request.dueAt, step: widened })
}
