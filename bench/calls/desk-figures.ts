import type { Figures } from '../compare-rounds.ts'
import { DAY_SECONDS } from './arrivals.ts'
import type { DeskWorld, SimulatedCall } from './desk-world.ts'

/** Calls answered within this time count as answered in time. */
const IN_TIME_SECONDS = 20

/** The course of a call; times in seconds of the day. */
export interface Served {
  readonly call: SimulatedCall
  answeredAt?: number
  abandonedAt?: number
  agentId?: string
  solved?: boolean
}

export interface DeskFigures extends Figures {
  /** Calls that arrived. */
  readonly offered: number
  readonly answeredShare: number
  /** Waiting time of answered calls, seconds. */
  readonly waitMean: number
  readonly waitP95: number
  /** Longest waiting time of any call, answered or given up, seconds. */
  readonly waitLongest: number
  /** Share of all calls that were answered in time. */
  readonly serviceLevel: number
  /** The same, without callers who gave up while they could still have been answered in time. */
  readonly serviceLevelWithoutEarlyLeavers: number
  /** Share of answered calls that solved the request. */
  readonly firstContactResolution: number
  /** Standard deviation of the agents’ occupancy. */
  readonly loadSpread: number
  /** Calls that were neither answered nor given up by the customer. */
  readonly lost: number
}

export function dayFigures(served: readonly Served[], world: DeskWorld): DeskFigures {
  const answered = served.filter(({ answeredAt }) => answeredAt !== undefined)
  const waits = answered.map(({ call, answeredAt }) => answeredAt! - call.at).sort((one, other) => one - other)
  const gaveUp = served.filter(({ abandonedAt }) => abandonedAt !== undefined)
  const givenUpWaits = gaveUp.map(({ call, abandonedAt }) => abandonedAt! - call.at)
  const inTime = waits.filter((wait) => wait <= IN_TIME_SECONDS).length
  const early = givenUpWaits.filter((wait) => wait <= IN_TIME_SECONDS).length
  return {
    offered: served.length,
    answeredShare: answered.length / served.length,
    waitMean: mean(waits),
    waitP95: waits[Math.min(waits.length - 1, Math.floor(0.95 * waits.length))]!,
    waitLongest: Math.max(...waits, ...givenUpWaits),
    serviceLevel: inTime / served.length,
    serviceLevelWithoutEarlyLeavers: inTime / (served.length - early),
    firstContactResolution: answered.filter(({ solved }) => solved === true).length / answered.length,
    loadSpread: spread(occupancies(answered, world)),
    lost: served.length - answered.length - gaveUp.length,
  }
}

/** Returns the share of each agent’s working time spent in conversations and wrap-ups. */
function occupancies(answered: readonly Served[], { agents, atWork }: DeskWorld): readonly number[] {
  const busy = new Map<string, number>()
  for (const { agentId, call } of answered)
    busy.set(agentId!, (busy.get(agentId!) ?? 0) + call.talkSeconds + call.wrapUpSeconds)
  return agents.map(({ id }, place) => {
    const hours = Array.from({ length: 24 }, (_, hour) => atWork(hour)).filter((count) => place < count).length
    return (busy.get(id) ?? 0) / ((hours * DAY_SECONDS) / 24)
  })
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function spread(values: readonly number[]): number {
  const middle = mean(values)
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)))
}
