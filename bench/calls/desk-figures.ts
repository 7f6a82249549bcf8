import type { Figures } from '../compared.ts'
import { DAY_SECONDS } from './arrivals.ts'
import type { DeskWorld, SimulatedCall } from './desk-world.ts'

/** Calls that are answered within so many seconds are answered in time. */
const IN_TIME_SECONDS = 20

/** What became of a call; seconds. */
export interface Served {
  readonly call: SimulatedCall
  answeredAt?: number
  abandonedAt?: number
  agentId?: string
  solved?: boolean
}

export interface DeskFigures extends Figures {
  /** Calls that came. */
  readonly offered: number
  readonly answeredShare: number
  /** Of answered calls, in seconds. */
  readonly waitMean: number
  readonly waitP95: number
  /** Of any call, whether it was answered or the customer gave up. */
  readonly waitLongest: number
  /** Answered in time, of all calls. */
  readonly serviceLevel: number
  /** The same, without those who gave up before they could be late. */
  readonly serviceLevelWithoutEarlyLeavers: number
  /** Of answered calls: solved by the first. */
  readonly firstContactResolution: number
  /** Standard deviation of the agents’ occupancy. */
  readonly loadSpread: number
  /** Calls that ended neither answered nor given up by the customer. */
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

/** Of the time at work, the part in conversations and wrap-ups. */
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
