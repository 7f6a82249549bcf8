import type { TopicPartition } from '../../kafka/client.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { journal } from '../../schemas/platform/platform.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import type { Topic } from '../../schemas/topic.ts'
import type { ErasedPersons } from '../../streams/erasure/erased-persons.ts'
import type { Naming } from '../../streams/naming.ts'
import { parseRecordKey } from '../../streams/state/record-key.ts'
import { processors, topics } from '../../subjects/subjects.ts'
import type { KeptRecord } from '../backup/record-run.ts'

/**
 * Returns whether a record is about an erased person, by what its topic or its processor states about itself. An entry
 * of the journal never is, even if a sweep ended with the person: the transaction was about others too.
 */
export function aboutErased(
  erased: ErasedPersons,
  naming: Naming,
  registry: Registry,
): (at: TopicPartition, record: KeptRecord) => boolean {
  if (erased.size === 0) return () => false
  const topicOf = new Map(
    topics.filter((topic) => topic !== (journal as Topic)).map((topic) => [naming.topic(topic), topic]),
  )
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
