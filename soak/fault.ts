import type { Random } from '../simulator/random.ts'
import type { Checks } from './checks.ts'
import type { Load } from './load.ts'
import type { Fleet } from './processes.ts'
import type { BrokerCount, Stage } from './stage.ts'
import type { StallClocks } from './stalls/stall-clocks.ts'

/** The target of a fault: the platform under load. */
export interface FaultTarget {
  readonly stage: Stage
  readonly fleet: Fleet
  readonly load: Load
  /** Transactions of both clients; only in campaigns with three brokers. */
  readonly clocks: StallClocks | undefined
  readonly checks: Checks
  /** How long a stall blocks the event loop, in ms. */
  readonly stallMs: number
}

/**
 * One way in which machines, networks and people harm a platform. Planning and inflicting are separate steps, so that a
 * seed gives the same schedule anywhere, and the schedule can be read before it is run.
 */
export interface Fault<Plan = unknown> {
  readonly name: string
  /** What it simulates, for the documentation. */
  readonly purpose: string
  /** Number of brokers that it is meant for; default: any. */
  readonly brokers?: BrokerCount
  /** Minimum number of processes. */
  readonly processesMin?: number
  /** Makes all random choices. Method syntax on purpose: it lets faults with different plans share a list. */
  plan(next: Random, processes: number): Plan
  /**
   * Inflicts the fault and repairs what would not recover by itself. Returns a description of what was done, or a
   * function that returns it once everything has settled.
   */
  inject(scene: FaultTarget, plan: Plan): Promise<string | (() => string)>
}

export function fault<Plan>(definition: Fault<Plan>): Fault {
  return definition as Fault
}
