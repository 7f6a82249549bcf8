import type { KafkaClient, TopicPartition } from '../../kafka/client.ts'
import { keyOf, valueOf } from '../../kafka/records/record-access.ts'
import type { FailPoint } from '../task/fail-point.ts'
import type { Store } from '../state/store.ts'

export interface RestoreOptions {
  readonly client: KafkaClient
  readonly changelog: TopicPartition
  /** The changelog's incarnation. */
  readonly changelogId: string
  readonly store: Store
  /**
   * A checkpoint older than this may miss deletions that the changelog has forgotten already: `delete.retention.ms`.
   */
  readonly checkpointAgeMsMax: number
  readonly now: () => number
  /** A task that is given back meanwhile stops here. */
  readonly cancelled: () => boolean
  readonly atPoint?: ((point: FailPoint) => void) | undefined
}

/** Approximate size of one write to the store. */
const PIECE_BYTES = 8 << 20

/**
 * Brings the store up to the end of the changelog: from the checkpoint, or from the earliest offset if the checkpoint
 * is unusable. Call it after the former owner is fenced, so that nothing more is appended.
 *
 * @returns the number of records read
 */
export async function restore(options: RestoreOptions): Promise<number> {
  const { client, changelog, changelogId, store, now } = options
  const earliest = await client.listOffset(changelog, 'earliest')
  const end = await client.listOffset(changelog, 'latest')
  const metadata = store.metadata()
  const usable =
    metadata !== undefined &&
    metadata.changelogId === changelogId &&
    metadata.changelogOffset >= earliest &&
    metadata.changelogOffset <= end &&
    now() - metadata.writtenAt < options.checkpointAgeMsMax
  if (metadata !== undefined && !usable) store.clear()
  const from = usable ? metadata.changelogOffset : earliest
  if (from >= end) {
    if (!usable) store.checkpoint([], { changelogId, changelogOffset: end, writtenAt: now() })
    return 0
  }

  const fetcher = client.fetcher({ isolation: 'read_committed', partitionBytesMax: 4 << 20 })
  try {
    await fetcher.assign(changelog, from)
    let records = 0
    let piece: (readonly [Buffer, Buffer | null])[] = []
    let pieceBytes = 0
    const flush = (changelogOffset: number) => {
      store.checkpoint(piece, { changelogId, changelogOffset, writtenAt: now() })
      piece = []
      pieceBytes = 0
    }
    options.atPoint?.('restore')
    for (;;) {
      const batch = fetcher.take(changelog.topic, changelog.partition)
      if (batch !== undefined) {
        for (let index = 0; index < batch.count; index++) piece.push([keyOf(batch, index)!, valueOf(batch, index)])
        pieceBytes += batch.bytes.length
        records += batch.count
        const next = batch.offsets[batch.count - 1]! + 1
        if (pieceBytes > PIECE_BYTES) flush(next)
        continue
      }
      if (options.cancelled()) return records
      if (fetcher.position(changelog.topic, changelog.partition) >= end) break
      await fetcher.wait(500)
    }
    flush(end)
    return records
  } finally {
    await fetcher.close()
  }
}
