import { MINUTE_MS } from '../../../schemas/durations.ts'
import { numericState, type KeyedState } from '../../keyed-state.ts'

/** Two times in ms: the latest that the platform’s clock has certainly passed, and the latest event time. */
export const clockKind = numericState('clock', 2)

/** Timer that fires each minute, so that the desk’s time advances while there are no events. */
const HEARTBEAT = 'beat'
const HEARTBEAT_MS = MINUTE_MS
/**
 * Timer that fires once the platform’s clock has passed the time of an event, for clocks that tick in steps of more
 * than a minute.
 */
const CATCH_UP = 'proof'
const CATCH_UP_AHEAD_MS = MINUTE_MS / 2
/** A desk without events for this long stops its clock, and starts it again with the next event. */
const IDLE_MS = 60 * MINUTE_MS
/**
 * How far the desk’s time may be ahead of the platform’s clock. The clock ticks every few seconds, which are minutes in
 * a simulation.
 */
const AHEAD_MAX_MS = 10 * MINUTE_MS

interface Timers {
  setTimer(name: string, at: number): void
}

/**
 * Returns the desk’s time in ms: the later of the platform’s clock and the latest event time, but at most
 * `AHEAD_MAX_MS` ahead of the clock. By event times alone, a call system whose clock is fast would prolong every offer,
 * and a late event would end its offer at once.
 */
export function deskTime(state: KeyedState): number {
  const [passed, latest] = state.get(clockKind, '')!
  return Math.min(Math.max(passed!, latest!), passed! + AHEAD_MAX_MS)
}

export function advanceClock(state: KeyedState & Timers, at: number): void {
  const [passed, latest] = runningClock(state, at)
  state.put(clockKind, '', Float64Array.of(passed, Math.max(latest, at)))
  if (at > passed + CATCH_UP_AHEAD_MS && at > latest) state.setTimer(CATCH_UP, at)
}

/** Handles a desk timer that has fired: the platform’s clock has passed `at`. */
export function onClockTimer(state: KeyedState & Timers, name: string, at: number): void {
  const [passed, latest] = runningClock(state, at)
  if (name === HEARTBEAT && at > latest + IDLE_MS) {
    state.delete(clockKind, '')
    return
  }
  const now = Math.max(passed, at)
  state.put(clockKind, '', Float64Array.of(now, latest))
  if (name === HEARTBEAT) state.setTimer(HEARTBEAT, now + HEARTBEAT_MS)
}

function runningClock(state: KeyedState & Timers, at: number): readonly [passed: number, latest: number] {
  const clock = state.get(clockKind, '')
  if (clock !== undefined) return [clock[0]!, clock[1]!]
  state.setTimer(HEARTBEAT, at + HEARTBEAT_MS)
  return [at, at]
}
