import { join } from 'node:path'
import type { Restorer } from '../../kafka/admin/restorer.ts'
import { readFrames } from './framed-file.ts'
import { pathOfPartition, type BackedUpPartition } from './manifest.ts'
import { decodeRun, type KeptRecord } from './record-run.ts'

export interface RestorePartitionOptions {
  readonly restorer: Restorer
  readonly folder: string
  readonly topic: string
  readonly partition: number
  readonly backedUp: BackedUpPartition
  readonly change: (record: KeptRecord) => KeptRecord
  readonly stopped: AbortSignal
}

/** Writes the records of a partition at their former offsets. Returns their number. */
export async function restorePartition(options: RestorePartitionOptions): Promise<number> {
  const { restorer, folder, topic, partition, backedUp, change, stopped } = options
  const restored = await restorer.partition({ topic, partition })
  let count = 0
  // Retention deleted what was before.
  await restored.skipTo(backedUp.start)
  for await (const frame of readFrames(join(folder, pathOfPartition(topic, partition)))) {
    stopped.throwIfAborted()
    const { producerId, producerEpoch, records } = decodeRun(frame)
    for (const piece of consecutive(records)) {
      await restored.skipTo(piece[0]!.offset)
      await restored.append(producerId, producerEpoch, piece.map(change))
      count += piece.length
    }
  }
  await restored.skipTo(backedUp.end)
  await restored.finish()
  return count
}

/** Splits records where an offset is left out. */
function* consecutive(records: readonly KeptRecord[]): Generator<KeptRecord[]> {
  let piece: KeptRecord[] = []
  for (const record of records) {
    if (piece.length > 0 && piece.at(-1)!.offset + 1 !== record.offset) {
      yield piece
      piece = []
    }
    piece.push(record)
  }
  if (piece.length > 0) yield piece
}
