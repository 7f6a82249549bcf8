import { setTimeout } from 'node:timers/promises'
import { DAY_MS } from '../schemas/durations.ts'
import { shanghaiMidnight } from './calendar.ts'
import type { Arrival } from './emit.ts'
import { run, type RunOptions } from './run.ts'
import type { Truth } from './truth.ts'

export type { Arrival } from './emit.ts'

export interface WorldOptions {
  /** The same options give the same world to the last bit. */
  readonly seed: string
  /** When the world begins, ms; moved back to the midnight in Shanghai before it. */
  readonly startAt: number
  readonly customers?: number
  readonly salespeople?: number
  readonly teams?: number
}

export interface LiveOptions {
  /** Continues here, ms: arrivals at this time or later are published. */
  readonly from: number
  /**
   * How many times faster than the wall clock the world runs until it has caught up with it; it never runs ahead of it.
   */
  readonly speed?: number
  readonly signal?: AbortSignal
  /** The wall clock and the wait by it, for tests. */
  readonly now?: () => number
  readonly wait?: (delayMs: number, signal?: AbortSignal) => Promise<unknown>
}

/**
 * A simulated bank: customers, salespeople and all that they do. Nothing is kept between calls; a world is what its
 * options say.
 */
export interface World {
  readonly options: Required<WorldOptions>
  /** What arrives in [from, to), in order of arrival. Adjoining periods give the same as one period over both. */
  history(from: number, to: number): Generator<Arrival>
  /** The same stream as the clock goes on; ends when the signal aborts. */
  live(options: LiveOptions): AsyncGenerator<Arrival>
  /** What is really so at the end of the last whole day before `until`. */
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
    live: (live) => tellLive(options, live),
    truth: (until) => truthUntil(options, until),
  }
}

/** Earlier days are simulated without being published, to reach the world's state. */
function* arrivalsFrom(options: RunOptions, from: number): Generator<Arrival> {
  for (const day of run(options)) {
    if (day.endAt <= from) continue
    for (const arrival of day.arrivals) if (arrival.arrivesAt >= from) yield arrival
  }
}

async function* tellLive(
  options: RunOptions,
  { from, speed = 1, signal, now = Date.now, wait = waitMs }: LiveOptions,
): AsyncGenerator<Arrival> {
  if (!(speed > 0)) throw new RangeError(`The speed must be positive; got ${speed}.`)
  const begunAt = now()
  for (const arrival of arrivalsFrom(options, from)) {
    // Due when the sped-up world has come so far, yet not before it is so late by the wall clock.
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
 * Resolves at the end of the wait or when the signal aborts, whichever comes first; long waits are cut, as timers hold
 * 24 days at most.
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
  // Not a day further: the run's own state is what the truth looks at.
  for (const day of run(options)) if (day.endAt + DAY_MS > until) return day.truth()
  throw new Error('A run has no end.')
}
