import { join } from 'node:path'
import { openStore } from './open-store.ts'
import type { LocalStore } from './store.ts'
import { StoreTakenOverError } from './store-errors.ts'
import { moveStore, sizeOf } from './store-file.ts'

/**
 * Open stores of one processor's partitions that no task or standby of this process is using. A rebalance revokes
 * partitions and mostly returns them; their stores stay open meanwhile, since opening one verifies every record.
 */
export interface StoreShelf {
  /** Returns a store for a task: the open one if there is one, otherwise the one in the task's folder, verified. */
  forTask(partition: number, owner: string, signal: AbortSignal): Promise<LocalStore>
  /** Returns a store for a standby, in a folder of its own: another process may use the task's folder. */
  forStandby(partition: number, owner: string, signal: AbortSignal): Promise<LocalStore>
  /** Takes back a store whose user has written everything and no longer needs it. */
  put(partition: number, store: LocalStore): Promise<void>
  /** Closes the stores of all other partitions. */
  keepOnly(partitions: readonly number[]): Promise<void>
  /** Closes all stores, and any that is put back later. */
  close(): Promise<void>
}

function copyOf(partition: number): string {
  return `${partition}-standby`
}

/** @param directory folder of the processor, with one folder per partition and another for its standby */
export function createStoreShelf(directory: string): StoreShelf {
  const open = new Map<number, LocalStore>()
  let closed = false

  async function take(partition: number, folder: string, owner: string, signal: AbortSignal): Promise<LocalStore> {
    const store = open.get(partition)
    open.delete(partition)
    const path = join(directory, folder)
    if (store === undefined) return openStore(path, owner, signal)
    try {
      return store.transferTo(path, owner)
    } catch (error) {
      await store.close()
      // Another process has claimed the folder meanwhile and has its own file there.
      if (!(error instanceof StoreTakenOverError)) throw error
      return openStore(path, owner, signal)
    }
  }

  async function closeAll(chosen: (partition: number) => boolean): Promise<void> {
    const gone = [...open].filter(([partition]) => chosen(partition))
    for (const [partition] of gone) open.delete(partition)
    await Promise.all(gone.map(([, store]) => store.close()))
  }

  return {
    async forTask(partition, owner, signal) {
      const copy = join(directory, copyOf(partition))
      // It was a standby when the process ended.
      if (!open.has(partition) && sizeOf(join(directory, String(partition))) === 0 && sizeOf(copy) > 0)
        moveStore(copy, join(directory, String(partition)))
      return take(partition, String(partition), owner, signal)
    },
    forStandby: (partition, owner, signal) => take(partition, copyOf(partition), owner, signal),
    async put(partition, store) {
      if (closed) await store.close()
      else open.set(partition, store)
    },
    keepOnly: (partitions) => closeAll((partition) => !partitions.includes(partition)),
    close() {
      closed = true
      return closeAll(() => true)
    },
  }
}
