import type { Random } from '../simulator/random.ts'
import type { Checks } from './checks.ts'
import type { Load } from './load.ts'
import type { Fleet } from './processes.ts'
import type { BrokerCount, Stage } from './stage.ts'
import type { StallClocks } from './stalls/stall-clocks.ts'

/** The target of a fault: the platform under load. */
export interface Scene {
  readonly stage: Stage
  readonly fleet: Fleet
  readonly load: Load
  /** Transactions of both clients, in a campaign on three brokers. */
  readonly clocks: StallClocks | undefined
  readonly checks: Checks
  /** How long an event loop is blocked. */
  readonly stallMs: number
}

/**
 * One way in which machines, networks and people harm a platform. Choosing and harming are two steps, so that a seed
 * gives the same schedule anywhere, and the schedule can be read before it is carried out.
 */
export interface Fault<Plan = unknown> {
  readonly name: string
  /** For the documentation: what it simulates. */
  readonly purpose: string
  /** How many brokers it is meant for; left out: any number. */
  readonly brokers?: BrokerCount
  /** Processes that it needs at least. */
  readonly processesMin?: number
  /**
   * Decides on everything that is left to chance. Method syntax on purpose: a list of faults of different plans is
   * still a list of faults.
   */
  plan(next: Random, processes: number): Plan
  /**
   * Does harm and repairs what would not repair itself; gives what was done to what: in words, or as who can say them
   * when all has settled.
   */
  inflict(scene: Scene, plan: Plan): Promise<string | (() => string)>
}

export function fault<Plan>(definition: Fault<Plan>): Fault {
  return definition as Fault
}
