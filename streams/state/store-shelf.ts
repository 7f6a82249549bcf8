import { join } from 'node:path'
import { openStore } from './open-store.ts'
import type { LocalStore } from './store.ts'
import { StoreTakenOverError } from './store-errors.ts'
import { moveStore, sizeOf } from './store-file.ts'

/**
 * The stores of one processor's partitions in this process while no task and no standby has them. A rebalance takes
 * partitions away and mostly gives them back; their stores stay open meanwhile, since opening one verifies every record.
 */
export interface StoreShelf {
  /** A store for a task: the open one if there is one, else that of the task's folder, verified. */
  forTask(partition: number, owner: string, signal: AbortSignal): Promise<LocalStore>
  /** The same for a copy, in a folder of its own: the task's folder may be that of another process. */
  forStandby(partition: number, owner: string, signal: AbortSignal): Promise<LocalStore>
  /** Whoever had the store has written everything and needs it no more. */
  put(partition: number, store: LocalStore): Promise<void>
  /** Closes what is left of other partitions than these. */
  keepOnly(partitions: readonly number[]): Promise<void>
  /** Closes what is left, and from now on what comes. */
  close(): Promise<void>
}

function copyOf(partition: number): string {
  return `${partition}-standby`
}

/** `directory`: of the processor; each partition has a folder in it, and another for its copy. */
export function createStoreShelf(directory: string): StoreShelf {
  const open = new Map<number, LocalStore>()
  let closed = false

  async function take(partition: number, folder: string, owner: string, signal: AbortSignal): Promise<LocalStore> {
    const store = open.get(partition)
    open.delete(partition)
    const path = join(directory, folder)
    if (store === undefined) return openStore(path, owner, signal)
    try {
      return store.handTo(path, owner)
    } catch (error) {
      await store.close()
      // Another process has claimed the folder meanwhile, and has its own file there.
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
      // What was a copy when the process ended.
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
