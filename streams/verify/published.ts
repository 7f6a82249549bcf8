import type { KafkaClient } from '../../kafka/client.ts'
import { partitionOfKey } from '../../kafka/producer/partition-of-key.ts'
import { sourceOf, type Processor } from '../../processors/processor.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { deadLetters, misplacedRecords, type MisplacedRecord } from '../../schemas/platform/platform.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import type { Envelope } from '../../schemas/avro/schema.ts'
import type { Message, Topic } from '../../schemas/topic.ts'
import type { Published } from '../replay/journal-replay.ts'
import { sentOnBy } from '../input/misplaced.ts'
import type { Naming } from '../naming.ts'
import type { Writers } from './journal.ts'
import { sameWithin } from './same-within.ts'
import { createPartitionCheck, type PartitionCheck } from './partition.ts'
import { openPublishedRecords, type Transaction } from './records.ts'
import { nothingPublished, sumOfPublished, type Difference, type PublishedCount } from './report.ts'
import { createForeignWriters, type ForeignWrite } from './foreign-writers.ts'

/** How processors sign. */
const PROCESSOR = /^scoreline\/[^@]+@\d+$/
const UNREADABLE: Envelope = { id: 'unreadable', occurredAt: 0, source: '' }

export interface PublishedCheckOptions {
  readonly client: KafkaClient
  readonly naming: Naming
  readonly registry: Registry
  readonly processor: Processor
  readonly processors: readonly Processor[]
  readonly partition: number
  readonly partitionCountOf: (topic: string) => number
  readonly writers: Writers
  /** Where the comparison begins in a partition, by the topic's name on the broker. */
  readonly startOf: (topic: string, partition: number) => number | 'earliest'
  readonly differences: Difference[]
}

export interface PublishedOutcome {
  readonly messages: PublishedCount
  readonly deadLetters: PublishedCount
}

/** Compares what one task published, in whatever partitions, with what a replay of it gives. */
export interface PublishedCheck {
  transaction(transaction: Transaction, published: Published): Promise<void>
  /** Looks at the rest of each partition. */
  finish(): Promise<PublishedOutcome>
  /** Tasks that were seen to write beside this one. */
  readonly visits: readonly ForeignWrite[]
  /** What it published in a partition in which nothing was expected of it. */
  unexpected(visit: ForeignWrite): Promise<PublishedOutcome>
  close(): Promise<void>
}

export async function createPublishedCheck(options: PublishedCheckOptions): Promise<PublishedCheck> {
  const { client, naming, registry, processor, partition, partitionCountOf, writers, differences } = options
  const task = { source: sourceOf(processor), partition }
  const outputs = [...(processor.outputs as readonly Topic[]), misplacedRecords as Topic, deadLetters as Topic]
  const sentOn = [...sentOnBy(processor, options.processors)].map(({ name }) => name)
  const checks = new Map<string, { readonly topic: Topic; readonly check: PartitionCheck }>()
  const foreignWriters = createForeignWriters(task, writers, differences)
  /**
   * Whether this processor is responsible for a record. For forwarded records the topic decides; unsigned records do
   * not belong in topics of processors.
   */
  const isClaimed = (topic: Topic, event: Envelope) => {
    if (topic === (misplacedRecords as Topic)) return sentOn.includes((event as MisplacedRecord).topic)
    return event.source === task.source || (topic.role === 'output' && !PROCESSOR.test(event.source))
  }
  let first: Transaction | undefined
  let last: Transaction | undefined

  async function checkOf(topic: Topic, at: number): Promise<PartitionCheck> {
    const known = checks.get(`${topic.name}/${at}`)
    if (known !== undefined) return known.check
    const name = naming.topic(topic)
    const check = createPartitionCheck({
      name: `${topic.name}-${at}`,
      records: await openPublishedRecords(client, { topic: name, partition: at }, options.startOf(name, at)),
      isCompacted: topic.retention === 'compacted',
      producerIds: writers.producerIdsOf(task),
      first: () => first,
      idOf: (value) => decodedOrNot(topic, value)?.id ?? 'unreadable',
      // One task searches each partition for records without an owner.
      onOther(record) {
        if (at !== partition) return
        foreignWriters.observe(topic.name, at, record, () => {
          const event = decodedOrNot(topic, record.value!) ?? (topic.role === 'output' ? UNREADABLE : undefined)
          return event !== undefined && isClaimed(topic, event) ? event : undefined
        })
      },
      differences,
    })
    checks.set(`${topic.name}/${at}`, { topic, check })
    return check
  }

  async function expect(
    transaction: Transaction,
    topic: Topic,
    at: number,
    key: Buffer,
    value: Buffer | null,
    isNearly?: (published: Buffer) => boolean,
  ): Promise<void> {
    await (await checkOf(topic, at)).expect(transaction, { key, value, isNearly })
  }

  const encode = ({ topic, value }: Message) => (value === null ? null : codecOf(topic, registry).encode(value))

  function decodedOrNot(topic: Topic, value: Buffer): Envelope | undefined {
    try {
      return codecOf(topic, registry).decode(value) as Envelope
    } catch {
      return undefined
    }
  }

  function outcomeOf(topic: Topic, count: PublishedCount): PublishedOutcome {
    const isLetter = topic === (deadLetters as Topic)
    return {
      messages: isLetter ? nothingPublished : count,
      deadLetters: isLetter ? count : nothingPublished,
    }
  }

  for (const topic of outputs) await checkOf(topic, partition)

  return {
    async transaction(transaction, { messages, deadLetters: letters, tolerance }) {
      first ??= transaction
      last = transaction
      for (const message of messages) {
        const key = Buffer.from(message.key)
        const at = partitionOfKey(key, partitionCountOf(naming.topic(message.topic)))
        const value = encode(message)
        const isNearly = (published: Buffer) =>
          sameWithin(decodedOrNot(message.topic, value!), decodedOrNot(message.topic, published), tolerance)
        await expect(transaction, message.topic, at, key, value, tolerance > 0 ? isNearly : undefined)
      }
      for (const letter of letters) {
        const topic = deadLetters as Topic
        const key = deadLetters.keyOf(letter)
        await expect(transaction, topic, partition, Buffer.from(key), encode({ topic, key, value: letter }))
      }
    },
    async finish() {
      const outcomes: PublishedOutcome[] = []
      for (const { topic, check } of checks.values()) outcomes.push(outcomeOf(topic, await check.finish(last)))
      for (const [name, extra] of await foreignWriters.spoofed())
        outcomes.push(
          outcomeOf(
            outputs.find((topic) => topic.name === name)!,
            { ...nothingPublished, extra },
          ),
        )
      return sumOfOutcomes(outcomes)
    },
    get visits() {
      return foreignWriters.foreignWrites
    },
    async unexpected({ topic: name, at }) {
      const topic = outputs.find((output) => output.name === name)!
      if (checks.has(`${name}/${at}`)) return outcomeOf(topic, nothingPublished)
      return outcomeOf(topic, await (await checkOf(topic, at)).finish(last))
    },
    async close() {
      for (const { check } of checks.values()) await check.close()
    },
  }
}

export function sumOfOutcomes(outcomes: readonly PublishedOutcome[]): PublishedOutcome {
  return {
    messages: sumOfPublished(outcomes.map(({ messages }) => messages)),
    deadLetters: sumOfPublished(outcomes.map(({ deadLetters: letters }) => letters)),
  }
}
