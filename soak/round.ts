import { setTimeout as delay } from 'node:timers/promises'
import type { EventSource } from './events.ts'
import type { Scene } from './fault.ts'
import type { Load } from './load.ts'
import type { Round } from './schedule.ts'
import { until } from './until.ts'

export interface RoundResult {
  readonly round: Round
  /** What was done to what, and what could be seen of it. */
  readonly done: string
  /** Events published in this round. */
  readonly events: number
  /** Processes that ended, by the fault or after it. */
  readonly ends: number
  /** Runs of tasks that failed and were begun anew. */
  readonly restarts: number
  readonly durationMs: number
  /** From the end of the load until everything had come out and was checked. */
  readonly settledMs: number
  /** Empty: no loss, no double. */
  readonly problems: readonly string[]
}

const PROGRESS_MS_MAX = 90_000
const RESTARTED = /starts anew after a failure/

/**
 * With the load running: progress, harm, repair, progress again. Gives what tells what was done, to be asked when everything has settled. Throws when the
 * platform does not go on.
 */
export async function harm(scene: Scene, round: Round): Promise<() => string> {
  const { fleet, checks } = scene
  async function progressed(what: string): Promise<void> {
    const there = await checks.progress()
    await until(async () => (await checks.progress()) > there, { what, timeoutMs: PROGRESS_MS_MAX, lookMs: 100 })
  }
  await fleet.scale(round.processes)
  await progressed('progress before the fault')
  await delay(round.leadMs)
  const done = await round.fault.inflict(scene, round.plan)
  await fleet.untilReady()
  await progressed('progress after the fault')
  return typeof done === 'string' ? () => done : done
}

/** Load, harm, repair, end of the load; then everything must have come out exactly once. */
export async function runRound(scene: Scene, events: EventSource, load: Load, round: Round): Promise<RoundResult> {
  const { fleet, checks } = scene
  const startedAt = performance.now()
  const eventsBefore = events.tally().count
  let done = () => ''
  let problems: readonly string[] = []
  const before = { ends: fleet.ends(), restarts: fleet.logged(RESTARTED) }
  load.resume()
  try {
    done = await harm(scene, round)
  } catch (error) {
    problems = [String(error)]
  }
  await load.pause()
  const pausedAt = performance.now()
  if (problems.length === 0) problems = await checks.untilSettled(events.tally())
  return {
    round,
    done: done(),
    events: events.tally().count - eventsBefore,
    ends: fleet.ends() - before.ends,
    restarts: fleet.logged(RESTARTED) - before.restarts,
    durationMs: performance.now() - startedAt,
    settledMs: performance.now() - pausedAt,
    problems,
  }
}
