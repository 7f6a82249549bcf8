import { setTimeout } from 'node:timers/promises'
import { DAY_MS } from '../schemas/durations.ts'
import { shanghaiMidnight } from './calendar.ts'
import type { Arrival } from './emit.ts'
import { run, type RunOptions } from './run.ts'
import type { Truth } from './truth.ts'

export type { Arrival } from './emit.ts'

export interface WorldOptions {
  /** Equal seeds and options give identical worlds, bit for bit. */
  readonly seed: string
  /** Start of the world, ms; moved back to the preceding midnight in Shanghai. */
  readonly startAt: number
  readonly customers?: number
  readonly salespeople?: number
  readonly teams?: number
}

export interface LiveOptions {
  /** Time to continue from, ms: arrivals at this time or later are published. */
  readonly from: number
  /** Speed relative to the wall clock until the world has caught up with it; it never runs ahead. */
  readonly speed?: number
  readonly signal?: AbortSignal
  /** Wall clock and wait, replaceable for tests. */
  readonly now?: () => number
  readonly wait?: (delayMs: number, signal?: AbortSignal) => Promise<unknown>
}

/**
 * A simulated bank: its customers, salespeople and everything they do. A world is stateless: its options determine it
 * completely.
 */
export interface World {
  readonly options: Required<WorldOptions>
  /** Yields the arrivals in [from, to) in order. Adjoining periods give the same arrivals as one period over both. */
  history(from: number, to: number): Generator<Arrival>
  /** Yields the same stream in real time; ends when the signal aborts. */
  live(options: LiveOptions): AsyncGenerator<Arrival>
  /** Returns the ground truth at the end of the last whole day before `until`. */
  truth(until: number): Truth
}

export function createWorld(given: WorldOptions): World {
  const { seed, customers = 600, salespeople = 30, teams = 6 } = given
  for (const [name, size] of Object.entries({ customers, salespeople, teams })) {
    if (!Number.isInteger(size) || size < 1)
      throw new RangeError(`A world needs a whole number of ${name}, at least one; got ${size}.`)
  }
  if (!Number.isFinite(given.startAt)) throw new RangeError(`A world needs a time to start at; got ${given.startAt}.`)
  const options = { seed, customers, salespeople, teams, startAt: shanghaiMidnight(given.startAt) }
  return {
    options,
    *history(from, to) {
      for (const arrival of arrivalsFrom(options, from)) {
        if (arrival.arrivesAt >= to) return
        yield arrival
      }
    },
    live: (live) => liveArrivals(options, live),
    truth: (until) => truthUntil(options, until),
  }
}

/** Yields the arrivals from a time on. Earlier days are simulated without publishing, to reach the world's state. */
function* arrivalsFrom(options: RunOptions, from: number): Generator<Arrival> {
  for (const day of run(options)) {
    if (day.endAt <= from) continue
    for (const arrival of day.arrivals) if (arrival.arrivesAt >= from) yield arrival
  }
}

async function* liveArrivals(
  options: RunOptions,
  { from, speed = 1, signal, now = Date.now, wait = waitMs }: LiveOptions,
): AsyncGenerator<Arrival> {
  if (!(speed > 0)) throw new RangeError(`The speed must be positive; got ${speed}.`)
  const begunAt = now()
  for (const arrival of arrivalsFrom(options, from)) {
    // Due when the accelerated world has reached the arrival, but never before its own time on the wall clock.
    const dueAt = Math.max(arrival.arrivesAt, begunAt + (arrival.arrivesAt - from) / speed)
    for (let left = dueAt - now(); left > 0; left = dueAt - now()) {
      if (signal?.aborted === true) return
      await wait(left, signal)
    }
    if (signal?.aborted === true) return
    yield arrival
  }
}

/**
 * Resolves at the end of the wait or when the signal aborts, whichever comes first. Waits are capped at an hour, since
 * timers are limited to 24 days.
 */
async function waitMs(delayMs: number, signal?: AbortSignal): Promise<void> {
  await setTimeout(Math.min(delayMs, 3_600_000), undefined, signal === undefined ? {} : { signal }).catch(
    (error: Error) => {
      if (error.name !== 'AbortError') throw error
    },
  )
}

function truthUntil(options: RunOptions, until: number): Truth {
  if (!(until >= options.startAt + DAY_MS)) throw new RangeError('The world has not lived through a whole day by then.')
  // Stops at that day, since the truth reads the run's mutable state.
  for (const day of run(options)) if (day.endAt + DAY_MS > until) return day.truth()
  throw new Error('A run has no end.')
}
