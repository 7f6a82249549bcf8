import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DAY_MS } from '../schemas/durations.ts'
import { outcomes } from '../schemas/models/outcomes.ts'
import { topicNamed } from '../subjects/subjects.ts'
import { openDatabase } from '../store/database.ts'
import { createWorld, type Arrival, type World } from '../simulator/world.ts'
import { createHealth } from '../streams/health.ts'
import type { CommandContext } from './context.ts'
import { namingOf, openProducer, openRegistry } from './kafka.ts'
import { createProgress } from './training/progress.ts'
import { createPublisher, type Publisher } from './publisher.ts'
import { createScriptedCalls } from './scripted-calls.ts'
import { databaseUrlOf } from './services.ts'
import type { RunningPart } from './running-part.ts'
import { untilSent } from './until-sent.ts'
import { waitingForKafka } from './waiting-for-kafka.ts'

const BATCH = 500
const HISTORY_BATCH = 1_000
/**
 * Days before the present at which the live part begins, so that a world faster than the clock has something to catch
 * up with.
 */
const LIVE_DAYS = 45

/** Start of the world and how far it has been published: with the seed, its whole state. */
interface SimulatorState {
  readonly seed: number
  readonly customers: number
  readonly startAt: number
  readonly historyTo: number
  readonly toldTo: number
  /** How far the outcomes of the history have been published; not given: as far as the other events. */
  readonly outcomesTo?: number
}

const fileOf = (context: CommandContext) => join(context.config.DATA_DIRECTORY, 'simulator.json')

function loadState(context: CommandContext): SimulatorState {
  const { SIMULATOR_SEED: seed, SIMULATOR_CUSTOMERS: customers, SIMULATOR_HISTORY_DAYS: historyDays } = context.config
  try {
    const state = JSON.parse(readFileSync(fileOf(context), 'utf8')) as SimulatorState
    if (state.seed === seed && state.customers === customers) return state
    throw new Error(
      `${fileOf(context)} keeps a world of seed ${state.seed} with ${state.customers} customers: keep SIMULATOR_SEED and SIMULATOR_CUSTOMERS, or wipe the data.`,
    )
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const historyTo = Date.now() - LIVE_DAYS * DAY_MS
  return { seed, customers, startAt: historyTo - historyDays * DAY_MS, historyTo, toldTo: 0, outcomesTo: 0 }
}

function saveState(context: CommandContext, state: SimulatorState): void {
  writeFileSync(fileOf(context), JSON.stringify(state))
}

function worldOf({ seed, customers, startAt }: SimulatorState): World {
  return createWorld({ seed: String(seed), customers, startAt })
}

/**
 * Publishes the events of the history, unless already published; returns their number. After an interruption it resumes
 * at the last saved batch; events published twice are within the topics' grace period and dropped as duplicates.
 */
export function publishHistory(context: CommandContext): Promise<number> {
  return publishPart(context, {
    title: 'History of the simulated world',
    isIncluded: ({ topic }) => topic !== outcomes.name,
    publishedTo: ({ toldTo }) => toldTo,
    withPublished: (state, toldTo) => ({ ...state, toldTo }),
  })
}

/**
 * Publishes the outcomes of the history likewise, once its events have been scored. As in a real organisation, an
 * outcome then comes later than the scores that it judges; earlier, it would join each of them in turn.
 */
export function publishOutcomes(context: CommandContext): Promise<number> {
  return publishPart(context, {
    title: 'Outcomes of the history',
    isIncluded: ({ topic }) => topic === outcomes.name,
    publishedTo: ({ toldTo, outcomesTo = toldTo }) => outcomesTo,
    withPublished: (state, outcomesTo) => ({ ...state, outcomesTo }),
  })
}

/** A part of the history, and how far it has been published. */
interface HistoryPart {
  readonly title: string
  isIncluded(arrival: Arrival): boolean
  publishedTo(state: SimulatorState): number
  withPublished(state: SimulatorState, publishedTo: number): SimulatorState
}

async function publishPart(context: CommandContext, part: HistoryPart): Promise<number> {
  const state = loadState(context)
  const { historyTo } = state
  const publishedTo = part.publishedTo(state)
  if (publishedTo >= historyTo) return 0
  const world = worldOf(state)
  // Midnight before the start that was asked for.
  const { startAt } = world.options
  const producer = await openProducer(context, 'simulator')
  const publisher = createPublisher(producer, namingOf(context.config), await openRegistry(context.config, context.log))
  const progress = createProgress(part.title, historyTo - startAt, context.log)
  let count = 0
  let batch: Arrival[] = []
  const sending = { what: 'The history of the simulated world', log: context.log, signal: context.stopped }
  const save = async (to: number) => {
    if (!(await untilSent(() => publish(publisher, batch), sending))) return
    saveState(context, part.withPublished(state, to))
    count += batch.length
    batch = []
    progress.update(to - startAt)
  }
  try {
    for (const arrival of world.history(Math.max(startAt, publishedTo), historyTo)) {
      if (part.isIncluded(arrival)) batch.push(arrival)
      if (batch.length === HISTORY_BATCH) await save(arrival.arrivesAt)
      if (context.stopped.aborted) return count
    }
    await save(historyTo)
    return count
  } finally {
    progress.stop()
    await producer.close()
  }
}

/** Starts the live world from where it was left, at the speed of its clock. */
export async function startSimulator(
  context: CommandContext,
): Promise<RunningPart & Required<Pick<RunningPart, 'simulatedClock'>>> {
  const state = loadState(context)
  const producer = await openProducer(context, 'simulator')
  const publisher = createPublisher(producer, namingOf(context.config), await openRegistry(context.config, context.log))
  const database = openDatabase({
    url: databaseUrlOf(context.config),
    poolMax: 2,
    applicationName: 'scoreline-simulator',
  })
  const scriptedCalls = createScriptedCalls(database, publisher, context.log)
  const stopping = new AbortController()
  const health = createHealth()
  const sending = { what: 'The simulated world', log: context.log, health, signal: stopping.signal }
  let last = state.toldTo
  const running = (async () => {
    const live = worldOf(state).live({ from: last, speed: context.config.SIMULATOR_SPEED, signal: stopping.signal })
    try {
      await scriptedCalls.prepare()
      for await (const arrivals of gathered(live, stopping.signal)) {
        const batch: Arrival[] = []
        for (const arrival of arrivals) batch.push(await scriptedCalls.withChosenScript(arrival))
        if (!(await untilSent(() => publish(publisher, batch), sending))) return
        last = batch.at(-1)!.arrivesAt
        saveState(context, { ...state, toldTo: last })
      }
    } catch (error) {
      if (!stopping.signal.aborted) context.fail(error as Error)
    }
  })()
  return {
    name: 'simulator',
    simulatedClock: () => ({ now: last, speed: context.config.SIMULATOR_SPEED }),
    trouble: () => waitingForKafka('The simulated world', producer.waitingMs()) ?? health.trouble(),
    async stop() {
      stopping.abort()
      await producer.close()
      await running
      await database.destroy()
    },
  }
}

/** Batches arrivals that are available at the same time. */
async function* gathered(arrivals: AsyncGenerator<Arrival>, signal: AbortSignal): AsyncGenerator<Arrival[]> {
  let next = arrivals.next()
  for (;;) {
    const first = await next
    if (first.done === true) return
    const batch = [first.value]
    for (;;) {
      next = arrivals.next()
      const soon = await Promise.race([
        next,
        new Promise<undefined>((resolve) => setImmediate(() => resolve(undefined))),
      ])
      if (soon === undefined || soon.done === true || batch.length >= BATCH || signal.aborted) break
      batch.push(soon.value)
    }
    yield batch
  }
}

async function publish(publisher: Publisher, arrivals: readonly Arrival[]): Promise<void> {
  const sends = [...Map.groupBy(arrivals, ({ topic }) => topic)].map(([name, list]) => {
    const topic = topicNamed(name)
    if (topic === undefined) throw new Error(`The simulator emits to a topic ${name} that does not exist.`)
    return publisher.publish(
      topic,
      list.map(({ event }) => event),
    )
  })
  await Promise.all(sends)
}
