import { createChecks } from '../../soak/checks.ts'
import { createEvents } from '../../soak/events.ts'
import type { Fault, FaultTarget } from '../../soak/fault.ts'
import { clockSkew } from '../../soak/faults/clock-skew.ts'
import { createLoad, type Load } from '../../soak/load.ts'
import { startFleet, type Fleet } from '../../soak/processes.ts'
import { injectFault } from '../../soak/round.ts'
import { createSchedule } from '../../soak/schedule.ts'
import { openStage, type BrokerCount } from '../../soak/stage.ts'
import { random, type Random } from '../../simulator/random.ts'

const SEED = 20_261
/** The tests share a small machine with others; `npm run soak` has the full load and the full stall. */
const EVENTS_PER_SECOND = 25
/** Most of the brokers' work is for transactions, which the full campaign commits more often. */
const COMMIT_INTERVAL_MS = 500
/** Processors whose output is counted. */
const ONLY = ['customer-features', 'conversion']
/** For one broker; three may need longer to replace a coordinator. A killed process holds up the others for as long. */
const SESSION_TIMEOUT_MS = 3_000
/** Longer than the session timeout, or the stall would do no harm. */
const STALL_MS = 4_500
/**
 * Draws come from the lowest part of their range: the harm is the same, and the waits before and within it are short.
 */
const LOWEST_PART = 0.25
/** Faults whose draws are not waits. */
const DRAWN_IN_FULL: readonly Fault[] = [clockSkew]
const STUCK_MS_MAX = 120_000

/**
 * Inflicts one fault after another under an unbroken load, on its own broker, database and processes. A duplicate or a
 * gap shows after each fault, a loss at the end. Returns what is wrong, by the fault after which it was seen; empty if
 * every event counted once.
 */
export async function inflictEachOnce(
  faults: readonly Fault[],
  { brokers = 1, eventsPerSecond = EVENTS_PER_SECOND }: { brokers?: BrokerCount; eventsPerSecond?: number } = {},
): Promise<readonly string[]> {
  const stage = await openStage({
    brokers,
    settings: {
      TOPIC_PARTITIONS: '2',
      SESSION_TIMEOUT_MS: String(SESSION_TIMEOUT_MS),
      COMMIT_INTERVAL_MS: String(COMMIT_INTERVAL_MS),
    },
    only: ONLY,
  })
  const checks = createChecks(stage.context, stage.pool, STUCK_MS_MAX)
  const events = createEvents(String(SEED), Date.now() - 3_600_000)
  let fleet: Fleet | undefined
  let load: Load | undefined
  try {
    fleet = startFleet(stage.startProcess)
    load = createLoad(stage.context, events, eventsPerSecond)
    const scene: FaultTarget = { stage, fleet, load, clocks: undefined, checks, stallMs: STALL_MS }
    load.resume()
    const done: string[] = []
    for (const round of createSchedule(SEED, faults.length, faults)) {
      const processes = round.fault.processesMin ?? 2
      const harmed = await injectFault(scene, { ...round, processes, leadMs: 0, plan: planFor(round.fault, processes) })
      done.push(`${round.fault.name}: ${harmed.done()}`)
      if (checks.sequences.problems.length > 0) return [...done, ...checks.sequences.problems]
    }
    await load.pause()
    const problems = [...load.problems, ...(await checks.untilSettled(events.tally(), load.resentIds))]
    return problems.length === 0 ? [] : [...done, ...problems]
  } finally {
    await load?.close()
    await fleet?.stop()
    await checks.close()
    await stage.close()
  }
}

function planFor(fault: Fault, processes: number): unknown {
  const part = DRAWN_IN_FULL.includes(fault) ? 1 : LOWEST_PART
  return fault.plan(scaled(random('each-fault-once', SEED), part), processes)
}

function scaled(next: Random, part: number): Random {
  return () => part * next()
}
