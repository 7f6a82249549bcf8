import type { Fetcher, RecordBatch, TopicPartition } from '../../kafka/client.ts'
import { createErasureGuard, type ErasureGuard } from '../personal-data/erasure-guard.ts'
import {
  activeChannels,
  messageOf,
  sources,
  accepts,
  type ActiveChannel,
  type Message,
} from '../../deliveries/message.ts'
import { digestDue } from '../../deliveries/mail/digest-due.ts'
import { channelSetting } from '../../processors/deliveries/channel-setting.ts'
import { addDeliveries, type NewDelivery } from '../../store/deliveries/deliveries.ts'
import { advancePosition, type ReadRange } from '../../store/positions.ts'
import { everySettingVersion } from '../../store/versioned-settings.ts'
import { createEventReader } from '../../streams/input/event-reader.ts'
import { lagOfAll } from '../../streams/lag.ts'
import { createSleeper } from '../../streams/task/loop.ts'
import type { PartitionOptions, PartitionReader } from '../readers/partition-readers.ts'
import { readingStart, type Reader, type ReadingStart } from '../readers/reading-start.ts'

export const QUEUE: Reader = { keeper: 'deliveries', displayName: 'The queue of deliveries' }

export interface QueueReaderOptions extends PartitionOptions {
  /** Called after deliveries were added to the queue. */
  readonly onEnqueued: () => void
}

type Source = (typeof sources)[number]
type ReceivedMessage = readonly [message: Message, publishedAt: number]

const BACK_OFF_MS = 2_000
const IDLE_MS = 1_000
const EVENTS_PER_TURN_MAX = 2_000

/** Copies one partition of the source topics to the queue. The position is stored in the same transaction. */
export function startQueueReader(options: QueueReaderOptions): PartitionReader {
  const stopping = new AbortController()
  const sleeper = createSleeper(stopping.signal)
  const readers = sources.map((source) => createSourceReader(options, source))

  async function work(): Promise<void> {
    while (!stopping.signal.aborted) {
      sleeper.beginTurn()
      let read = false
      for (const reader of readers) if (!stopping.signal.aborted) read = (await reader.read()) || read
      if (!read) await sleeper.sleep(IDLE_MS)
    }
    readers.forEach((reader) => reader.close())
  }

  const working = work()
  return {
    lag: () => lagOfAll(readers),
    wake: sleeper.wake,
    stop() {
      stopping.abort()
      return working
    },
  }
}

/** Reads one partition of one topic. After a failure it backs off without stopping the other readers. */
function createSourceReader(options: QueueReaderOptions, source: Source) {
  const { partition, fetcher, health, log } = options
  const topic = options.naming.topic(source.topic)
  const at = { topic, partition }
  const piece = `Reading partition ${partition} of ${source.topic.name}`
  const readMessage = createMessageReader(options, source)
  const guard = createErasureGuard()
  let start: ReadingStart | undefined
  let backingOffUntil = 0

  async function advance(): Promise<boolean> {
    if (start === undefined) {
      start = await readingStart(QUEUE, options, topic)
      await fetcher.assign(at, start.offset, start.topicId)
    }
    const received = take(fetcher, at, readMessage)
    const to = fetcher.position(topic, partition)
    const failing = fetcher.failing(topic, partition)
    if (failing !== undefined) throw failing
    if (to > start.offset) {
      const range: ReadRange = { ...at, from: start.offset, to, topicId: start.topicId }
      await enqueue(options, range, received, guard)
      start = { ...start, offset: to }
    }
    health.worked(piece)
    return received.length > 0
  }

  return {
    async read(): Promise<boolean> {
      if (backingOffUntil > performance.now()) return false
      try {
        return await advance()
      } catch (error) {
        start = undefined
        fetcher.unassign(at)
        backingOffUntil = performance.now() + BACK_OFF_MS
        health.failed(piece, error)
        log('warn', 'Alerts can’t be read into the queue and are tried again', {
          topic: source.topic.name,
          partition,
          error,
        })
        return false
      }
    },
    lag() {
      const end = fetcher.endOffset(topic, partition)
      return start === undefined || end === undefined ? undefined : Math.max(0, end - start.offset)
    },
    close() {
      fetcher.unassign(at)
      health.worked(piece)
    },
  }
}

/** Takes the messages that have arrived, up to the size of a turn. */
function take(fetcher: Fetcher, { topic, partition }: TopicPartition, readMessage: MessageReader): ReceivedMessage[] {
  const received: ReceivedMessage[] = []
  while (received.length < EVENTS_PER_TURN_MAX) {
    const batch = fetcher.take(topic, partition)
    if (batch === undefined) break
    for (let index = 0; index < batch.count; index++) {
      const message = readMessage(batch, index)
      if (message !== undefined) received.push([message, batch.timestamps[index]!])
    }
  }
  return received
}

type MessageReader = (batch: RecordBatch, index: number) => Message | undefined

/**
 * Returns a function that turns a record into a message; `undefined` for a tombstone or an unreadable record. The
 * latter is logged and does not stop the others.
 */
function createMessageReader({ registry, partitionCount, log }: QueueReaderOptions, source: Source): MessageReader {
  const readEvent = createEventReader(source.topic, registry, partitionCount)
  return (batch, index) => {
    if (batch.valueLengths[index]! < 0) return undefined
    const reading = readEvent(batch, index)
    if (reading.kind === 'event' || reading.kind === 'misplaced') return messageOf(source, reading.event)
    if (reading.kind === 'refused')
      log('error', 'A record can’t be decoded and is delivered to no channel', {
        topic: source.topic.name,
        partition: batch.partition,
        offset: batch.offsets[index],
        error: reading.error,
      })
    return undefined
  }
}

/**
 * Adds the deliveries of messages. The channels are read in the same transaction, so that a channel added before the
 * event was published never misses it.
 */
async function enqueue(
  { database, onEnqueued }: QueueReaderOptions,
  range: ReadRange,
  received: readonly ReceivedMessage[],
  guard: ErasureGuard,
): Promise<void> {
  let count = 0
  await advancePosition(database, 'deliveries', range, async (transaction) => {
    if (received.length === 0) return
    const channels = activeChannels(await everySettingVersion(transaction, channelSetting))
    const erased = await guard.current(transaction)
    const permitted = received.filter(([{ record }, publishedAt]) => !erased.covers(record, publishedAt))
    const deliveries = permitted.flatMap(([message, publishedAt]) =>
      channels
        .filter((channel) => accepts(channel, message, publishedAt))
        .map((channel) => deliveryOf(channel, message)),
    )
    count = deliveries.length
    await addDeliveries(transaction, deliveries)
  })
  if (count > 0) onEnqueued()
}

function deliveryOf({ name, value: { email } }: ActiveChannel, message: Message): NewDelivery {
  const { id: messageId, occurredAt, ...about } = message
  const now = Date.now()
  const due = email === null ? now : digestDue(email, now)
  return {
    ...about,
    channel: name,
    messageId,
    occurredAt: new Date(occurredAt),
    dueAt: due === now ? undefined : new Date(due),
  }
}
