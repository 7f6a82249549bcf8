import type { KafkaClient } from '../../kafka/client.ts'
import type { Processor } from '../../processors/processor.ts'
import { journal } from '../../schemas/platform/platform.ts'
import type { Topic } from '../../schemas/topic.ts'
import type { Naming } from '../naming.ts'
import type { PastSpan } from './options.ts'
import { writtenTopics } from '../task/task-session.ts'

/** Offsets at which a verification starts. */
export interface VerificationStart {
  journalOf(partition: number): number | 'earliest'
  /** Start offset in a topic that the processor writes to, by its name on the broker. */
  publishedOf(topic: string, partition: number): number | 'earliest'
}

export const fromTheBeginning: VerificationStart = { journalOf: () => 'earliest', publishedOf: () => 'earliest' }

/** Returns offsets before everything that was written from a time of the past on. */
export async function fromPast(
  { from, offsetBefore }: PastSpan,
  naming: Naming,
  processor: Processor,
  partitionCountOf: (topic: string) => number,
): Promise<VerificationStart> {
  const offsets = new Map<string, readonly (number | 'earliest')[]>()
  const names = [journal as Topic, ...writtenTopics(processor)].map((topic) => naming.topic(topic))
  for (const name of new Set(names)) {
    const partitions = [...Array(partitionCountOf(name)).keys()]
    offsets.set(name, await Promise.all(partitions.map((partition) => offsetBefore(name, partition, from))))
  }
  return {
    journalOf: (partition) => offsets.get(naming.topic(journal as Topic))![partition]!,
    publishedOf: (topic, partition) => offsets.get(topic)![partition]!,
  }
}

/**
 * Returns the current ends of all topics. The journal's ends are taken first: records published beyond the ends taken
 * afterwards then belong to transactions whose entries are beyond the journal's end.
 */
export async function fromNow(
  client: KafkaClient,
  naming: Naming,
  processor: Processor,
  partitionCountOf: (topic: string) => number,
): Promise<VerificationStart> {
  const journalEnds = await endsOf(naming.topic(journal as Topic), 'latest_stable')
  const topics = writtenTopics(processor)
  const ends = new Map<string, readonly number[]>()
  for (const name of new Set(topics.map((topic) => naming.topic(topic)))) ends.set(name, await endsOf(name, 'latest'))
  return {
    journalOf: (partition) => journalEnds[partition]!,
    publishedOf: (topic, partition) => ends.get(topic)![partition]!,
  }

  function endsOf(topic: string, which: 'latest' | 'latest_stable'): Promise<number[]> {
    const partitions = [...Array(partitionCountOf(topic)).keys()]
    return Promise.all(partitions.map((partition) => client.listOffset({ topic, partition }, which)))
  }
}
