import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { KafkaClient } from '../../kafka/client.ts'
import { isTaken, type PartitionCut } from './consistent-cut.ts'
import { writeFrames } from './framed-file.ts'
import { pathOfPartition, type BackedUpPartition } from './manifest.ts'
import { encodeRun, runOf } from './record-run.ts'

const BUFFERED_BYTES = 8 << 20

/** Writes the committed records of a partition up to the cut to its file, in bounded memory. */
export async function copyPartition(
  client: KafkaClient,
  folder: string,
  cut: PartitionCut,
  stopped: AbortSignal,
): Promise<BackedUpPartition> {
  const { topic, partition, end } = cut
  const start = Math.min(end, await client.listOffset(cut, 'earliest'))
  const counts = { records: 0, producerIdMax: -1 }
  const path = join(folder, pathOfPartition(topic, partition))
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })

  async function* frames(): AsyncGenerator<Buffer> {
    if (start >= end) return
    const fetcher = client.fetcher({ bufferedBytesMax: BUFFERED_BYTES })
    try {
      await fetcher.assign(cut, start)
      for (;;) {
        const batch = fetcher.take(topic, partition)
        if (batch !== undefined) {
          const run = runOf(batch, (offset) => isTaken(cut, offset))
          if (run.records.length > 0) yield encodeRun(run)
          counts.records += run.records.length
          counts.producerIdMax = Math.max(counts.producerIdMax, run.records.length > 0 ? run.producerId : -1)
        } else if (fetcher.position(topic, partition) >= end) return
        else await fetcher.wait(1_000)
      }
    } finally {
      await fetcher.close()
    }
  }

  const sum = await writeFrames(path, frames(), stopped)
  return { start, end, ...counts, ...sum }
}
