import type { Random } from '../../models/random.ts'
import { arrivals, DAY_SECONDS, rateAt } from './arrivals.ts'

const INTENTS = ['balance', 'card', 'loan', 'transfer', 'complaint'] as const
const INTENT_SHARES = [0.3, 0.25, 0.2, 0.15, 0.1]

export interface SimulatedCall {
  readonly id: string
  readonly at: number
  readonly intent: string
  readonly language: string
  readonly requiredSkills: readonly string[]
  /** How long the customer waits, seconds. */
  readonly patience: number
  readonly talkSeconds: number
  readonly wrapUpSeconds: number
  /** Random number, 0 to 1, that decides whether the request is solved. */
  readonly luck: number
}

export interface SimulatedAgent {
  readonly id: string
  readonly queue: string
  readonly languages: readonly string[]
  readonly skills: readonly string[]
  /** Expertise by intent as reported to the desk, 0 to 1. */
  readonly expertise: Readonly<Record<string, number>>
  /** The agent’s real ability, which is not reported: the desk has to find it out. */
  readonly talent: number
}

export interface DeskWorld {
  readonly calls: readonly SimulatedCall[]
  readonly agents: readonly SimulatedAgent[]
  /** Number of agents at work in that hour: the first ones of `agents`. */
  atWork(hour: number): number
}

const TALK_SECONDS = 190
const TALK_SPREAD = 0.7
const WRAP_UP_SECONDS = 30
const PATIENCE_SECONDS = 300
/** Shares of calls and agents with another language, and with a special skill that is needed or present. */
const [ENGLISH_CALLS, ENGLISH_AGENTS, NOTARY_CALLS, NOTARY_AGENTS] = [0.05, 0.3, 0.08, 0.3]
const OCCUPANCY = 0.88

/** Creates a day of a call centre: calls with time and intent, and the agents at work. */
export function deskWorld(random: Random, size: number): DeskWorld {
  const calls = arrivals(random, size).map((at, index) => callAt(random, at, index))
  const atWork = (hour: number) => {
    const rate = rateAt((hour + 0.5) * (DAY_SECONDS / 24), size)
    return Math.max(4, Math.ceil((rate * (TALK_SECONDS + WRAP_UP_SECONDS)) / OCCUPANCY))
  }
  const most = Math.max(...Array.from({ length: 24 }, (_, hour) => atWork(hour)))
  return { calls, atWork, agents: Array.from({ length: most }, (_, index) => agentOf(random, index)) }
}

function callAt(random: Random, at: number, index: number): SimulatedCall {
  const exponential = (mean: number) => -Math.log(1 - random()) * mean
  return {
    ...{ id: `r${index}`, at, intent: pick(random), language: random() < ENGLISH_CALLS ? 'en' : 'zh' },
    requiredSkills: random() < NOTARY_CALLS ? ['notary'] : [],
    patience: exponential(PATIENCE_SECONDS),
    talkSeconds: TALK_SECONDS * Math.exp(TALK_SPREAD * normal(random) - TALK_SPREAD ** 2 / 2),
    wrapUpSeconds: exponential(WRAP_UP_SECONDS),
    luck: random(),
  }
}

function agentOf(random: Random, index: number): SimulatedAgent {
  const [first, second] = [index % INTENTS.length, (index + 1 + Math.floor(random() * 4)) % INTENTS.length]
  const expertise = INTENTS.map((intent, place): [string, number] => {
    if (place === first) return [intent, 0.8 + 0.2 * random()]
    return [intent, place === second ? 0.5 + 0.3 * random() : 0.1 + 0.3 * random()]
  })
  return {
    ...{ id: `a${index}`, queue: INTENTS[first]!, expertise: Object.fromEntries(expertise) },
    // The first agents also work at night.
    languages: index < 2 || random() < ENGLISH_AGENTS ? ['zh', 'en'] : ['zh'],
    skills: index < 2 || random() < NOTARY_AGENTS ? ['notary'] : [],
    talent: random() - 0.5,
  }
}

/**
 * Whether the call solves the request: more likely the better the agent knows the matter, and the more able they are.
 */
export function isSolved({ luck, intent }: SimulatedCall, { expertise, talent }: SimulatedAgent): boolean {
  return luck < Math.min(1, Math.max(0, 0.45 + 0.4 * expertise[intent]! + 0.2 * talent))
}

function pick(random: Random): string {
  let left = random()
  const place = INTENT_SHARES.findIndex((share) => (left -= share) < 0)
  return INTENTS[place === -1 ? 0 : place]!
}

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}
