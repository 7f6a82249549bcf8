import { setTimeout as delay } from 'node:timers/promises'
import type { EventSource } from './events.ts'
import type { Scene } from './fault.ts'
import type { Round } from './schedule.ts'
import { until } from './until.ts'

export interface RoundResult {
  readonly round: Round
  /** The fault, its target, and its observed effect. */
  readonly done: string
  /** Events published in this round. */
  readonly events: number
  /** Number of those outside the partition of their key. */
  readonly misplaced: number
  /** Processes that ended, by the fault or after it. */
  readonly ends: number
  /** Runs of tasks that failed and were restarted. */
  readonly restarts: number
  readonly durationMs: number
  /** From the end of the load until everything had come out and was checked. */
  readonly settledMs: number
  readonly stalls: Stalls
  /** Empty: no loss, no double. */
  readonly problems: readonly string[]
}

/**
 * The longest time, from the beginning of the harm until all is repaired and goes on, in which nothing came out.
 * `undefined`: not looked at.
 */
export interface Stalls {
  /** No request with events was answered with 202. */
  readonly answeredMs: number | undefined
  /** No processor committed a transaction. */
  readonly committedMs: number | undefined
  /** The platform's client, in transactions over all brokers back to back. */
  readonly clientMs: number | undefined
  /** Java's client, the same. */
  readonly javaMs: number | undefined
}

const NOT_LOOKED_AT: Stalls = { answeredMs: undefined, committedMs: undefined, clientMs: undefined, javaMs: undefined }

const PROGRESS_MS_MAX = 90_000
const RESTARTED = /restarts after a failure/

/**
 * With the load running: progress, harm, repair, progress again. Returns a function that reports what was done, to be
 * called when everything has settled. Throws when the platform does not go on.
 */
export async function harm(
  scene: Scene,
  round: Round,
): Promise<{ readonly done: () => string; readonly stalls: Stalls }> {
  const { fleet, checks, load, clocks } = scene
  async function progressed(what: string): Promise<void> {
    const there = await checks.progress()
    await until(async () => (await checks.progress()) > there, { what, timeoutMs: PROGRESS_MS_MAX, lookMs: 100 })
  }
  await fleet.scale(round.processes)
  await progressed('progress before the fault')
  await delay(round.leadMs)
  const begunAt = Date.now()
  const done = await round.fault.inflict(scene, round.plan)
  const repairedAt = Date.now()
  await fleet.untilReady()
  await progressed('progress after the fault')
  const watched = [load.answers, fleet.committed, clocks?.ours, clocks?.java]
  for (const moments of watched)
    await until(() => moments?.latest() === undefined || moments.latest()! > repairedAt, {
      what: 'everything to go on',
    })
  const endedAt = Date.now()
  const [answeredMs, committedMs, clientMs, javaMs] = watched.map((moments) => moments?.longestGapMs(begunAt, endedAt))
  return { done: typeof done === 'string' ? () => done : done, stalls: { answeredMs, committedMs, clientMs, javaMs } }
}

/** Load, harm, repair, end of the load; then everything must have come out exactly once. */
export async function runRound(scene: Scene, events: EventSource, round: Round): Promise<RoundResult> {
  const { fleet, load, checks } = scene
  const startedAt = performance.now()
  const eventsBefore = events.tally().count
  const misplacedBefore = load.misplaced()
  let harmed = { done: () => '', stalls: NOT_LOOKED_AT }
  let problems: readonly string[] = []
  const before = { ends: fleet.ends(), restarts: fleet.logged(RESTARTED) }
  load.resume()
  try {
    harmed = await harm(scene, round)
  } catch (error) {
    problems = [String(error)]
  }
  await load.pause()
  const pausedAt = performance.now()
  if (problems.length === 0)
    problems = [...load.problems, ...(await checks.untilSettled(events.tally(), load.resentIds))]
  if (problems.length === 0) problems = await fleet.untilWell()
  return {
    round,
    done: harmed.done(),
    events: events.tally().count - eventsBefore,
    misplaced: load.misplaced() - misplacedBefore,
    ends: fleet.ends() - before.ends,
    restarts: fleet.logged(RESTARTED) - before.restarts,
    durationMs: performance.now() - startedAt,
    settledMs: performance.now() - pausedAt,
    stalls: harmed.stalls,
    problems,
  }
}
