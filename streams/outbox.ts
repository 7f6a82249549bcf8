import type { TransactionalProducer } from '../kafka/client.ts'
import { partitionOfKey } from '../kafka/partition-of-key.ts'
import { codecOf } from '../schemas/codec.ts'
import { deadLetters, journal, type DeadLetter, type JournalEntry } from '../schemas/platform.ts'
import type { Registry } from '../schemas/registry.ts'
import type { Message } from '../schemas/topic.ts'
import type { StagedRecord } from './key-records.ts'
import type { Naming } from './naming.ts'
import { recordKey } from './record-key.ts'

/** Puts what a round gave into the open transaction of a task's producer. */
export interface Outbox {
  messages(messages: readonly Message[], writtenAt: number): void
  deadLetter(letter: DeadLetter, writtenAt: number): void
  journal(entry: JournalEntry, writtenAt: number): void
  changelog(records: readonly StagedRecord[], writtenAt: number): void
}

export interface OutboxOptions {
  readonly producer: TransactionalProducer
  readonly naming: Naming
  readonly registry: Registry
  readonly changelog: string
  readonly partition: number
  readonly partitionCountOf: (topic: string) => number
}

export function createOutbox({ producer, naming, registry, changelog, partition, partitionCountOf }: OutboxOptions): Outbox {
  return {
    messages(messages, writtenAt) {
      for (const { topic, key, value } of messages) {
        const name = naming.topic(topic)
        const keyBytes = Buffer.from(key)
        const bytes = value === null ? null : codecOf(topic, registry).encode(value)
        producer.append(name, partitionOfKey(keyBytes, partitionCountOf(name)), writtenAt, keyBytes, bytes)
      }
    },
    deadLetter(letter, writtenAt) {
      producer.append(
        naming.topic(deadLetters),
        partition,
        writtenAt,
        Buffer.from(deadLetters.keyOf(letter)),
        codecOf(deadLetters, registry).encode(letter),
      )
    },
    journal(entry, writtenAt) {
      producer.append(
        naming.topic(journal),
        partition,
        writtenAt,
        Buffer.from(journal.keyOf(entry)),
        codecOf(journal, registry).encode(entry),
      )
    },
    changelog(records, writtenAt) {
      for (const record of records) {
        producer.append(changelog, partition, writtenAt, recordKey(record.key, record.kind, record.id), record.encoded())
      }
    },
  }
}
