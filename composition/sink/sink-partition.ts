import { recordProgress } from '../../store/operations/sink-progress.ts'
import { lagOfAll } from '../../streams/lag.ts'
import { createSleeper, pause } from '../../streams/task/loop.ts'
import { sinkTopics, writerOf } from '../../subjects/subjects.ts'
import { createReadingProgress } from '../../streams/reading-progress.ts'
import type { PartitionOptions, PartitionReader } from '../readers/partition-readers.ts'
import { createSinkTopic, type SinkTopic } from './sink-topic.ts'

const BACK_OFF_MS = 2_000
/**
 * Number of events below which writes pause for `PACE_MS`. A transaction costs seven statements and a disk write,
 * however few its rows, so sparse events are gathered to leave the database to its readers. The first event after a
 * pause is written at once.
 */
const EVENTS_WORTH_A_TRANSACTION = 500
const PACE_MS = 200
/** Intervals for reporting the progress of the database: with events to write, and without. */
const PROGRESS_MS = 1_000
const IDLE_PROGRESS_MS = 2_000

/**
 * Writes one partition of every sink topic, from the positions stored in the database. A topic that can't be read does
 * not stop the others; a database failure restarts all of them.
 */
export function startPartitionWriter(options: PartitionOptions): PartitionReader {
  const { partition, database, log, health } = options
  const topics = sinkTopics.map((topic) => createSinkTopic(options, topic))
  const decisive = topics.filter((_, place) => writerOf(sinkTopics[place]!).decisive === true)
  const stopping = new AbortController()
  const sleeper = createSleeper(stopping.signal)
  const whole = `Writing partition ${partition}`
  let progress = createReadingProgress()
  let decisiveProgress = createReadingProgress()
  let progressAt = 0

  /** Writes a batch of each topic and returns the number of events. */
  async function writeAll(): Promise<number> {
    let events = 0
    for (const topic of topics) {
      if (stopping.signal.aborted) break
      events += await topic.write()
    }
    return events
  }

  /** Saves positions that only control records have advanced, and reports the progress of the database. */
  async function reportIfDue(everyMs: number): Promise<void> {
    if (performance.now() - progressAt < everyMs) return
    progressAt = performance.now()
    for (const topic of topics) {
      if (stopping.signal.aborted) break
      await topic.savePosition()
    }
    const reached = { asOf: reachedBy(topics, progress), decisiveAsOf: reachedBy(decisive, decisiveProgress) }
    if (reached.asOf === undefined && reached.decisiveAsOf === undefined) return
    await recordProgress(database, partition, reached)
    if (reached.asOf !== undefined) health.worked(whole)
  }

  async function work(): Promise<void> {
    // Clears the progress first, so that a partition that never advances counts as unknown.
    await recordProgress(database, partition, {})
    while (!stopping.signal.aborted) {
      sleeper.beginTurn()
      const events = await writeAll()
      if (events > 0) health.worked(whole)
      await reportIfDue(events > 0 ? PROGRESS_MS : IDLE_PROGRESS_MS)
      if (events === 0) await sleeper.sleep(IDLE_PROGRESS_MS)
      else if (events < EVENTS_WORTH_A_TRANSACTION) await pause(PACE_MS, stopping.signal)
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await work()
      } catch (error) {
        if (stopping.signal.aborted) break
        health.failed(whole, error)
        log('warn', 'The sink of a partition restarts', { partition, error })
        topics.forEach((topic) => topic.restart())
        progress = createReadingProgress()
        decisiveProgress = createReadingProgress()
        await pause(BACK_OFF_MS, stopping.signal)
      }
    }
    topics.forEach((topic) => topic.close())
    health.worked(whole)
  }

  const running = run()
  return {
    lag: () => lagOfAll(topics),
    wake: sleeper.wake,
    stop() {
      stopping.abort()
      return running
    },
  }
}

/** Returns the time up to which all these topics are written; `undefined` if unknown. */
function reachedBy(topics: readonly SinkTopic[], progress: ReturnType<typeof createReadingProgress>): Date | undefined {
  const places = topics.map((topic) => topic.progress()).filter((one) => one !== undefined)
  const at = places.length < topics.length ? undefined : progress(places)
  return at === undefined ? undefined : new Date(at)
}
