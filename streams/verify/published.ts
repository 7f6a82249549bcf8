import { partitionOfKey } from '../../kafka/producer/partition-of-key.ts'
import { sourceOf } from '../../processors/processor.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { movedRecords } from '../../schemas/platform/customer-merges.ts'
import { deadLetters, misplacedRecords } from '../../schemas/platform/platform.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import type { Message, Topic } from '../../schemas/topic.ts'
import type { Published } from '../replay/journal-replay.ts'
import { createForeignWriters, type ForeignWrite } from './foreign-writers.ts'
import {
  createPartitionChecks,
  decodedOrNot,
  type PartitionChecksOptions,
  type ReplayedTransactions,
} from './partition-checks.ts'
import type { ExpectedRecord } from './record-comparison.ts'
import type { Transaction } from './records.ts'
import { nothingPublished, sumOfPublished, type PublishedCount } from './report.ts'
import { sameWithin } from './same-within.ts'

export interface PublishedCheckOptions extends PartitionChecksOptions {
  readonly partitionCountOf: (topic: string) => number
}

export interface PublishedOutcome {
  readonly messages: PublishedCount
  readonly deadLetters: PublishedCount
}

/** Compares everything that one task published, in all partitions, with the output of its replay. */
export interface PublishedCheck {
  transaction(transaction: Transaction, published: Published): Promise<void>
  /** Checks the rest of each partition. */
  finish(): Promise<PublishedOutcome>
  /** Writes of other tasks found in this task's partitions. */
  readonly foreignWrites: readonly ForeignWrite[]
  /** Counts the task's records in a partition where none were expected. */
  countUnexpected(write: ForeignWrite): Promise<PublishedOutcome>
  close(): Promise<void>
}

export async function createPublishedCheck(options: PublishedCheckOptions): Promise<PublishedCheck> {
  const { naming, registry, processor, partition, partitionCountOf, writers, differences } = options
  const outputs = [
    ...(processor.outputs as readonly Topic[]),
    ...([misplacedRecords, movedRecords, deadLetters] as Topic[]),
  ]
  const outputNamed = (name: string) => outputs.find((topic) => topic.name === name)!
  const foreignWriters = createForeignWriters({ source: sourceOf(processor), partition }, writers, differences)
  const replayed: ReplayedTransactions = { first: undefined, last: undefined }
  const checks = createPartitionChecks(options, foreignWriters, replayed)
  // A global topic has fewer partitions than the processor has tasks.
  for (const topic of outputs) if (partition < partitionCountOf(naming.topic(topic))) await checks.of(topic, partition)

  async function expect(transaction: Transaction, topic: Topic, at: number, record: ExpectedRecord): Promise<void> {
    await (await checks.of(topic, at)).expect(transaction, record)
  }

  return {
    async transaction(transaction, { messages, deadLetters: letters, tolerance }) {
      replayed.first ??= transaction
      replayed.last = transaction
      for (const message of messages) {
        const record = expectedOf(message, registry, tolerance)
        const at = partitionOfKey(record.key, partitionCountOf(naming.topic(message.topic)))
        await expect(transaction, message.topic, at, record)
      }
      const topic = deadLetters as Topic
      for (const letter of letters) {
        const message = { topic, key: deadLetters.keyOf(letter), value: letter }
        await expect(transaction, topic, partition, expectedOf(message, registry, 0))
      }
    },
    async finish() {
      const outcomes: PublishedOutcome[] = []
      for (const { topic, check } of checks.all()) outcomes.push(outcomeOf(topic, await check.finish(replayed.last)))
      for (const [name, extra] of await foreignWriters.spoofed())
        outcomes.push(outcomeOf(outputNamed(name), { ...nothingPublished, extra }))
      return sumOfOutcomes(outcomes)
    },
    get foreignWrites() {
      return foreignWriters.foreignWrites
    },
    async countUnexpected({ topic: name, at }) {
      const topic = outputNamed(name)
      if (checks.has(topic, at)) return outcomeOf(topic, nothingPublished)
      return outcomeOf(topic, await (await checks.of(topic, at)).finish(replayed.last))
    },
    async close() {
      for (const { check } of checks.all()) await check.close()
    },
  }
}

function expectedOf({ topic, key, value }: Message, registry: Registry, tolerance: number): ExpectedRecord {
  const encoded = value === null ? null : codecOf(topic, registry).encode(value)
  const decoded = (bytes: Buffer) => decodedOrNot(topic, registry, bytes)
  const isWithinTolerance = (published: Buffer) => sameWithin(decoded(encoded!), decoded(published), tolerance)
  return { key: Buffer.from(key), value: encoded, isWithinTolerance: tolerance > 0 ? isWithinTolerance : undefined }
}

function outcomeOf(topic: Topic, count: PublishedCount): PublishedOutcome {
  const isLetter = topic === (deadLetters as Topic)
  return {
    messages: isLetter ? nothingPublished : count,
    deadLetters: isLetter ? count : nothingPublished,
  }
}

export function sumOfOutcomes(outcomes: readonly PublishedOutcome[]): PublishedOutcome {
  return {
    messages: sumOfPublished(outcomes.map(({ messages }) => messages)),
    deadLetters: sumOfPublished(outcomes.map(({ deadLetters: letters }) => letters)),
  }
}
