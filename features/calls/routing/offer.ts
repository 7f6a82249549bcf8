import { SECOND_MS } from '../../../schemas/durations.ts'
import { isAble } from './able.ts'
import { choose, isAvoided, type Choice } from './choose.ts'
import { put, tell, type DeskStep } from './desk-step.ts'
import { roomOf, type DeskAgent, type DeskRequest } from './desk.ts'
import { nextLook, widen } from './widening.ts'

/** Maximum number of agents remembered as not having taken a call; the newest are kept. */
const AVOIDED_MAX = 20

/**
 * Puts a call back in its place in the queue. `avoidAgent`: for `avoidSeconds` it is not offered again to the agent who
 * had it.
 */
export function waitAgain(step: DeskStep, request: DeskRequest, avoidAgent: boolean): void {
  const { at, plan, toTell } = step
  const { agentId, requestId } = request
  const until = at + plan.avoidSeconds * SECOND_MS
  const avoided = avoidAgent && agentId !== null ? [...request.avoided, { agentId, until }] : request.avoided
  const waiting = { ...request, state: 'waiting', agentId: null, since: at, avoided: avoided.slice(-AVOIDED_MAX) }
  put(step, { ...waiting, dueAt: nextLook(waiting, at, plan) })
  toTell.add(requestId)
}

/** Offers each waiting call that a free agent can take, and publishes that the others in `toTell` are waiting. */
export function offerWaiting(step: DeskStep): void {
  const { desk, toTell } = step
  let free = freeAgents(step)
  for (const request of free.length === 0 ? [] : inOrder(step)) {
    if (!isFor(step, request, free)) continue
    const choice = choose(step, request)
    const agentId = step.chooser(choice, step)
    if (agentId === undefined) continue
    offer(step, request, choice, agentId)
    free = freeAgents(step)
    if (free.length === 0) break
  }
  for (const requestId of toTell) {
    const request = desk.requests.get(requestId)
    if (request?.state === 'waiting') tellWaiting(step, request)
  }
}

/** Cheap check before a choice: most waiting calls suit none of the free agents. */
function isFor({ desk, at, plan }: DeskStep, request: DeskRequest, free: readonly DeskAgent[]): boolean {
  if (!free.some((agent) => isAble(agent, request))) return false
  const { mayTake } = widen(desk, request, at, plan)
  return free.some((agent) => mayTake(agent) && !isAvoided(request, agent, at))
}

function freeAgents({ desk, calls, at }: DeskStep): readonly DeskAgent[] {
  return [...desk.agents.values()].filter((agent) => roomOf(agent, calls.get(agent.agentId) ?? 0, at) > 0)
}

/**
 * Returns the waiting calls in order of arrival, each priority level counting as `prioritySeconds` of earlier arrival.
 * The advantage is bounded, so that no call waits for ever.
 */
function inOrder({ desk, plan }: DeskStep): readonly DeskRequest[] {
  const placeOf = ({ askedAt, priority }: DeskRequest) => askedAt - priority * plan.prioritySeconds * SECOND_MS
  return [...desk.requests.values()]
    .filter(({ state }) => state === 'waiting')
    .sort((one, other) => placeOf(one) - placeOf(other) || (one.requestId < other.requestId ? -1 : 1))
}

function offer(step: DeskStep, request: DeskRequest, choice: Choice, agentId: string): void {
  const { at, plan, toTell } = step
  const dueAt = at + plan.offerSeconds * SECOND_MS
  const offered = { ...request, state: 'pending', offers: request.offers + 1, agentId, since: at, dueAt }
  put(step, offered)
  toTell.delete(request.requestId)
  const byScore = plan.release === 'ACTIVE'
  const queue = byScore ? choice.queues[0]!.name : (request.queue ?? '')
  tell(step, { ...offered, queue: queue === '' ? null : queue }, 'pending', byScore ? HIGHEST : LONGEST, {
    ...{ dueAt, step: choice.step, decidedBy: byScore ? 'score' : 'longest-idle' },
    ...{ weights: choice.scoredAgentId === null ? null : plan.weights, scoredAgentId: choice.scoredAgentId },
    ...{ considered: choice.free.length, queues: choice.queues, agents: choice.agents },
  })
}

const HIGHEST = 'The agent has the highest score.'
const LONGEST = 'The agent has been free longest.'

function tellWaiting(step: DeskStep, request: DeskRequest): void {
  const { step: widened, able, free } = choose(step, request)
  const reason =
    able === 0
      ? 'Nobody at work has the skills and the language.'
      : free.length === 0
        ? 'All who can take it are busy.'
        : 'Others who wait go first.'
  tell(step, request, 'waiting', reason, { dueAt: request.dueAt, step: widened })
}
