import type { KafkaClient } from '../../kafka/client.ts'
import { valuesOf } from '../../kafka/records/record-access.ts'
import { sourceOf, type Processor } from '../../processors/processor.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { journal, type JournalEntry } from '../../schemas/platform/platform.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import type { Topic } from '../../schemas/topic.ts'
import type { Naming } from '../naming.ts'
import type { Transaction } from '../verify/records.ts'

export interface JournalEntriesOptions {
  readonly client: KafkaClient
  readonly naming: Naming
  readonly registry: Registry
  readonly processor: Processor
  readonly partition: number
  /** Sequence number before the first transaction to read; 0 if there is none. */
  readonly after: number
  readonly until: number
  /** Journal offset at or before the entry of the first transaction. */
  readonly journalFrom: number | 'earliest'
}

export interface JournaledTransaction {
  readonly entry: JournalEntry
  readonly transaction: Transaction
}

/** Reads a task’s transactions from its journal, in order. */
export async function* journalEntries(options: JournalEntriesOptions): AsyncGenerator<JournaledTransaction> {
  const { client, naming, registry, processor, partition, after, until, journalFrom } = options
  if (after >= until) return
  const codec = codecOf(journal as Topic, registry)
  const at = { topic: naming.topic(journal as Topic), partition }
  // Not the last stable offset: a transaction’s marker may reach this partition after it has reached the changelog.
  const end = await client.listOffset(at, 'latest')
  const fetcher = client.fetcher({ bufferedBytesMax: 4 << 20 })
  try {
    await fetcher.assign(at, journalFrom)
    while (fetcher.position(at.topic, partition) < end) {
      const batch = fetcher.take(at.topic, partition)
      if (batch === undefined) {
        await fetcher.wait(1_000)
        continue
      }
      const { producerId, producerEpoch } = batch
      for (const entry of valuesOf(batch, codec) as Iterable<JournalEntry>) {
        const isOurs =
          entry.processor === processor.name && entry.partition === partition && entry.source === sourceOf(processor)
        if (!isOurs || entry.sequence <= after) continue
        yield { entry, transaction: { producerId, producerEpoch, writtenAt: entry.occurredAt } }
        if (entry.sequence >= until) return
      }
    }
  } finally {
    await fetcher.close()
  }
}
