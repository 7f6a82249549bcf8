import { setTimeout as delay } from 'node:timers/promises'
import type { Fetcher, RecordBatch } from '../kafka/client.ts'
import type { Registry } from '../schemas/registry.ts'
import type { Topic } from '../schemas/topic.ts'
import type { Database } from '../store/database.ts'
import type { SinkEvent } from '../store/sink/writer.ts'
import { applyBatch, positionsOf, sunkTopics } from '../store/sink.ts'
import { createEventReader, type EventReader } from '../streams/event-reader.ts'
import type { Health } from '../streams/health.ts'
import type { Log } from '../streams/log.ts'
import type { Naming } from '../streams/naming.ts'

export interface PartitionWriter {
  /** Records that wait; `undefined` before every topic was asked once. */
  lag(): number | undefined
  wake(): void
  stop(): Promise<void>
}

export interface PartitionWriterOptions {
  readonly partition: number
  readonly naming: Naming
  readonly fetcher: Fetcher
  readonly database: Database
  readonly registry: Registry
  readonly partitionCount: number
  readonly log: Log
  readonly health: Health
}

const EVENTS_PER_BATCH_MAX = 2_000
const BACK_OFF_MS = 2_000
const IDLE_MS = 5_000

/** Writes one partition of every topic that the sink takes, from the positions that the database itself holds. */
export function startPartitionWriter(options: PartitionWriterOptions): PartitionWriter {
  const { partition, naming, fetcher, database, registry, partitionCount, log, health } = options
  const readers = new Map(sunkTopics.map((topic) => [topic, createEventReader(topic, registry, partitionCount)]))
  const stopping = new AbortController()
  let awake = false
  let writing = false
  let alarm: (() => void) | undefined

  function wake(): void {
    awake = true
    alarm?.()
  }

  async function sleep(): Promise<void> {
    if (awake || stopping.signal.aborted) return
    const timer = new AbortController()
    await Promise.race([
      new Promise<void>((resolve) => (alarm = resolve)),
      delay(IDLE_MS, undefined, { signal: timer.signal }).catch(() => {}),
    ])
    timer.abort()
  }

  /** Takes up where the database says; everything fetched before is forgotten. */
  async function seek(): Promise<Map<Topic, number>> {
    const kept = await positionsOf(database, partition)
    const positions = new Map<Topic, number>()
    for (const topic of sunkTopics) {
      const at = { topic: naming.topic(topic), partition }
      await fetcher.assign(at, kept.get(at.topic) ?? 'earliest')
      positions.set(topic, kept.get(at.topic) ?? fetcher.position(at.topic, partition))
    }
    return positions
  }

  async function write(topic: Topic, positions: Map<Topic, number>): Promise<boolean> {
    const name = naming.topic(topic)
    const events: SinkEvent[] = []
    for (;;) {
      const next = fetcher.peek(name, partition)
      if (next === undefined || (events.length > 0 && events.length + next.count > EVENTS_PER_BATCH_MAX)) break
      for (const event of accepted(fetcher.take(name, partition)!, readers.get(topic)!)) events.push(event)
    }
    const from = positions.get(topic)!
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
      await applyBatch(database, topic, { topic: name, partition, from, to, events })
    } finally {
      writing = false
    }
    positions.set(topic, to)
    return true
  }

  async function live(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        const positions = await seek()
        while (!stopping.signal.aborted) {
          awake = false
          let wrote = false
          for (const topic of sunkTopics) wrote = (await write(topic, positions)) || wrote
          if (wrote || lag() === 0) health.worked(`partition ${partition}`)
          if (!wrote) await sleep()
        }
      } catch (error) {
        if (stopping.signal.aborted) break
        health.failed(`partition ${partition}`, error)
        log('warn', `The sink of partition ${partition} starts anew: ${String(error)}`)
        await delay(BACK_OFF_MS, undefined, { signal: stopping.signal }).catch(() => {})
      }
    }
    for (const topic of sunkTopics) fetcher.unassign({ topic: naming.topic(topic), partition })
  }

  function lag(): number | undefined {
    let sum = 0
    for (const topic of sunkTopics) {
      const name = naming.topic(topic)
      const end = fetcher.endOffset(name, partition)
      if (end === undefined) return undefined
      sum += Math.max(0, end - fetcher.position(name, partition))
    }
    return writing ? sum + 1 : sum
  }

  const life = live()
  return {
    lag,
    wake,
    stop() {
      stopping.abort()
      wake()
      return life
    },
  }
}

/** What the processors take, no more: a record that they refuse is a dead letter, and one in a wrong partition comes again in its own. */
function accepted(batch: RecordBatch, reader: EventReader): SinkEvent[] {
  const events: SinkEvent[] = []
  for (let index = 0; index < batch.count; index++) {
    const reading = reader(batch, index)
    if (reading.kind !== 'event') continue
    const { key, event, offset } = reading
    events.push({ key, value: event, offset })
  }
  return events
}
