import type { KafkaClient, RecordBatch } from '../../kafka/client.ts'
import { valuesOf } from '../../kafka/records/record-access.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { journal, type JournalEntry } from '../../schemas/platform/platform.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import type { Topic } from '../../schemas/topic.ts'
import type { Naming } from '../naming.ts'

/** A processor, by the name that it signs with, at a partition. */
export interface TaskName {
  readonly source: string
  readonly partition: number
}

/** Who wrote what: each producer id in the journal belongs to one task permanently. */
export interface Writers {
  taskOf(producerId: number): TaskName | undefined
  /** Ids of a task in the order in which it had them. */
  producerIdsOf(task: TaskName): readonly number[]
  /** Nothing is known of who wrote before, ms since the epoch; 0: all of the journal is there. */
  readonly since: number
  /** Reads what has been added meanwhile. */
  refresh(): Promise<void>
}

export interface WritersOptions {
  readonly client: KafkaClient
  readonly naming: Naming
  readonly registry: Registry
  readonly partitionCount: number
  /** By partition. */
  readonly from: (partition: number) => number | 'earliest'
}

/** Reads the journal for the producer ids in its batches: all that a producer id writes is by the task that has it. */
export async function openWriters({
  client,
  naming,
  registry,
  partitionCount,
  from,
}: WritersOptions): Promise<Writers> {
  const topic = naming.topic(journal as Topic)
  const codec = codecOf(journal as Topic, registry)
  const tasks = new Map<number, TaskName>()
  const ids = new Map<string, number[]>()
  const next: number[] = []
  let since = 0
  for (const partition of Array(partitionCount).keys()) {
    const start = from(partition)
    const earliest = await client.listOffset({ topic, partition }, 'earliest')
    next.push(start === 'earliest' ? earliest : start)
    if (start === 'earliest' && earliest > 0) since = Math.max(since, (await readOn(partition)) ?? Date.now())
  }

  function meet(batch: RecordBatch): void {
    if (batch.producerId < 0 || tasks.has(batch.producerId)) return
    const [entry] = valuesOf(batch, codec) as Iterable<JournalEntry>
    // What no task wrote; whatever else its producer wrote is reported as nobody’s.
    if (entry === undefined) return
    const { source, partition } = entry
    tasks.set(batch.producerId, { source, partition })
    const name = nameOf({ source, partition })
    ids.set(name, [...(ids.get(name) ?? []), batch.producerId])
  }

  /** Gives when the first record was written. */
  async function readOn(partition: number): Promise<number | undefined> {
    const at = { topic, partition }
    const end = await client.listOffset(at, 'latest_stable')
    if (next[partition]! >= end) return undefined
    const fetcher = client.fetcher({ bufferedBytesMax: 4 << 20 })
    let first: number | undefined
    try {
      await fetcher.assign(at, next[partition]!)
      while (fetcher.position(topic, partition) < end) {
        const batch = fetcher.take(topic, partition)
        if (batch === undefined) await fetcher.wait(1_000)
        else {
          first ??= batch.timestamps[0]!
          meet(batch)
        }
      }
      next[partition] = fetcher.position(topic, partition)
    } finally {
      await fetcher.close()
    }
    return first
  }

  async function refresh(): Promise<void> {
    for (const partition of next.keys()) await readOn(partition)
  }

  await refresh()
  return {
    taskOf: (producerId) => tasks.get(producerId),
    producerIdsOf: (task) => ids.get(nameOf(task)) ?? [],
    since,
    refresh,
  }
}

function nameOf({ source, partition }: TaskName): string {
  return `${source}/${partition}`
}
