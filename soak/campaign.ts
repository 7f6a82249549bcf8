import { createChecks } from './checks.ts'
import { createEvents, type EventSource } from './events.ts'
import type { FaultTarget } from './fault.ts'
import { createLoad, type Load } from './load.ts'
import { startFleet, type Fleet } from './processes.ts'
import { prove } from './prover.ts'
import { runRound, type RoundResult } from './round.ts'
import type { Round } from './schedule.ts'
import { openStage, type BrokerCount, type Stage } from './stage.ts'
import { startStallClocksAt } from './stalls/start-stall-clocks.ts'
import type { StallClocks } from './stalls/stall-clocks.ts'

export interface CampaignOptions {
  readonly seed: number
  readonly brokers: BrokerCount
  readonly rounds: readonly Round[]
  readonly eventsPerSecond: number
  /** Partitions of every topic. */
  readonly partitions: number
  readonly stallMs: number
  /**
   * Rounds that share a broker, a database and topics. The prover then compares all of it, and the next rounds start
   * afresh.
   */
  readonly roundsPerDeployment: number
  /** Whether to run the prover, which is slow; tests skip it. */
  readonly verify: boolean
  /** Asked before every round except the first. */
  readonly shouldContinue: () => boolean
  readonly onRound: (result: RoundResult) => void
  readonly log: (line: string) => void
}

/** Longest stall allowed; the time-outs of sessions, requests and transactions are well below. */
const STUCK_MS_MAX = 90_000

export async function runCampaign(options: CampaignOptions): Promise<readonly RoundResult[]> {
  const results: RoundResult[] = []
  const waiting = [...options.rounds]
  while (waiting.length > 0 && (results.length === 0 || options.shouldContinue())) {
    for (const result of await runDeployment(options, waiting)) results.push(result)
  }
  return results
}

/**
 * Runs rounds from the list on one deployment until there are enough of them, or one has failed: after a loss, further
 * rounds prove nothing.
 */
async function runDeployment(options: CampaignOptions, waiting: Round[]): Promise<RoundResult[]> {
  const { seed, brokers, eventsPerSecond, stallMs, roundsPerDeployment, onRound, log } = options
  const stage = await openStage({ brokers, settings: { TOPIC_PARTITIONS: String(options.partitions) } })
  let fleet: Fleet | undefined
  let load: Load | undefined
  let clocks: StallClocks | undefined
  const results: RoundResult[] = []
  const checks = createChecks(stage.context, stage.pool, STUCK_MS_MAX)
  try {
    fleet = startFleet(stage.startProcess)
    const events: EventSource = createEvents(`${seed}-${waiting[0]!.number}`, Date.now() - 3_600_000)
    load = createLoad(stage.context, events, eventsPerSecond)
    clocks = await startClocks(stage)
    const scene: FaultTarget = { stage, fleet, load, clocks, checks, stallMs }
    while (
      waiting.length > 0 &&
      results.length < roundsPerDeployment &&
      (results.length === 0 || options.shouldContinue())
    ) {
      const result = await runRound(scene, events, waiting.shift()!)
      const isLast =
        waiting.length === 0 ||
        results.length + 1 === roundsPerDeployment ||
        !options.shouldContinue() ||
        result.problems.length > 0
      const proof =
        isLast && options.verify ? await prove({ ...stage.environment, ...stage.ownEnvironment }) : undefined
      if (proof !== undefined)
        log(`verify: ${proof.problems.length === 0 ? 'all equal' : 'differences'} ${proof.report.trim()}`)
      const proven = { ...result, problems: [...result.problems, ...(proof?.problems ?? [])] }
      results.push(proven)
      onRound(proven)
      if (proven.problems.length > 0) {
        log(`The logs and the state of everything are left in ${stage.directory}`)
        break
      }
    }
    return results
  } finally {
    clocks?.close()
    await load?.close()
    await fleet?.stop()
    await checks.close()
    await stage.close({ keep: results.some(({ problems }) => problems.length > 0) })
  }
}

/** With three brokers, both clients also run transactions of their own across all of them. */
function startClocks({ cluster, context, directory }: Stage): Promise<StallClocks> | undefined {
  return cluster === undefined ? undefined : startStallClocksAt(cluster, context, directory)
}
