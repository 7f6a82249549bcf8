import type { TopicDescription, TopicPartition } from '../../kafka/client.ts'
import { KafkaError } from '../../kafka/errors.ts'
import { keyOf, valueOf } from '../../kafka/records/record-access.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { HOUR_MS } from '../../schemas/durations.ts'
import { scores, type Score } from '../../schemas/models/scores.ts'
import { journal, misplacedRecords, type JournalEntry } from '../../schemas/platform/platform.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import type { Topic } from '../../schemas/topic.ts'
import { readTopicPartition } from '../../streams/input/read-partition.ts'
import { ReplayGapError } from '../../streams/replay/journal-replay-gap.ts'
import type { Naming } from '../../streams/naming.ts'
import type { Transaction } from '../../streams/verify/records.ts'
import { topicNamed } from '../../subjects/subjects.ts'
import type { ScoreId } from './score-id.ts'
import type { TimeTravel } from './time-travel.ts'
import { isSameTransaction, transactionOf } from './transaction-of.ts'

export interface ScoreSource {
  readonly travel: TimeTravel
  readonly naming: Naming
  readonly registry: Registry
  readonly described: readonly TopicDescription[]
}

/** A score as it was published. */
export interface ServedScore extends Transaction {
  readonly partition: number
  readonly offset: number
  readonly customerId: string
  readonly value: Buffer
}

/** The entry of a transaction in the journal. */
export interface FoundEntry {
  readonly entry: JournalEntry
  readonly partition: number
  readonly offset: number
}

/** Finds a published score by its id; `undefined` if neither archive nor broker holds it. */
export async function findScore(source: ScoreSource, id: string, parsed: ScoreId): Promise<ServedScore | undefined> {
  const { travel, naming, described } = source
  const topic = naming.topic(scores as Topic)
  const count = described.find(({ name }) => name === topic)?.partitionCount ?? 0
  // A score is in the partition of its cause, unless a producer had put that into a wrong one.
  const first = { topic, partition: parsed.cause?.partition ?? 0 }
  if (first.partition >= count) return undefined
  const since = await timeOfCause(source, parsed)
  const from = since === undefined ? 'earliest' : await travel.offsetBefore(first, since - HOUR_MS)
  const found = await findIn(source, id, first, from)
  if (found !== undefined) return found
  for (let partition = 0; partition < count; partition++) {
    const again = await findIn(source, id, { topic, partition }, 'earliest')
    if (again !== undefined) return again
  }
  return undefined
}

async function findIn(
  { travel, registry }: ScoreSource,
  id: string,
  at: TopicPartition,
  from: number | 'earliest',
): Promise<ServedScore | undefined> {
  const idBytes = Buffer.from(id)
  const codec = codecOf(scores as Topic, registry)
  for await (const { batch, index } of readTopicPartition(travel.unfiltered, at, from)) {
    const value = valueOf(batch, index)
    // Decoding takes far longer than looking for the bytes of the id.
    if (value === null || !value.includes(idBytes)) continue
    const score = decodedOrNot(() => codec.decode(value) as Score)
    if (score?.id !== id) continue
    const customerId = String(keyOf(batch, index))
    const { partition } = at
    return { ...transactionOf(batch), partition, offset: batch.offsets[index]!, customerId, value }
  }
  return undefined
}

/** Returns when the record that caused a score was written, in ms: the score came later, so most others are skipped. */
async function timeOfCause(
  { travel, naming, described }: ScoreSource,
  { cause }: ScoreId,
): Promise<number | undefined> {
  const topic = cause === undefined ? undefined : topicNamed(cause.topic)
  if (cause === undefined || topic === undefined) return undefined
  const at = { topic: naming.topic(topic), partition: cause.partition }
  if (!described.some(({ name, partitionCount }) => name === at.topic && cause.partition < partitionCount))
    return undefined
  try {
    for await (const { batch, index } of readTopicPartition(travel.unfiltered, at, cause.offset))
      return batch.timestamps[index]
  } catch (error) {
    // Retention has deleted it.
    if (!(error instanceof ReplayGapError || (error instanceof KafkaError && error.code === 'OFFSET_OUT_OF_RANGE')))
      throw error
  }
  return undefined
}

/** Finds the transaction that published a score; `undefined` if neither archive nor broker holds its journal. */
export async function findTransaction(
  { travel, naming, registry }: ScoreSource,
  served: ServedScore,
  { processor, cause }: ScoreId,
): Promise<FoundEntry | undefined> {
  const at = { topic: naming.topic(journal as Topic), partition: served.partition }
  const codec = codecOf(journal as Topic, registry)
  const causeTopic = cause === undefined ? undefined : topicNamed(cause.topic)
  const nameOfCause = causeTopic === undefined ? undefined : naming.topic(causeTopic)
  const misplaced = naming.topic(misplacedRecords as Topic)
  const isItsOwn = (entry: JournalEntry) =>
    entry.processor === processor.name &&
    (cause === undefined ||
      entry.slices.some(
        ({ topic, from, to }) =>
          // A forwarded record was read at another offset.
          topic === misplaced || (topic === nameOfCause && from <= cause.offset && cause.offset < to),
      ))
  const from = await travel.offsetBefore(at, served.writtenAt)
  for await (const { batch, index } of readTopicPartition(travel.client, at, from)) {
    if (!isSameTransaction(transactionOf(batch), served)) continue
    const entry = decodedOrNot(() => codec.decode(valueOf(batch, index)!) as JournalEntry)
    if (entry === undefined || !isItsOwn(entry)) continue
    return { entry, partition: served.partition, offset: batch.offsets[index]! }
  }
  return undefined
}

function decodedOrNot<Value>(decode: () => Value): Value | undefined {
  try {
    return decode()
  } catch {
    return undefined
  }
}
