import { sourceOf, type Processor } from '../../processors/processor.ts'
import { clock } from '../../schemas/platform/clock.ts'
import { misplacedRecords, type MisplacedRecord } from '../../schemas/platform/platform.ts'
import { message, type Message, type Topic } from '../../schemas/topic.ts'
import type { Records } from './duplicates.ts'
import { RESERVED_KEY } from '../state/record-key.ts'
import { forwardedKind } from '../state/reserved-kinds.ts'

/**
 * A producer with another partitioner than Java’s default puts records outside the partition of their key. One
 * processor forwards them to a topic that only tasks write. Every processor that reads the record’s topic also reads
 * this one and folds the records as if they had been in the right partition.
 */

/** Original position of a forwarded record. */
export interface Origin {
  readonly topic: Topic
  /** Topic id: offsets of another incarnation are meaningless. */
  readonly topicId: string
  readonly partition: number
  readonly offset: number
}

const FORWARDED_KEY = `${RESERVED_KEY}sent-on`

/**
 * Returns whether records of the topic can be outside their key's partition: producers other than our own write to it,
 * and records are keyed.
 */
export function mayBeMisplaced(topic: Topic): boolean {
  return topic.role === 'input' && topic !== (clock as Topic)
}

/**
 * Returns the topics whose misplaced records this processor forwards. The first processor in the list that reads a
 * topic forwards its records, so that each is forwarded once.
 */
export function forwardedTopicsOf(processor: Processor, processors: readonly Processor[]): ReadonlySet<Topic> {
  const reads = ({ inputs }: Processor, wanted: Topic) => inputs.some(({ topic }) => (topic as Topic) === wanted)
  const topics = processor.inputs.map(({ topic }) => topic as Topic).filter(mayBeMisplaced)
  return new Set(topics.filter((topic) => processors.find((one) => reads(one, topic))?.name === processor.name))
}

/** Returns the message that forwards a misplaced record. */
export function forwardMessage(
  processor: Processor,
  { topic, topicId, partition, offset }: Origin,
  record: Pick<MisplacedRecord, 'occurredAt' | 'writtenAt' | 'key' | 'value'>,
): Message {
  return message(misplacedRecords, {
    id: `${topic.name}/${topicId}/${partition}/${offset}`,
    source: sourceOf(processor),
    topic: topic.name,
    topicId,
    partition,
    offset,
    ...record,
  })
}

/**
 * Returns whether a forwarded record has been seen before, and remembers it. Records of a partition are forwarded in
 * order, so the last offset is enough: a rebuilt processor that forwards all of them again adds nothing.
 */
export function forwardedBefore(state: Records, { topic, topicId, partition, offset }: Origin): boolean {
  const records = state.keyedState(FORWARDED_KEY)
  const id = `${topic.name}/${topicId}/${partition}`
  const last = records.get(forwardedKind, id)?.[0]
  if (last !== undefined && offset <= last) return true
  records.put(forwardedKind, id, Float64Array.of(offset))
  return false
}
