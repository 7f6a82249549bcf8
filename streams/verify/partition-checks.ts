import type { KafkaClient } from '../../kafka/client.ts'
import { decidersOf, sourceOf, type Processor } from '../../processors/processor.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import type { Envelope } from '../../schemas/avro/schema.ts'
import { HOUR_MS } from '../../schemas/durations.ts'
import { misplacedRecords, type MisplacedRecord } from '../../schemas/platform/platform.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import { completeSince, type Topic } from '../../schemas/topic.ts'
import { forwardedTopicsOf } from '../input/misplaced.ts'
import type { Naming } from '../naming.ts'
import type { ForeignWriters } from './foreign-writers.ts'
import type { Writers } from './journal.ts'
import { createPartitionCheck, type PartitionCheck } from './partition.ts'
import { openPublishedRecords, type PublishedRecord, type Transaction } from './records.ts'
import type { Difference } from './report.ts'

export interface PartitionChecksOptions {
  readonly client: KafkaClient
  readonly naming: Naming
  readonly registry: Registry
  readonly processor: Processor
  readonly processors: readonly Processor[]
  readonly partition: number
  readonly writers: Writers
  /** Returns the offset at which the comparison starts in a partition, by topic name on the broker. */
  readonly startOf: (topic: string, partition: number) => number | 'earliest'
  readonly differences: Difference[]
}

/** First and last transaction of a task that have been replayed so far. */
export interface ReplayedTransactions {
  first: Transaction | undefined
  last: Transaction | undefined
}

export interface CheckedPartition {
  readonly topic: Topic
  readonly check: PartitionCheck
}

/** Checks of the partitions in which one task has published, each opened on first use. */
export interface PartitionChecks {
  of(topic: Topic, at: number): Promise<PartitionCheck>
  has(topic: Topic, at: number): boolean
  all(): Iterable<CheckedPartition>
}

/** Source name of processors. */
const PROCESSOR = /^scoreline\/[^@]+@\d+$/
const UNREADABLE: Envelope = { id: 'unreadable', occurredAt: 0, source: '' }

export function createPartitionChecks(
  options: PartitionChecksOptions,
  foreignWriters: ForeignWriters,
  replayed: ReplayedTransactions,
): PartitionChecks {
  const { client, naming, registry, processor, partition, writers, differences } = options
  const claimed = claimedBy(options)
  const checks = new Map<string, CheckedPartition>()
  // Allows for a broker clock, and compaction, slightly ahead of this process.
  const startedAt = Date.now() + HOUR_MS

  async function open(topic: Topic, at: number): Promise<PartitionCheck> {
    const name = naming.topic(topic)
    return createPartitionCheck({
      name: `${topic.name}-${at}`,
      records: await openPublishedRecords(client, { topic: name, partition: at }, options.startOf(name, at)),
      completeSince: completeSince(topic.retention, startedAt),
      producerIds: writers.producerIdsOf({ source: sourceOf(processor), partition }),
      first: () => replayed.first,
      idOf: (value) => decodedOrNot(topic, registry, value)?.id ?? 'unreadable',
      // Only the task of the same partition checks it for foreign records.
      onOther(record) {
        if (at === partition) foreignWriters.observe(topic.name, at, record, () => claimed(topic, record))
      },
      differences,
    })
  }

  return {
    async of(topic, at) {
      const known = checks.get(`${topic.name}/${at}`)
      if (known !== undefined) return known.check
      const check = await open(topic, at)
      checks.set(`${topic.name}/${at}`, { topic, check })
      return check
    },
    has: (topic, at) => checks.has(`${topic.name}/${at}`),
    all: () => checks.values(),
  }
}

/**
 * Returns a function that decodes a record if the processor is responsible for it. The topic decides for forwarded
 * records; records without a processor's source do not belong in output topics.
 */
function claimedBy({ registry, processor, processors }: PartitionChecksOptions) {
  const sources = new Set(decidersOf(processor).map(sourceOf))
  const forwarded = [...forwardedTopicsOf(processor, processors)].map(({ name }) => name)
  const isClaimed = (topic: Topic, event: Envelope) => {
    if (topic === (misplacedRecords as Topic)) return forwarded.includes((event as MisplacedRecord).topic)
    return sources.has(event.source) || (topic.role === 'output' && !PROCESSOR.test(event.source))
  }
  return (topic: Topic, record: PublishedRecord): Envelope | undefined => {
    const event = decodedOrNot(topic, registry, record.value!) ?? (topic.role === 'output' ? UNREADABLE : undefined)
    return event !== undefined && isClaimed(topic, event) ? event : undefined
  }
}

export function decodedOrNot(topic: Topic, registry: Registry, value: Buffer): Envelope | undefined {
  try {
    return codecOf(topic, registry).decode(value) as Envelope
  } catch {
    return undefined
  }
}
