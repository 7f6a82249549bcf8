import type { KafkaClient, TopicPartition } from '../../kafka/client.ts'
import { decodeValue } from '../../kafka/records/record-access.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { erasures, type Erasure } from '../../schemas/platform/erasures.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import type { Topic } from '../../schemas/topic.ts'
import { createErasedPersons, type ErasedPersons } from '../../streams/erasure/erased-persons.ts'
import { readTopicPartition } from '../../streams/input/read-partition.ts'
import type { Naming } from '../../streams/naming.ts'
import type { KeptRecord } from '../backup/record-run.ts'
import { aboutErased } from './about-erased.ts'

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
  return { persons, digests, end, isDropped: aboutErased(persons, naming, registry) }
}
