import { setImmediate } from 'node:timers/promises'
import type { KafkaClient, TopicPartition } from '../../kafka/client.ts'
import type { FailPoint } from '../task/fail-point.ts'
import type { CheckpointMetadata, Store } from '../state/store.ts'
import { createChangelogPiece, type ChangelogPiece } from './changelog-piece.ts'

export interface ChangelogCopy {
  readonly client: KafkaClient
  readonly changelog: TopicPartition
  /** Topic id of the changelog. */
  readonly changelogId: string
  readonly store: Store
  /**
   * Age beyond which a checkpoint may miss deletions whose tombstones are already compacted away
   * (`delete.retention.ms`).
   */
  readonly checkpointAgeMsMax: number
  readonly now: () => number
}

export interface RestoreOptions extends ChangelogCopy {
  /** Approximate size of one write to the store: the larger, the fewer pages are written twice. */
  readonly pieceBytes?: number
  /** Returns true once the task is revoked; the restore then stops where it is. */
  readonly cancelled: () => boolean
  readonly atPoint?: ((point: FailPoint) => void) | undefined
}

const PIECE_BYTES = 32 << 20

/**
 * Brings the store up to the end of the changelog: from the checkpoint, or from the earliest offset if the checkpoint
 * is unusable. Call it after the former owner is fenced, so that nothing more is appended.
 *
 * @returns the number of records read
 */
export async function restore(options: RestoreOptions): Promise<number> {
  const { client, changelog, changelogId, store, now, pieceBytes = PIECE_BYTES } = options
  const { from, end } = await unrestoredRange(options)
  if (from >= end) {
    if (store.metadata() === undefined) store.checkpoint([], { changelogId, changelogOffset: end, writtenAt: now() })
    return 0
  }

  const fetcher = client.fetcher({ isolation: 'read_committed', partitionBytesMax: 4 << 20 })
  try {
    await fetcher.assign(changelog, from)
    let records = 0
    const piece = createChangelogPiece()
    const write = (changelogOffset: number) =>
      writePiece(store, piece, { changelogId, changelogOffset, writtenAt: now() }, options.cancelled)
    options.atPoint?.('restore')
    for (;;) {
      const batch = fetcher.take(changelog.topic, changelog.partition)
      if (batch !== undefined) {
        piece.add(batch)
        records += batch.count
        if (piece.bytes > pieceBytes) await write(batch.offsets[batch.count - 1]! + 1)
        continue
      }
      if (options.cancelled()) return records
      if (fetcher.position(changelog.topic, changelog.partition) >= end) break
      await fetcher.wait(500)
    }
    await write(end)
    return records
  } finally {
    await fetcher.close()
  }
}

/** Returns the range of changelog offsets that the store does not hold. Clears a store whose checkpoint is unusable. */
export async function unrestoredRange(copy: ChangelogCopy): Promise<{ readonly from: number; readonly end: number }> {
  const { client, changelog, changelogId, store, now, checkpointAgeMsMax } = copy
  const earliest = await client.listOffset(changelog, 'earliest')
  const end = await client.listOffset(changelog, 'latest')
  const metadata = store.metadata()
  if (metadata === undefined) return { from: earliest, end }
  const usable =
    metadata.changelogId === changelogId &&
    metadata.changelogOffset >= earliest &&
    metadata.changelogOffset <= end &&
    now() - metadata.writtenAt < checkpointAgeMsMax
  if (!usable) store.clear()
  return { from: usable ? metadata.changelogOffset : earliest, end }
}

/**
 * Writes a piece slice by slice. Only the last slice advances the metadata: after an interruption the whole piece is
 * read again. Stops after the current slice once cancelled.
 */
export async function writePiece(
  store: Store,
  piece: ChangelogPiece,
  metadata: CheckpointMetadata,
  cancelled: () => boolean,
): Promise<void> {
  const before = store.metadata() ?? { ...metadata, changelogOffset: 0 }
  for (const { records, last } of piece.slices()) {
    store.checkpoint(records, last ? metadata : before)
    if (last) return
    await setImmediate()
    if (cancelled()) return
  }
}
