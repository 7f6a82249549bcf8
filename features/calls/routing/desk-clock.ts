import { MINUTE_MS } from '../../../schemas/durations.ts'
import { numericState, type KeyedState } from '../../keyed-state.ts'

/** The latest time that the platform’s clock has certainly passed, and the latest event time, ms. */
export const clockKind = numericState('clock', 2)

/** Fires each minute: what the clock has passed, while nothing happens. */
const BEAT = 'beat'
const BEAT_MS = MINUTE_MS
/** Fires once the clock has passed the time of an event: where the clock takes larger steps than minutes. */
const PROOF = 'proof'
const PROOF_AHEAD_MS = MINUTE_MS / 2
/** A desk that has heard nothing for so long stops its clock, and begins anew with the next event. */
const QUIET_MS = 60 * MINUTE_MS
/** The clock ticks every few seconds; in a simulated world these are minutes. */
const AHEAD_MAX_MS = 10 * MINUTE_MS

interface Timers {
  setTimer(name: string, at: number): void
}

/**
 * The desk’s time, ms: that of its latest event, as far as the platform’s clock bears it out. The clock of a call system
 * that runs ahead would let every offer last longer, an event that comes late would end offers at once.
 */
export function deskTime(state: KeyedState): number {
  const [passed, latest] = state.get(clockKind, '')!
  return Math.min(Math.max(passed!, latest!), passed! + AHEAD_MAX_MS)
}

export function heard(state: KeyedState & Timers, at: number): void {
  const [passed, latest] = runningClock(state, at)
  state.put(clockKind, '', Float64Array.of(passed, Math.max(latest, at)))
  if (at > passed + PROOF_AHEAD_MS && at > latest) state.setTimer(PROOF, at)
}

/** A timer of the desk has fired: the clock has passed that time. */
export function beaten(state: KeyedState & Timers, name: string, at: number): void {
  const [passed, latest] = runningClock(state, at)
  if (name === BEAT && at > latest + QUIET_MS) {
    state.delete(clockKind, '')
    return
  }
  const now = Math.max(passed, at)
  state.put(clockKind, '', Float64Array.of(now, latest))
  if (name === BEAT) state.setTimer(BEAT, now + BEAT_MS)
}

function runningClock(state: KeyedState & Timers, at: number): readonly [passed: number, latest: number] {
  const clock = state.get(clockKind, '')
  if (clock !== undefined) return [clock[0]!, clock[1]!]
  state.setTimer(BEAT, at + BEAT_MS)
  return [at, at]
}
