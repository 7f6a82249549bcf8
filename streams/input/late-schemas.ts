import type { FetcherOptions, Fetcher, KafkaClient, RecordBatch, TopicPartition } from '../../kafka/client.ts'
import type { ReleasedSchema } from '../../schemas/release/released.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import type { Log } from '../log.ts'
import { createSchemaLookup, type SchemaLookup } from './schema-lookup.ts'

export interface LateSchemasOptions {
  readonly client: KafkaClient
  readonly registry: Registry
  /** Schema subject of each topic whose values name schemas, by topic name on the broker. */
  readonly subjects: ReadonlyMap<string, string>
  /** Finds the schemas named within the values of a batch, as in forwarded records. */
  readonly framesWithin?: (batch: RecordBatch) => Iterable<Frame>
  /** Asks the schema registry for the versions of a subject after the given one. */
  readonly laterVersions: (subject: string, after: number) => Promise<readonly ReleasedSchema[]>
  readonly log: Log
  /** Pause before each request to the registry, in ms. */
  readonly pausesMs?: readonly number[]
}

export interface Frame {
  readonly subject: string
  readonly id: number
}

const PAUSES_MS = [0, 500, 1_500, 3_000, 5_000]
/**
 * Wraps a client and a registry so that they learn schemas registered after the start. A batch with an unknown schema
 * id waits at the head of its partition while the schema registry is asked; other partitions go on. If the registry has
 * no answer within a bounded time, the batch is passed on and its records become dead letters.
 */
export function withLateSchemas(options: LateSchemasOptions): {
  readonly client: KafkaClient
  readonly registry: Registry
} {
  const { client, registry, laterVersions, log, pausesMs = PAUSES_MS } = options
  const wakers = new Set<() => void>()
  const onEnd = () => wakers.forEach((wake) => wake())
  const lookup = createSchemaLookup({ registry, laterVersions, log, pausesMs, onEnd })
  const isHeld = heldBy(lookup, options)
  return {
    registry: { ...registry, byId: lookup.byId },
    client: {
      ...client,
      fetcher: (fetcherOptions = {}) => holdingFetcher(client.fetcher(fetcherOptions), isHeld, fetcherOptions, wakers),
      async close() {
        lookup.close()
        await client.close()
      },
    },
  }
}

type IsHeld = (batch: RecordBatch) => boolean

/** Returns a predicate for batches that must wait because a schema that they name is being looked up. */
function heldBy(lookup: SchemaLookup, { subjects, framesWithin }: LateSchemasOptions): IsHeld {
  const checked = new WeakSet<RecordBatch>()
  return (batch) => {
    const subject = subjects.get(batch.topic)
    if (subject === undefined || checked.has(batch)) return false
    const unknown = unknownIds(batch, subject, framesWithin?.(batch) ?? [], lookup)
    if (unknown.size === 0) checked.add(batch)
    for (const [of, ids] of unknown) lookup.request(of, ids)
    return unknown.size > 0
  }
}

/** Returns the unknown schema ids in this batch, by subject. The decoder reports values without a frame. */
function unknownIds(
  batch: RecordBatch,
  subject: string,
  within: Iterable<Frame>,
  lookup: SchemaLookup,
): ReadonlyMap<string, ReadonlySet<number>> {
  const { bytes, count, valueStarts, valueLengths } = batch
  const unknown = new Map<string, Set<number>>()
  const add = ({ subject: of, id }: Frame) => unknown.set(of, (unknown.get(of) ?? new Set()).add(id))
  let last = -1
  for (let index = 0; index < count; index++) {
    const start = valueStarts[index]!
    if (valueLengths[index]! < 5 || bytes[start] !== 0) continue
    const id = bytes.readInt32BE(start + 1)
    if (id !== last && lookup.isUnknown(id)) add({ subject, id })
    last = id
  }
  for (const frame of within) if (lookup.isUnknown(frame.id)) add(frame)
  return unknown
}

/** Wraps a fetcher: a partition seems empty while its first batch is held. Waking it signals the arrival again. */
function holdingFetcher(
  inner: Fetcher,
  isHeld: IsHeld,
  { onArrival }: FetcherOptions,
  wakers: Set<() => void>,
): Fetcher {
  const held = new Map<string, TopicPartition>()

  function first(topic: string, partition: number): RecordBatch | undefined {
    const batch = inner.peek(topic, partition)
    if (batch === undefined || !isHeld(batch)) return batch
    held.set(`${topic}/${partition}`, { topic, partition })
    return undefined
  }
  function wake(): void {
    const woken = [...held.values()]
    held.clear()
    for (const { topic, partition } of woken) onArrival?.(topic, partition)
  }
  wakers.add(wake)
  return {
    ...inner,
    peek: first,
    take: (topic, partition) => (first(topic, partition) === undefined ? undefined : inner.take(topic, partition)),
    unassign(at) {
      held.delete(`${at.topic}/${at.partition}`)
      inner.unassign(at)
    },
    async close() {
      wakers.delete(wake)
      await inner.close()
    },
  }
}
