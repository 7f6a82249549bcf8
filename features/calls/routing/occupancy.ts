import { MINUTE_MS } from '../../../schemas/durations.ts'
import type { DeskAgent } from './desk.ts'

const MEMORY_MS = 30 * MINUTE_MS

/** The share of the capacity that is in use, averaged over time, given what has been in use since the last look. */
export function busyNow(agent: DeskAgent, calls: number, at: number): number {
  const kept = Math.exp(-Math.max(0, at - agent.busyAt) / MEMORY_MS)
  return kept * agent.busy + (1 - kept) * usedShare(agent, calls)
}

/** 0 to 1. */
export function usedShare({ capacity, elsewhere }: DeskAgent, calls: number): number {
  return capacity === 0 ? 1 : Math.min(1, (calls + elsewhere) / capacity)
}

/** Half what is in use now, half what was: so that who has had much gets less. */
export function loadOf(agent: DeskAgent, calls: number, at: number): number {
  return (usedShare(agent, calls) + busyNow(agent, calls, at)) / 2
}
