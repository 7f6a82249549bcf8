import type { KafkaClient, TopicPartition } from '../../kafka/client.ts'
import { decodeValue } from '../../kafka/records/record-access.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { erasures, type Erasure } from '../../schemas/platform/erasures.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import type { Topic } from '../../schemas/topic.ts'
import { createErasedPersons, type ErasedPersons } from '../../streams/erasure/erased-persons.ts'
import { readTopicPartition } from '../../streams/input/read-partition.ts'
import type { Naming } from '../../streams/naming.ts'
import { parseRecordKey } from '../../streams/state/record-key.ts'
import { processors, topics } from '../../subjects/subjects.ts'
import type { KeptRecord } from '../backup/record-run.ts'

export interface ErasedRecords {
  readonly persons: ErasedPersons
  readonly digests: readonly string[]
  /** Offset of the topic of erasures up to which they were read. */
  readonly end: number
  /** Whether a record is about one of them, and is left out. */
  readonly isDropped: (at: TopicPartition, record: KeptRecord) => boolean
}

/** Reads who is erased. */
export async function readErased(client: KafkaClient, naming: Naming, registry: Registry): Promise<ErasedRecords> {
  const codec = codecOf(erasures as Topic, registry)
  const list: Erasure[] = []
  let end = 0
  const at = { topic: naming.topic(erasures as Topic), partition: 0 }
  for await (const { batch, index } of readTopicPartition(client, at)) {
    end = batch.offsets[index]! + 1
    const erasure = decodeValue(batch, index, codec) as Erasure | null
    if (erasure !== null) list.push(erasure)
  }
  const persons = createErasedPersons(list)
  const digests = [...new Set(list.map(({ digest }) => digest))].sort()
  return { persons, digests, end, isDropped: dropper(persons, naming, registry) }
}

/** Returns whether a record is about an erased person, by what its topic or its processor states about itself. */
function dropper(erased: ErasedPersons, naming: Naming, registry: Registry): ErasedRecords['isDropped'] {
  if (erased.size === 0) return () => false
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
