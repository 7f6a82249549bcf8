import { MINUTE_MS } from '../../../schemas/durations.ts'
import { numericState, type KeyedState } from '../../keyed-state.ts'

/** The latest beat, and the latest event time since, ms. */
export const clockKind = numericState('clock', 2)
/** The timer by which a desk knows the platform’s clock, and how often it fires. */
const BEAT = 'beat'
const BEAT_MS = MINUTE_MS
/** A desk that has heard nothing for so long stops its clock. */
const QUIET_MS = 60 * MINUTE_MS
/** Ticks come every few seconds, and a beat a minute: more than this lies no event ahead of it. */
const AHEAD_MAX_MS = 2 * MINUTE_MS

interface Timers {
  setTimer(name: string, at: number): void
}

/**
 * The desk’s time, ms: that of its latest event, as far as the platform’s clock bears it out. The clock of a call system
 * that runs ahead would let every offer last longer, an event that comes late would end offers at once.
 */
export function deskTime(state: KeyedState): number {
  const [beat, latest] = state.get(clockKind, '')!
  return Math.min(Math.max(beat!, latest!), beat! + AHEAD_MAX_MS)
}

export function heard(state: KeyedState & Timers, at: number): void {
  const [beat, latest] = runningClock(state, at)
  state.put(clockKind, '', Float64Array.of(beat, Math.max(latest, at)))
}

/** A timer of the desk has fired. */
export function beaten(state: KeyedState & Timers, name: string, at: number): void {
  const [beat, latest] = runningClock(state, at)
  if (name === BEAT && at > latest + QUIET_MS) {
    state.delete(clockKind, '')
    return
  }
  state.put(clockKind, '', Float64Array.of(Math.max(beat, at), latest))
  if (name === BEAT) state.setTimer(BEAT, at + BEAT_MS)
}

function runningClock(state: KeyedState & Timers, at: number): readonly [beat: number, latest: number] {
  const clock = state.get(clockKind, '')
  if (clock !== undefined) return [clock[0]!, clock[1]!]
  state.setTimer(BEAT, at + BEAT_MS)
  return [at, at]
}
