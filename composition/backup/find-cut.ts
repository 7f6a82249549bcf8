import type { KafkaClient, TopicPartition } from '../../kafka/client.ts'
import { valuesOf } from '../../kafka/records/record-access.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { journal } from '../../schemas/platform/platform.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import { pause } from '../../streams/task/loop.ts'
import {
  consistentCut,
  placeOf,
  type PartitionCut,
  type PartitionWindow,
  type Reading,
  type Write,
} from './consistent-cut.ts'

export interface FindCutOptions {
  readonly client: KafkaClient
  readonly registry: Registry
  readonly partitions: readonly TopicPartition[]
  /** Names on the broker. */
  readonly journal: string
  readonly changelogs: ReadonlySet<string>
  /** Whether each transaction has a producer epoch of its own; otherwise nothing may write meanwhile. */
  readonly distinguishesTransactions: boolean
  readonly stopped: AbortSignal
}

type Offsets = ReadonlyMap<string, number>

/** Longer than a transaction may stay open before the broker aborts it. */
const WAIT_MS_MAX = 120_000
const POLL_MS = 50
const BUFFERED_BYTES = 16 << 20

/**
 * Finds a consistent cut while the platform runs. Last stable offsets alone are none: they are read one after the other,
 * and the markers of one transaction reach its partitions one after the other. Therefore:
 *  1. note the last stable offsets, and wait until everything written by then is decided
 *  2. note them again: the cut. Again wait until everything written by then is decided
 *  3. read the few records from the first to the last of these offsets, and complete the transactions among them.
 * A transaction with a record on either side of the cut is within this window.
 */
export async function findCut(options: FindCutOptions): Promise<readonly PartitionCut[]> {
  const { partitions, changelogs } = options
  const from = await offsetsOf(options, 'latest_stable')
  await untilDecided(options)
  const stable = await offsetsOf(options, 'latest_stable')
  const to = await untilDecided(options)
  const readings = new Map<string, Reading[]>()
  const writes = await readWindows(options, from, to, readings)
  if (!options.distinguishesTransactions && [...writes.values()].some((list) => list.length > 0))
    throw transactionsLookAlike()
  const windows = partitions.map((at): PartitionWindow => {
    const place = placeOf(at)
    const isChangelog = changelogs.has(at.topic)
    return { ...at, stable: stable.get(place)!, end: to.get(place)!, isChangelog, writes: writes.get(place)! }
  })
  return consistentCut(windows, (transaction) => readings.get(transaction) ?? [])
}

async function offsetsOf(
  { client, partitions }: FindCutOptions,
  which: 'latest' | 'latest_stable',
): Promise<Map<string, number>> {
  return new Map(
    await Promise.all(partitions.map(async (at) => [placeOf(at), await client.listOffset(at, which)] as const)),
  )
}

/** Waits until every record written by now is committed or aborted. Returns the last stable offsets after that. */
async function untilDecided(options: FindCutOptions): Promise<Offsets> {
  const written = await offsetsOf(options, 'latest')
  const deadline = performance.now() + WAIT_MS_MAX
  for (;;) {
    const stable = await offsetsOf(options, 'latest_stable')
    const open = options.partitions.find((at) => stable.get(placeOf(at))! < written.get(placeOf(at))!)
    if (open === undefined) return stable
    options.stopped.throwIfAborted()
    if (performance.now() > deadline) throw staysOpen(open)
    await pause(POLL_MS, options.stopped)
  }
}

/** Reads which transactions wrote to the windows, and what these have read. Keeps no record. */
async function readWindows(
  { client, registry, partitions, journal: journalName, stopped }: FindCutOptions,
  from: Offsets,
  to: Offsets,
  readings: Map<string, Reading[]>,
): Promise<ReadonlyMap<string, Write[]>> {
  const codec = codecOf(journal, registry)
  const writes = new Map(partitions.map((at): [string, Write[]] => [placeOf(at), []]))
  const fetcher = client.fetcher({ bufferedBytesMax: BUFFERED_BYTES })
  try {
    const left = new Set(partitions.filter((at) => from.get(placeOf(at))! < to.get(placeOf(at))!))
    await Promise.all([...left].map((at) => fetcher.assign(at, from.get(placeOf(at))!)))
    while (left.size > 0) {
      stopped.throwIfAborted()
      for (const at of left) {
        const place = placeOf(at)
        for (let batch; (batch = fetcher.take(at.topic, at.partition)) !== undefined;) {
          const { producerId, producerEpoch, offsets, count } = batch
          const transaction = `${producerId}:${producerEpoch}`
          const write = { transaction, from: offsets[0]!, to: offsets[count - 1]! + 1 }
          if (write.from < to.get(place)!) writes.get(place)!.push(write)
          if (at.topic !== journalName) continue
          for (const { partition, slices, globals } of valuesOf(batch, codec))
            readings.set(transaction, [
              ...(readings.get(transaction) ?? []),
              ...slices.map((slice) => ({ topic: slice.topic, partition, to: slice.to })),
              ...globals.map(({ topic, offset }) => ({ topic, partition: 0, to: offset })),
            ])
        }
        if (fetcher.position(at.topic, at.partition) < to.get(place)!) continue
        left.delete(at)
        fetcher.unassign(at)
      }
      if (left.size > 0) await fetcher.wait(1_000)
    }
  } finally {
    await fetcher.close()
  }
  return writes
}

function staysOpen({ topic, partition }: TopicPartition): Error {
  return new Error(
    `A transaction in ${topic}-${partition} has been open for ${WAIT_MS_MAX / 1000} s: nothing was backed up. ` +
      'Find it with kafka-transactions.sh find-hanging, and try again.',
  )
}

function transactionsLookAlike(): Error {
  return new Error(
    'The cluster has not finalised transaction.version 2, so that the transactions of a producer can’t be told apart ' +
      'while they are written: nothing was backed up. Stop all parts of the platform and back up again, or raise the feature ' +
      '(kafka-features.sh upgrade --feature transaction.version=2).',
  )
}
