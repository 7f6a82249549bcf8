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

/** Load, harm, repair, end of the load; then everything must have come out exactly once. */
export async function runRound(scene: Scene, events: EventSource, load: Load, round: Round): Promise<RoundResult> {
  const { fleet, checks } = scene
  const startedAt = performance.now()
  const eventsBefore = countOf(events)
  const members = () => [...fleet.processors, fleet.sink]
  let problems: readonly string[] = []
  let done = ''
  let settledMs = 0
  let before = { ends: 0, restarts: 0 }
  const seen = () => ({
    ends: members().reduce((sum, member) => sum + member.ends(), 0),
    restarts: members().reduce((sum, member) => sum + member.logged(RESTARTED), 0),
  })

  async function progressed(what: string): Promise<void> {
    const there = await checks.progress()
    await until(async () => (await checks.progress()) > there, { what, timeoutMs: PROGRESS_MS_MAX, lookMs: 100 })
  }

  try {
    await fleet.scale(round.processes)
    before = seen()
    load.resume()
    await progressed('progress before the fault')
    await delay(round.leadMs)
    done = await round.fault.inflict(scene, round.plan)
    await fleet.untilReady()
    await progressed('progress after the fault')
  } catch (error) {
    problems = [String(error)]
  }
  await load.pause()
  const pausedAt = performance.now()
  if (problems.length === 0) {
    problems = await checks.untilSettled(events.tally())
    settledMs = performance.now() - pausedAt
  }
  const after = seen()
  return {
    round,
    done,
    events: countOf(events) - eventsBefore,
    ends: Math.max(0, after.ends - before.ends),
    restarts: Math.max(0, after.restarts - before.restarts),
    durationMs: performance.now() - startedAt,
    settledMs,
    problems,
  }
}

function countOf(events: EventSource): number {
  const { featuredCount, visitCount } = events.tally()
  return featuredCount + visitCount
}
