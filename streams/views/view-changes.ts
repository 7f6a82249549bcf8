import type { RecordBatch } from '../../kafka/client.ts'
import { keyOf, valueOf } from '../../kafka/records/record-access.ts'

/** The record of each key that remains, by the key's bytes as Latin-1; `null`: the key is deleted. */
export type ViewChanges = Map<string, { readonly key: Buffer; readonly value: Buffer | null }>

/** LMDB takes keys of up to 1,978 bytes, and one stands in front. */
export const VIEW_KEY_BYTES_MAX = 1_977

/**
 * Folds a batch into what a view holds: of each key the last record counts, and a tombstone deletes it. Records that no
 * key can find, and values that are not accepted, change nothing.
 *
 * @returns the number of records that were left out
 */
export function foldBatch(changes: ViewChanges, batch: RecordBatch, accepts: (value: Buffer) => boolean): number {
  let leftOut = 0
  for (let index = 0; index < batch.count; index++) {
    const key = keyOf(batch, index)
    const value = valueOf(batch, index)
    if (key === null || key.length > VIEW_KEY_BYTES_MAX || (value !== null && !accepts(value))) leftOut++
    else changes.set(key.toString('latin1'), { key, value })
  }
  return leftOut
}
