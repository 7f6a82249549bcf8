import { env } from 'onnxruntime-node'
import { openVectorFile, type VectorFile } from './vector-file.ts'

/** Directory of vectors that survive a restart. */
export interface DiskCacheOptions {
  readonly directory: string
  /** Called once if the disk fails; vectors are then encoded again after a restart. */
  readonly onTrouble: (error: Error) => void
}

/** Maximum entries per file. A file and its predecessor hold as many vectors as the memory cache. */
const ENTRIES_MAX = 25_000

/** Opens the vectors of a backbone. If the disk fails, vectors are only recomputed. */
export function openDiskCache(
  { directory, onTrouble }: DiskCacheOptions,
  backbone: string,
  dimension: number,
): VectorFile | undefined {
  let file: VectorFile | undefined

  function attempt<Result>(work: () => Result): Result | undefined {
    try {
      return work()
    } catch (error) {
      file = undefined
      onTrouble(error as Error)
      return undefined
    }
  }

  const maker = `${backbone} ${env.versions.node}`
  file = attempt(() => openVectorFile({ directory, maker, dimension, entriesMax: ENTRIES_MAX }))
  if (file === undefined) return undefined
  return {
    get: (key) => attempt(() => file?.get(key)),
    add: (key, vector) => void attempt(() => file?.add(key, vector)),
    close: () => void attempt(() => file?.close()),
  }
}
