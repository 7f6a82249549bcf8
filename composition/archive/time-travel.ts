import type { KafkaClient, TopicDescription, TopicPartition } from '../../kafka/client.ts'
import { createErasedPersons, type ErasedPersons } from '../../streams/erasure/erased-persons.ts'
import { readTopicPartition } from '../../streams/input/read-partition.ts'
import { decodeValue } from '../../kafka/records/record-access.ts'
import { erasures, type Erasure } from '../../schemas/platform/erasures.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import type { Topic } from '../../schemas/topic.ts'
import type { Naming } from '../../streams/naming.ts'
import { parseRecordKey } from '../../streams/state/record-key.ts'
import { processors, topics } from '../../subjects/subjects.ts'
import type { KeptRecord } from '../backup/record-run.ts'
import type { Config } from '../../config.ts'
import { openArchive, type Archive } from './archive.ts'
import { createArchivedClient } from './archived-client.ts'
import { storeOf } from './store-of.ts'

export interface TimeTravel {
  /** Reads the archive first, and then the broker; without the records of erased people. */
  readonly client: KafkaClient
  /** With the records of erased people that archive or broker still hold. */
  readonly unfiltered: KafkaClient
  readonly archive: Archive
  readonly erased: ErasedPersons
  /** Returns the offset before which compaction may have removed records of a partition; 0: nothing is missing. */
  completeFrom(at: TopicPartition): Promise<number>
  /**
   * Returns an offset before every record of the partition that was written at this time (ms) or later, by the clock of
   * its writer.
   */
  offsetBefore(at: TopicPartition, time: number): Promise<number | 'earliest'>
}

export interface TimeTravelOptions {
  readonly config: Config
  readonly client: KafkaClient
  readonly naming: Naming
  readonly registry: Registry
  readonly described: readonly TopicDescription[]
}

/** Opens the archive that is configured, for reading. */
export async function openTimeTravel(options: TimeTravelOptions): Promise<TimeTravel> {
  const { config, client, naming, registry, described } = options
  const archive = await openArchive(storeOf(config))
  const erased = await readErased(client, naming, registry)
  const ids = new Map(described.map(({ name, topicId }) => [name, topicId]))
  const rangesOf = ({ topic, partition }: TopicPartition) =>
    archive.ranges({ topic, topicId: ids.get(topic) ?? '', partition })
  const isDropped = erased.size === 0 ? () => false : dropper(erased, naming, registry)

  return {
    client: createArchivedClient({ client, archive, topics: described, isDropped }),
    unfiltered: createArchivedClient({ client, archive, topics: described, isDropped: () => false }),
    archive,
    erased,
    async completeFrom(at) {
      for (const range of [...rangesOf(at)].reverse()) if ((await archive.manifest(range)).thinned) return range.end
      return 0
    },
    async offsetBefore(at, time) {
      let found: number | 'earliest' | undefined
      for (const range of [...rangesOf(at)].reverse()) {
        const { lastAt } = await archive.manifest(range)
        if (lastAt !== null && lastAt < time) return found ?? range.end
        found = range.start
      }
      return found ?? 'earliest'
    },
  }
}

async function readErased(client: KafkaClient, naming: Naming, registry: Registry): Promise<ErasedPersons> {
  const codec = codecOf(erasures as Topic, registry)
  const list: Erasure[] = []
  const at = { topic: naming.topic(erasures as Topic), partition: 0 }
  for await (const { batch, index } of readTopicPartition(client, at)) {
    const erasure = decodeValue(batch, index, codec) as Erasure | null
    if (erasure !== null) list.push(erasure)
  }
  return createErasedPersons(list)
}

/** Returns whether a record is about an erased person, by what its topic or its processor states about itself. */
function dropper(
  erased: ErasedPersons,
  naming: Naming,
  registry: Registry,
): (at: TopicPartition, record: KeptRecord) => boolean {
  const topicOf = new Map(topics.map((topic) => [naming.topic(topic), topic]))
  const keyedChangelogs = new Set(
    processors.flatMap((one) => ((one.persons?.by ?? 'key') === 'key' ? [naming.changelog(one)] : [])),
  )
  return ({ topic: name }, { key, value, timestampMs }) => {
    if (key === null) return false
    if (keyedChangelogs.has(name)) return erased.covers(parseRecordKey(Buffer.from(key)).key, timestampMs)
    const topic = topicOf.get(name)
    if (topic === undefined) return false
    if ((topic.persons?.by ?? 'key') === 'key') return erased.covers(Buffer.from(key).toString(), timestampMs)
    return erased.coversRecord(topic, Buffer.from(key).toString(), decodedOrNull(topic, registry, value), timestampMs)
  }
}

function decodedOrNull(topic: Topic, registry: Registry, value: Uint8Array | null): unknown {
  if (value === null) return null
  try {
    return codecOf(topic, registry).decode(Buffer.from(value))
  } catch {
    return null
  }
}
