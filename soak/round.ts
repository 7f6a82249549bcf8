import { setTimeout as delay } from 'node:timers/promises'
import type { EventSource } from './events.ts'
import type { FaultTarget } from './fault.ts'
import type { Round } from './schedule.ts'
import { until } from './until.ts'

export interface RoundResult {
  readonly round: Round
  /** Description of the fault, its target, and its observed effect. */
  readonly done: string
  /** Events published in this round. */
  readonly events: number
  /** Events written outside the partition of their key. */
  readonly misplaced: number
  /** Number of times that processes ended, by the fault or after it. */
  readonly ends: number
  /** Number of task sessions that failed and were restarted. */
  readonly restarts: number
  readonly durationMs: number
  /** Time from the end of the load until all results had arrived and were checked. */
  readonly settledMs: number
  readonly stalls: Stalls
  /** Empty if nothing was lost or duplicated. */
  readonly problems: readonly string[]
}

/**
 * The longest gap without output, from the start of the fault until everything is repaired and works again. `undefined`
 * if it was not measured.
 */
export interface Stalls {
  /** Gap between answers with 202 to requests with events. */
  readonly answeredMs: number | undefined
  /** Gap between transactions committed by processors. */
  readonly committedMs: number | undefined
  /** Gap between back-to-back transactions of the platform's client across all brokers. */
  readonly clientMs: number | undefined
  /** The same for Java's client. */
  readonly javaMs: number | undefined
}

const NOT_MEASURED: Stalls = { answeredMs: undefined, committedMs: undefined, clientMs: undefined, javaMs: undefined }

const PROGRESS_MS_MAX = 90_000
const RESTARTED = /restarts after a failure/

/**
 * Inflicts the fault while the load runs: waits for progress, inflicts, repairs, and waits for progress again. Returns
 * a function that describes what was done, to be called when everything has settled. Throws if the platform does not
 * recover.
 */
export async function injectFault(
  scene: FaultTarget,
  round: Round,
): Promise<{ readonly done: () => string; readonly stalls: Stalls }> {
  const { fleet, checks, load, clocks } = scene
  async function progressed(what: string): Promise<void> {
    const there = await checks.progress()
    await until(async () => (await checks.progress()) > there, { what, timeoutMs: PROGRESS_MS_MAX, pollMs: 100 })
  }
  await fleet.scale(round.processes)
  await progressed('progress before the fault')
  await delay(round.leadMs)
  const begunAt = Date.now()
  const done = await round.fault.inject(scene, round.plan)
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

/** Runs one round: load, fault, repair, end of the load. Then every result must have arrived exactly once. */
export async function runRound(scene: FaultTarget, events: EventSource, round: Round): Promise<RoundResult> {
  const { fleet, load, checks } = scene
  const startedAt = performance.now()
  const eventsBefore = events.tally().count
  const misplacedBefore = load.misplaced()
  let injected = { done: () => '', stalls: NOT_MEASURED }
  let problems: readonly string[] = []
  const before = { ends: fleet.ends(), restarts: fleet.logged(RESTARTED) }
  load.resume()
  try {
    injected = await injectFault(scene, round)
  } catch (error) {
    problems = [String(error)]
  }
  await load.pause()
  const pausedAt = performance.now()
  if (problems.length === 0)
    problems = [...load.problems, ...(await checks.untilSettled(events.tally(), load.resentIds))]
  if (problems.length === 0) problems = await fleet.untilHealthy()
  return {
    round,
    done: injected.done(),
    events: events.tally().count - eventsBefore,
    misplaced: load.misplaced() - misplacedBefore,
    ends: fleet.ends() - before.ends,
    restarts: fleet.logged(RESTARTED) - before.restarts,
    durationMs: performance.now() - startedAt,
    settledMs: performance.now() - pausedAt,
    stalls: injected.stalls,
    problems,
  }
}
