import { setTimeout as delay } from 'node:timers/promises'
import type { FetcherOptions, Fetcher, KafkaClient, RecordBatch, TopicPartition } from '../../kafka/client.ts'
import type { ReleasedSchema } from '../../schemas/release/released.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import type { Log } from '../log.ts'

export interface LateSchemasOptions {
  readonly client: KafkaClient
  readonly registry: Registry
  /** The subject of each topic whose values name schemas, by the topic's name on the broker. */
  readonly subjects: ReadonlyMap<string, string>
  /** Ids of schemas, each with its subject, that stand in the values themselves: of records that were sent on. */
  readonly framesWithin?: (batch: RecordBatch) => Iterable<Frame>
  /** Asks the schema registry for the versions of a subject behind that one. */
  readonly laterVersions: (subject: string, after: number) => Promise<readonly ReleasedSchema[]>
  readonly log: Log
  /** Before each time that the registry is asked. */
  readonly pausesMs?: readonly number[]
}

export interface Frame {
  readonly subject: string
  readonly id: number
}

const PAUSES_MS = [0, 500, 1_500, 3_000, 5_000]
/** After this many answers without the id, the registry does not have it: its replicas lag only a little. */
const ANSWERS_MAX = 2
/** An unknown id is not looked up again for this long, so that a sender of invented ids does not delay every batch. */
const REFUSED_MS = 300_000
const REFUSED_IDS_MAX = 10_000

/**
 * A client and a registry that learn schemas registered after the start. A batch with an unknown schema id waits at the
 * head of its partition while the schema registry is asked; other partitions go on. If the registry has no answer
 * within a bounded time, the batch is passed on and its records become dead letters.
 */
export function withLateSchemas(options: LateSchemasOptions): {
  readonly client: KafkaClient
  readonly registry: Registry
} {
  const { client, subjects, log, pausesMs = PAUSES_MS } = options
  const late = new Map<number, ReleasedSchema>()
  const refusedUntil = new Map<number, number>()
  const subjectRefusedUntil = new Map<string, number>()
  const wanted = new Map<string, Set<number>>()
  const checked = new WeakSet<RecordBatch>()
  const wakers = new Set<() => void>()
  const closing = new AbortController()

  const registry: Registry = { ...options.registry, byId: (id) => options.registry.byId(id) ?? late.get(id) }

  function newestVersion(subject: string): number {
    const versions = [
      ...options.registry.versions(subject),
      ...[...late.values()].filter((one) => one.subject === subject),
    ]
    return versions.reduce((newest, { version }) => Math.max(newest, version), 0)
  }

  const isUnknown = (id: number) => registry.byId(id) === undefined && (refusedUntil.get(id) ?? 0) < performance.now()

  /** Unknown schemas in this batch, by subject. Values without a frame have none; the decoder reports them. */
  function unknownIds(batch: RecordBatch, subject: string): ReadonlyMap<string, ReadonlySet<number>> {
    const { bytes, count, valueStarts, valueLengths } = batch
    const unknown = new Map<string, Set<number>>()
    const add = ({ subject: of, id }: Frame) => unknown.set(of, (unknown.get(of) ?? new Set()).add(id))
    let last = -1
    for (let index = 0; index < count; index++) {
      const start = valueStarts[index]!
      if (valueLengths[index]! < 5 || bytes[start] !== 0) continue
      const id = bytes.readInt32BE(start + 1)
      if (id !== last && isUnknown(id)) add({ subject, id })
      last = id
    }
    for (const frame of options.framesWithin?.(batch) ?? []) if (isUnknown(frame.id)) add(frame)
    return unknown
  }

  function isHeld(batch: RecordBatch): boolean {
    const subject = subjects.get(batch.topic)
    if (subject === undefined || checked.has(batch)) return false
    const unknown = unknownIds(batch, subject)
    if (unknown.size === 0) checked.add(batch)
    for (const [of, ids] of unknown) want(of, ids)
    return unknown.size > 0
  }

  function want(subject: string, ids: ReadonlySet<number>): void {
    const asked = wanted.get(subject)
    ids.forEach((id) => asked?.add(id))
    if (asked !== undefined) return
    wanted.set(subject, new Set(ids))
    void lookUp(subject, wanted.get(subject)!)
  }

  async function lookUp(subject: string, ids: Set<number>): Promise<void> {
    const answersMax = (subjectRefusedUntil.get(subject) ?? 0) < performance.now() ? ANSWERS_MAX : 1
    let answers = 0
    let failure = 'the registry does not have it'
    for (const pauseMs of pausesMs) {
      await delay(pauseMs, undefined, { signal: closing.signal, ref: false }).catch(() => {})
      if (closing.signal.aborted) return
      try {
        for (const version of await options.laterVersions(subject, newestVersion(subject))) {
          late.set(version.id, version)
          log('info', `${subject} has a version ${version.version} now, with the schema id ${version.id}`)
        }
        answers++
      } catch (error) {
        failure = (error as Error).message
      }
      for (const id of ids) if (!isUnknown(id)) ids.delete(id)
      if (ids.size === 0 || answers === answersMax) break
    }
    if (ids.size > 0) refuse(subject, [...ids], failure)
    wanted.delete(subject)
    wakers.forEach((wake) => wake())
  }

  function refuse(subject: string, ids: readonly number[], why: string): void {
    const until = performance.now() + REFUSED_MS
    if (refusedUntil.size + ids.length > REFUSED_IDS_MAX) refusedUntil.clear()
    for (const id of ids) refusedUntil.set(id, until)
    subjectRefusedUntil.set(subject, until)
    const more = ids.length > 1 ? ` and ${ids.length - 1} others` : ''
    log(
      'warn',
      `No schema of ${subject} is known under the id ${ids[0]}${more}: ${why}. Such records go to the dead letters.`,
    )
  }

  function fetcher(fetcherOptions: FetcherOptions = {}): Fetcher {
    const inner = client.fetcher(fetcherOptions)
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
      for (const { topic, partition } of woken) fetcherOptions.onArrival?.(topic, partition)
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

  return {
    registry,
    client: {
      ...client,
      fetcher,
      async close() {
        closing.abort()
        await client.close()
      },
    },
  }
}
