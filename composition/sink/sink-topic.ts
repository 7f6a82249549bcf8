import type { Fetcher, RecordBatch } from '../../kafka/client.ts'
import { KafkaError } from '../../kafka/errors.ts'
import { keepsLatest, type Topic } from '../../schemas/topic.ts'
import { advancePosition } from '../../store/positions.ts'
import type { Reader as DatabaseReader } from '../../store/database.ts'
import { applyBatch, type Permitted } from '../../store/sink/sink.ts'
import type { SinkEvent } from '../../store/sink/writer.ts'
import type { ErasedPersons } from '../../streams/erasure/erased-persons.ts'
import { createMergeGuard } from '../customers/merge-guard.ts'
import { presentRecord } from '../../schemas/platform/present-names.ts'
import { createErasureGuard } from '../personal-data/erasure-guard.ts'
import { createDeadLetters, type Refused } from '../../streams/input/dead-letter.ts'
import { createEventReader, type EventReader } from '../../streams/input/event-reader.ts'
import { TopicReplacedError } from '../../streams/input/replaced-topics.ts'
import { processors, writerOf } from '../../subjects/subjects.ts'
import type { ReadingPosition } from '../../streams/reading-progress.ts'
import type { PartitionOptions } from '../readers/partition-readers.ts'
import { readingStart, type Reader, type ReadingStart } from '../readers/reading-start.ts'

export const SINK: Reader = { keeper: 'sink', displayName: 'The sink' }
/** Processor name and version in the sink's dead letters. */
export const SINK_AUTHOR = { name: 'sink', version: 1 }

/**
 * Writes one partition of one topic to the database. Backs off if the topic can't be read or was recreated; throws
 * database failures.
 */
export interface SinkTopic {
  /** Writes a batch and returns the number of events. */
  write(): Promise<number>
  /** Saves a position that only control records have advanced, and reports whether the topic can be read. */
  savePosition(): Promise<void>
  /** Returns the reading position; `undefined` before the start and after a failure. */
  progress(): ReadingPosition | undefined
  /** Lag in records; `undefined` until known. */
  lag(): number | undefined
  /** Makes the next turn start from the position in the database. */
  restart(): void
  close(): void
}

/** Maximum events per batch. Larger batches skip more rows that a later event would replace. */
const EVENTS_PER_BATCH_MAX = 10_000
const BYTES_PER_BATCH_MAX = 8 << 20
const BACK_OFF_MS = 2_000

export function createSinkTopic(options: PartitionOptions, topic: Topic): SinkTopic {
  const { partition, fetcher, database, naming, registry, log, health } = options
  const name = naming.topic(topic)
  const at = { topic: name, partition }
  const piece = `Partition ${partition} of ${topic.name}`
  const reader = createEventReader(topic, registry, options.partitionCount)
  const permitted = permittedOf(topic)
  const deadLettersOf = isReportedBySink(topic) ? createDeadLetters(SINK_AUTHOR, naming, registry) : undefined
  /** Position in the database. */
  let start: ReadingStart | undefined
  let backingOffUntil = 0
  let writing = false

  async function attempt(work: (start: ReadingStart) => Promise<number>): Promise<number> {
    if (backingOffUntil > performance.now()) return 0
    try {
      start ??= await resume(options, name)
      return await work(start)
    } catch (error) {
      if (!(error instanceof KafkaError || error instanceof TopicReplacedError)) throw error
      start = undefined
      fetcher.unassign(at)
      backingOffUntil = performance.now() + BACK_OFF_MS
      health.failed(piece, error)
      log('warn', 'A topic can’t be read and is tried again', { topic: topic.name, partition, error })
      return 0
    }
  }

  async function write({ offset: from, topicId }: ReadingStart): Promise<number> {
    const { events, refused, lastTo } = takeEvents(fetcher, name, partition, reader)
    const deadLetters = deadLettersOf?.(refused, Date.now()) ?? []
    const to = fetcher.peek(name, partition) === undefined ? fetcher.position(name, partition) : (lastTo ?? from)
    if (to <= from || (events.length === 0 && deadLetters.length === 0)) return 0
    writing = true
    try {
      await applyBatch(database, writerOf(topic), { ...at, from, to, events, deadLetters, topicId, permitted })
    } finally {
      writing = false
    }
    start = { offset: to, topicId }
    return events.length
  }

  async function savePosition({ offset: from, topicId }: ReadingStart): Promise<number> {
    const failing = fetcher.failing(name, partition)
    if (failing !== undefined) health.failed(piece, failing)
    else if (fetcher.lastResponseAt(name, partition) !== undefined) health.worked(piece)
    const to = fetcher.position(name, partition)
    if (to <= from || fetcher.peek(name, partition) !== undefined) return 0
    await advancePosition(database, 'sink', { ...at, from, to, topicId })
    start = { offset: to, topicId }
    return 0
  }

  return {
    write: () => attempt(write),
    savePosition: async () => void (await attempt(savePosition)),
    progress() {
      if (start === undefined) return undefined
      const end = fetcher.endOffset(name, partition)
      return { written: start.offset, end, lastResponseAt: fetcher.lastResponseAt(name, partition) }
    },
    lag() {
      const end = fetcher.endOffset(name, partition)
      if (start === undefined || end === undefined) return undefined
      return Math.max(0, end - fetcher.position(name, partition)) + (writing ? 1 : 0)
    },
    restart: () => void (start = undefined),
    close() {
      fetcher.unassign(at)
      health.worked(piece)
    },
  }
}

/** Returns a function that tells a transaction what it may write of the topic. */
function permittedOf(topic: Topic): (transaction: DatabaseReader) => Promise<Permitted> {
  const guard = createErasureGuard()
  const merges = createMergeGuard()
  return async (transaction) => permittedBy(await guard.current(transaction), await merges.current(transaction), topic)
}

function permittedBy(erased: ErasedPersons, rootOf: ((id: string) => string) | undefined, topic: Topic): Permitted {
  return {
    present: (event) => (rootOf === undefined ? event : presentEvent(topic, event, rootOf)),
    event: ({ key, value, writtenAt = 0 }) => !erased.coversRecord(topic, key, value, writtenAt),
    deadLetter: ({ key, occurredAt }) => key === null || !erased.covers(key.toString(), occurredAt),
  }
}

/** Returns the event under the present ids of merged customers. */
export function presentEvent(topic: Topic, event: SinkEvent, rootOf: (id: string) => string): SinkEvent {
  const isOfCustomer = (topic.persons ?? { by: 'key' }).by === 'key'
  const isResult = isOfCustomer && topic.role === 'output' && keepsLatest(topic)
  return {
    ...event,
    ...presentRecord(topic.persons, event, rootOf),
    // It was published of half a customer.
    ...(isResult && rootOf(event.key) !== event.key ? { isOfFormer: true } : {}),
  }
}

/** Starts to read from the position in the database, discarding everything fetched before. */
async function resume(options: PartitionOptions, topic: string): Promise<ReadingStart> {
  const { partition, fetcher } = options
  const start = await readingStart(SINK, options, topic)
  await fetcher.assign({ topic, partition }, start.offset, start.topicId)
  return start
}

/** Returns whether the sink must report unreadable events of the topic, because no processor reads it. */
function isReportedBySink(topic: Topic): boolean {
  const isRead = processors.some(({ inputs }) => inputs.some((one) => one.topic === topic))
  return topic.role === 'input' && !isRead
}

interface PolledEvents {
  readonly events: SinkEvent[]
  readonly refused: Refused[]
  /** Offset after the last record taken; `undefined` if none was taken. */
  lastTo: number | undefined
}

/** Takes the events that have arrived, up to the size of a batch. */
function takeEvents(fetcher: Fetcher, name: string, partition: number, reader: EventReader): PolledEvents {
  const taken: PolledEvents = { events: [], refused: [], lastTo: undefined }
  for (let bytes = 0; ;) {
    const next = fetcher.peek(name, partition)
    if (next === undefined) return taken
    bytes += next.bytes.length
    const isTooMuch = taken.events.length + next.count > EVENTS_PER_BATCH_MAX || bytes > BYTES_PER_BATCH_MAX
    if (taken.lastTo !== undefined && isTooMuch) return taken
    take(fetcher.take(name, partition)!, reader, taken)
  }
}

/**
 * Reads the events that processors accept; a record that they reject is their dead letter. Misplaced events are
 * accepted, since row versions decide which event is newest.
 */
function take(batch: RecordBatch, reader: EventReader, taken: PolledEvents): void {
  for (let index = 0; index < batch.count; index++) {
    const reading = reader(batch, index)
    taken.lastTo = batch.offsets[index]! + 1
    if (reading.kind === 'refused') taken.refused.push({ record: { batch, index }, error: reading.error })
    if (reading.kind !== 'event' && reading.kind !== 'misplaced') continue
    const { key, event, offset } = reading
    taken.events.push({ key, value: event, offset, writtenAt: batch.timestamps[index]! })
  }
}
