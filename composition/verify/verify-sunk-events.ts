import type { KafkaClient } from '../../kafka/client.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import { personsOf } from '../../schemas/persons.ts'
import { completeSince, type Topic } from '../../schemas/topic.ts'
import type { DatabaseSnapshot } from '../../store/models/database-snapshot.ts'
import { deadLetterOf } from '../../store/sink/refused.ts'
import type { SinkEvent } from '../../store/sink/writer.ts'
import { sinkTopics } from '../../subjects/subjects.ts'
import { createErasedPersons } from '../../streams/erasure/erased-persons.ts'
import { personDigest } from '../../streams/erasure/person-digest.ts'
import { createDeadLetters } from '../../streams/input/dead-letter.ts'
import { createEventReader } from '../../streams/input/event-reader.ts'
import type { Naming } from '../../streams/naming.ts'
import { readTopicPartition } from '../../streams/input/read-partition.ts'
import { rootsOf } from '../../store/customers/customer-merges.ts'
import { presentEvent, SINK_AUTHOR } from '../sink/sink-topic.ts'
import type { DeadLetter } from '../../schemas/platform/platform.ts'
import { HOUR_MS } from '../../schemas/durations.ts'

export interface SunkEventsOptions {
  readonly client: KafkaClient
  readonly naming: Naming
  readonly registry: Registry
  readonly partitionCountOf: (topic: string) => number
  readonly served: DatabaseSnapshot
}

export interface SunkEvent {
  readonly partition: number
  readonly event: unknown
  /** Whether it is beyond the sink's position in the snapshot. */
  readonly isPending: boolean
  /** Whether it is a result about a customer who has been merged since. */
  readonly isOfFormer: boolean
}

/** The events that the sink has written, decoded as the sink decodes them. */
export interface SunkEvents {
  /**
   * Iterates in order of partition and offset. For a compacted topic pending events are included: they may have
   * replaced events that are written.
   */
  of(topic: Topic): AsyncIterable<SunkEvent>
  /** Returns whether retention has deleted written events, or compaction may have. Call it after reading the events. */
  isCut(topic: Topic): Promise<boolean>
  /** Returns the end offset of each partition, by `topic/partition`. */
  ends(): Promise<ReadonlyMap<string, number>>
  /** Digests of the erased people whose records were found so far; they have no rows. */
  readonly erased: ReadonlySet<string>
  /** Expected dead letters of events that the sink or the database rejected so far, without message and time. */
  readonly refusals: readonly { readonly partition: number; readonly letter: DeadLetter }[]
}

export function createSunkEvents({
  client,
  naming,
  registry,
  partitionCountOf,
  served,
}: SunkEventsOptions): SunkEvents {
  const refusals: { partition: number; letter: DeadLetter }[] = []
  const erased = new Set<string>()
  const persons = createErasedPersons(served.erasures)
  const rootOf = rootsOf(served.merges)
  const deadLettersOf = createDeadLetters(SINK_AUTHOR, naming, registry)
  /** Timestamp of the oldest existing record, by topic. */
  const beginnings = new Map<Topic, number>()

  function partitionsOf(topic: Topic): { readonly topic: string; readonly partition: number }[] {
    const name = naming.topic(topic)
    return Array.from({ length: partitionCountOf(name) }, (_, partition) => ({ topic: name, partition }))
  }

  return {
    refusals,
    erased,
    async *of(topic) {
      const isCompacted = topic.retention === 'compacted'
      const places = partitionsOf(topic)
      const reader = createEventReader(topic, registry, places.length)
      for (const at of places) {
        const end = served.positions.get(`${at.topic}/${at.partition}`) ?? 0
        for await (const { batch, index } of readTopicPartition(client, at)) {
          const offset = batch.offsets[index]!
          beginnings.set(topic, Math.min(beginnings.get(topic) ?? Infinity, batch.timestamps[index]!))
          const isPending = offset >= end
          if (isPending && !isCompacted) break
          const reading = reader(batch, index)
          const isRefused = !isPending && served.refused.has(`${at.topic}/${at.partition}/${offset}`)
          if (isRefused && reading.kind === 'refused')
            for (const letter of deadLettersOf([{ record: { batch, index }, error: reading.error }], 0))
              refusals.push({ partition: at.partition, letter })
          if (reading.kind !== 'event' && reading.kind !== 'misplaced') continue
          const { key, event } = reading
          if (persons.coversRecord(topic, key, event, batch.timestamps[index]!)) {
            for (const id of personsOf(topic.persons, key, event)) erased.add(personDigest(id))
            continue
          }
          if (isRefused) {
            const refused: SinkEvent = { key: reading.key, value: reading.event, offset }
            refusals.push({ partition: at.partition, letter: deadLetterOf(at, refused, '', 0) })
          } else {
            const present = presentEvent(topic, { key, value: event, offset }, rootOf)
            const isOfFormer = present.isOfFormer === true
            yield { partition: at.partition, event: present.value, isPending, isOfFormer }
          }
        }
      }
    },
    async isCut(topic) {
      const { retention } = topic
      // Compaction keeps enough for the newest row of each key; `compareTable` handles tables that keep the first row.
      if (
        retention !== 'compacted' &&
        (beginnings.get(topic) ?? Infinity) < completeSince(retention, Date.now() + HOUR_MS)
      )
        return true
      const earliest = await Promise.all(partitionsOf(topic).map((at) => client.listOffset(at, 'earliest')))
      return earliest.some((offset) => offset > 0)
    },
    async ends() {
      const places = sinkTopics.flatMap(partitionsOf)
      const ends = await Promise.all(places.map((at) => client.listOffset(at, 'latest')))
      return new Map(places.map(({ topic, partition }, index) => [`${topic}/${partition}`, ends[index]!]))
    },
  }
}
