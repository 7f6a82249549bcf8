import type { KafkaClient, RecordBatch } from '../../kafka/client.ts'
import { valuesOf } from '../../kafka/records/record-access.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { journal, type JournalEntry } from '../../schemas/platform/platform.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import type { Topic } from '../../schemas/topic.ts'
import type { Naming } from '../naming.ts'

/** A task: the source name in a processor’s records, and a partition. */
export interface TaskName {
  readonly source: string
  readonly partition: number
}

/** Maps producer ids to tasks: each producer id in the journal belongs to one task permanently. */
export interface Writers {
  taskOf(producerId: number): TaskName | undefined
  /** Producer ids of a task, oldest first. */
  producerIdsOf(task: TaskName): readonly number[]
  /** Time before which writers are unknown, in ms since the epoch; 0 if the journal is complete. */
  readonly since: number
  /** Reads the journal entries added since the last read. */
  refresh(): Promise<void>
}

export interface WritersOptions {
  readonly client: KafkaClient
  readonly naming: Naming
  readonly registry: Registry
  readonly partitionCount: number
  /** Start offset in the journal, by partition. */
  readonly from: (partition: number) => number | 'earliest'
}

/** Reads the producer ids of journal batches. Each belongs to one task, so it identifies the writer of a record. */
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
    if (start === 'earliest' && earliest > 0) since = Math.max(since, (await readToEnd(partition)) ?? Date.now())
  }

  function addProducer(batch: RecordBatch): void {
    if (batch.producerId < 0 || tasks.has(batch.producerId)) return
    const [entry] = valuesOf(batch, codec) as Iterable<JournalEntry>
    // The batch was not written by a task. Other records of its producer are reported as spoofed.
    if (entry === undefined) return
    const { source, partition } = entry
    tasks.set(batch.producerId, { source, partition })
    const name = nameOf({ source, partition })
    ids.set(name, [...(ids.get(name) ?? []), batch.producerId])
  }

  /** Reads a partition to its end. Returns the timestamp of the first record read. */
  async function readToEnd(partition: number): Promise<number | undefined> {
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
          addProducer(batch)
        }
      }
      next[partition] = fetcher.position(topic, partition)
    } finally {
      await fetcher.close()
    }
    return first
  }

  async function refresh(): Promise<void> {
    for (const partition of next.keys()) await readToEnd(partition)
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
