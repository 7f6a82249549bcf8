import type { RecordBatch } from '../../kafka/client.ts'
import { keyOf, valueOf } from '../../kafka/records/record-access.ts'

/** The last record of each key, by the key's bytes as Latin-1; `null` deletes the key. */
export type ViewChanges = Map<string, { readonly key: Buffer; readonly value: Buffer | null }>

/** Maximum key size: LMDB's 1,978 bytes, less one for the row prefix. */
export const VIEW_KEY_BYTES_MAX = 1_977

/**
 * Folds a batch into the changes of a view: the last record of each key wins, and a tombstone deletes it. Records
 * without a usable key or with a value that is not accepted are left out.
 */
export function collectChanges(changes: ViewChanges, batch: RecordBatch, accepts: (value: Buffer) => boolean): number {
  let leftOut = 0
  for (let index = 0; index < batch.count; index++) {
    const key = keyOf(batch, index)
    const value = valueOf(batch, index)
    if (key === null || key.length > VIEW_KEY_BYTES_MAX || (value !== null && !accepts(value))) leftOut++
    else changes.set(key.toString('latin1'), { key, value })
  }
  return leftOut
}
