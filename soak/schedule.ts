import { random, uniformInteger } from '../simulator/random.ts'
import type { Fault } from './fault.ts'

/** A round as determined by the seed. */
export interface Round {
  readonly number: number
  readonly fault: Fault
  /** Number of processes that run the processors. */
  readonly processes: number
  /** Delay of the fault after the first progress under load, in ms. */
  readonly leadMs: number
  /** The fault's own plan. */
  readonly plan: unknown
}

const PROCESSES = [2, 3, 4] as const

/**
 * Creates the schedule. Each fault occurs once per cycle, in an order determined by the seed. The same seed, count and
 * faults give the same rounds. Pure.
 */
export function createSchedule(seed: number, count: number, faults: readonly Fault[]): readonly Round[] {
  const rounds: Round[] = []
  for (let cycle = 0; rounds.length < count; cycle++) {
    for (const fault of shuffled(faults, seed, cycle).slice(0, count - rounds.length)) {
      const number = rounds.length + 1
      const next = random('soak', seed, number)
      const processes = Math.max(fault.processesMin ?? 1, PROCESSES[uniformInteger(next, 0, PROCESSES.length - 1)]!)
      rounds.push({
        number,
        fault,
        processes,
        leadMs: uniformInteger(next, 0, 1_500),
        plan: fault.plan(next, processes),
      })
    }
  }
  return rounds
}

/** Shuffles by Fisher–Yates. */
function shuffled<T>(list: readonly T[], seed: number, cycle: number): T[] {
  const next = random('soak-order', seed, cycle)
  const mixed = [...list]
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = uniformInteger(next, 0, last)
    ;[mixed[last], mixed[other]] = [mixed[other]!, mixed[last]!]
  }
  return mixed
}
