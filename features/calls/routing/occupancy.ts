import { MINUTE_MS } from '../../../schemas/durations.ts'
import type { DeskAgent } from './desk.ts'

const MEMORY_MS = 30 * MINUTE_MS

/**
 * Returns the exponentially averaged share of the capacity in use. `calls`: number of calls held since the last update.
 */
export function currentOccupancy(agent: DeskAgent, calls: number, at: number): number {
  const kept = Math.exp(-Math.max(0, at - agent.busyAt) / MEMORY_MS)
  return kept * agent.busy + (1 - kept) * utilisation(agent, calls)
}

/** Returns the share of the capacity in use, 0 to 1. */
export function utilisation({ capacity, elsewhere }: DeskAgent, calls: number): number {
  return capacity === 0 ? 1 : Math.min(1, (calls + elsewhere) / capacity)
}

/** Returns the mean of the present and the averaged share in use, so that agents who have been busy get fewer calls. */
export function loadOf(agent: DeskAgent, calls: number, at: number): number {
  return (utilisation(agent, calls) + currentOccupancy(agent, calls, at)) / 2
}
