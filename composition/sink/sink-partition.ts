import type { Fetcher, RecordBatch } from '../../kafka/client.ts'
import { KafkaError } from '../../kafka/errors.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import type { Topic } from '../../schemas/topic.ts'
import type { SinkEvent } from '../../store/sink/writer.ts'
import { tellProgress } from '../../store/operations/sink-progress.ts'
import { applyBatch, restartTopic } from '../../store/sink/sink.ts'
import { sinkTopics, writerOf } from '../../subjects/subjects.ts'
import { createEventReader, type EventReader } from '../../streams/input/event-reader.ts'
import type { Health } from '../../streams/health.ts'
import { createSleeper, pause } from '../../streams/task/loop.ts'
import type { Naming } from '../../streams/naming.ts'
import { TopicReplacedError } from '../../streams/input/replaced-topics.ts'
import { createSinkProgress } from './sink-progress.ts'
import { sinkStart, type SinkStart, type SinkStartOptions } from './sink-start.ts'

export interface PartitionWriter {
  /** Records that wait; `undefined` before every topic was asked once. */
  lag(): number | undefined
  wake(): void
  stop(): Promise<void>
}

export interface PartitionWriterOptions extends SinkStartOptions {
  readonly partition: number
  readonly naming: Naming
  readonly fetcher: Fetcher
  readonly registry: Registry
  readonly partitionCount: number
  readonly health: Health
}

const EVENTS_PER_BATCH_MAX = 2_000
const BACK_OFF_MS = 2_000
/** How often the progress of the database is reported. */
const PROGRESS_MS = 1_000

/**
 * Writes one partition of every topic that the sink takes, from the positions that the database itself holds. A topic
 * that can't be read keeps none of the others.
 */
export function startPartitionWriter(options: PartitionWriterOptions): PartitionWriter {
  const { partition, naming, fetcher, database, registry, partitionCount, log, health } = options
  const readers = new Map(sinkTopics.map((topic) => [topic, createEventReader(topic, registry, partitionCount)]))
  const stopping = new AbortController()
  const sleeper = createSleeper(stopping.signal)
  const whole = `Writing partition ${partition}`
  const pieceOf = (topic: Topic) => `Partition ${partition} of ${topic.name}`
  /** Where each topic goes on in the database; a missing one has to be started first. */
  const starts = new Map<Topic, SinkStart>()
  const backingOffUntil = new Map<Topic, number>()
  let progress = createSinkProgress()
  let progressAt = 0
  let writing = false

  /** Takes a topic up where the database says; everything fetched of it before is forgotten. */
  async function takeUp(topic: Topic): Promise<void> {
    const name = naming.topic(topic)
    const start = await sinkStart(options, name, partition)
    await fetcher.assign({ topic: name, partition }, start.offset, start.topicId)
    starts.set(topic, start)
  }

  async function write(topic: Topic): Promise<boolean> {
    const name = naming.topic(topic)
    const events: SinkEvent[] = []
    for (;;) {
      const next = fetcher.peek(name, partition)
      if (next === undefined || (events.length > 0 && events.length + next.count > EVENTS_PER_BATCH_MAX)) break
      for (const event of accepted(fetcher.take(name, partition)!, readers.get(topic)!)) events.push(event)
    }
    const { offset: from, topicId } = starts.get(topic)!
    const last = events.at(-1)
    const to =
      fetcher.peek(name, partition) === undefined
        ? fetcher.position(name, partition)
        : last === undefined
          ? from
          : last.offset + 1
    if (to <= from || events.length === 0) return false
    writing = true
    try {
      await applyBatch(database, writerOf(topic), { topic: name, partition, from, to, events, topicId })
    } finally {
      writing = false
    }
    starts.set(topic, { offset: to, topicId })
    return true
  }

  /** A topic that can't be read, or was recreated, doesn't stop the others; a database failure stops all. */
  async function each(work: (topic: Topic) => Promise<boolean | void>): Promise<boolean> {
    let did = false
    for (const topic of sinkTopics) {
      if (stopping.signal.aborted) break
      if ((backingOffUntil.get(topic) ?? 0) > performance.now()) continue
      try {
        if (!starts.has(topic)) await takeUp(topic)
        did = (await work(topic)) === true || did
      } catch (error) {
        if (!(error instanceof KafkaError || error instanceof TopicReplacedError)) throw error
        starts.delete(topic)
        fetcher.unassign({ topic: naming.topic(topic), partition })
        backingOffUntil.set(topic, performance.now() + BACK_OFF_MS)
        health.failed(pieceOf(topic), error)
        log('warn', `${pieceOf(topic)} can’t be read and is tried again: ${String(error)}`)
      }
    }
    return did
  }

  /** Saves positions that only control records have moved, and reports the progress of the database. */
  async function tell(): Promise<void> {
    if (performance.now() - progressAt < PROGRESS_MS) return
    progressAt = performance.now()
    await each(async (topic) => {
      const at = { topic: naming.topic(topic), partition }
      const failing = fetcher.failing(at.topic, partition)
      if (failing !== undefined) health.failed(pieceOf(topic), failing)
      else if (fetcher.heardAt(at.topic, partition) !== undefined) health.worked(pieceOf(topic))
      const { offset: from, topicId } = starts.get(topic)!
      const to = fetcher.position(at.topic, partition)
      if (to <= from || fetcher.peek(at.topic, partition) !== undefined) return
      await restartTopic(database, { ...at, from, to, topicId })
      starts.set(topic, { offset: to, topicId })
    })
    if (starts.size < sinkTopics.length) return
    const asOf = progress(
      sinkTopics.map((topic) => {
        const name = naming.topic(topic)
        const { offset } = starts.get(topic)!
        return { written: offset, end: fetcher.endOffset(name, partition), heardAt: fetcher.heardAt(name, partition) }
      }),
    )
    if (asOf === undefined) return
    await tellProgress(database, partition, new Date(asOf))
    health.worked(whole)
  }

  async function live(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        while (!stopping.signal.aborted) {
          sleeper.beginTurn()
          const wrote = await each(write)
          if (wrote) health.worked(whole)
          await tell()
          if (!wrote) await sleeper.sleep(PROGRESS_MS)
        }
      } catch (error) {
        if (stopping.signal.aborted) break
        health.failed(whole, error)
        log('warn', `The sink of partition ${partition} restarts: ${String(error)}`)
        starts.clear()
        progress = createSinkProgress()
        await pause(BACK_OFF_MS, stopping.signal)
      }
    }
    for (const topic of sinkTopics) {
      fetcher.unassign({ topic: naming.topic(topic), partition })
      health.worked(pieceOf(topic))
    }
    health.worked(whole)
  }

  function lag(): number | undefined {
    let sum = 0
    for (const topic of sinkTopics) {
      const name = naming.topic(topic)
      if (!starts.has(topic)) return undefined
      const end = fetcher.endOffset(name, partition)
      if (end === undefined) return undefined
      sum += Math.max(0, end - fetcher.position(name, partition))
    }
    return writing ? sum + 1 : sum
  }

  const life = live()
  return {
    lag,
    wake: sleeper.wake,
    stop() {
      stopping.abort()
      return life
    },
  }
}

/**
 * Reads what the processors accept; a record that they reject is a dead letter. Row versions decide which is newest,
 * so an event may be in any partition.
 */
function accepted(batch: RecordBatch, reader: EventReader): SinkEvent[] {
  const events: SinkEvent[] = []
  for (let index = 0; index < batch.count; index++) {
    const reading = reader(batch, index)
    if (reading.kind !== 'event' && reading.kind !== 'misplaced') continue
    const { key, event, offset } = reading
    events.push({ key, value: event, offset })
  }
  return events
}
