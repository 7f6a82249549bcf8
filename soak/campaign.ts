import { createChecks } from './checks.ts'
import { createEvents, type EventSource } from './events.ts'
import type { Scene } from './fault.ts'
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
  /** Of every topic. */
  readonly partitions: number
  readonly stallMs: number
  /**
   * Rounds on one broker, one database and the same topics; then the prover compares all of it, and the next begin
   * afresh.
   */
  readonly roundsPerDeployment: number
  /** The prover takes its time; tests do without. */
  readonly verify: boolean
  /** Asked before each round but the first. */
  readonly goOn: () => boolean
  readonly onRound: (result: RoundResult) => void
  readonly log: (line: string) => void
}

/** Limit of any stall: time-outs of sessions, requests and transactions are well below. */
const STUCK_MS_MAX = 90_000

export async function runCampaign(options: CampaignOptions): Promise<readonly RoundResult[]> {
  const results: RoundResult[] = []
  const waiting = [...options.rounds]
  while (waiting.length > 0 && (results.length === 0 || options.goOn())) {
    for (const result of await runDeployment(options, waiting)) results.push(result)
  }
  return results
}

/** Takes rounds off the list until there are enough, or one has gone wrong: what comes after a loss proves nothing. */
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
    const scene: Scene = { stage, fleet, load, clocks, checks, stallMs }
    while (waiting.length > 0 && results.length < roundsPerDeployment && (results.length === 0 || options.goOn())) {
      const result = await runRound(scene, events, waiting.shift()!)
      const isLast =
        waiting.length === 0 ||
        results.length + 1 === roundsPerDeployment ||
        !options.goOn() ||
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

/** Beside three brokers both clients run transactions of their own, over all of them. */
function startClocks({ cluster, context, directory }: Stage): Promise<StallClocks> | undefined {
  return cluster === undefined ? undefined : startStallClocksAt(cluster, context, directory)
}
