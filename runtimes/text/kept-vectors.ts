import { env } from 'onnxruntime-node'
import { openVectorFile, type VectorFile } from './vector-file.ts'

/** Where vectors outlive their process. */
export interface KeptVectors {
  readonly directory: string
  /** Told once if they can't be kept: they are encoded again after a restart then. */
  readonly onTrouble: (error: Error) => void
}

/** As many as are kept in memory. */
const ENTRIES_MAX = 25_000

/** Opens the vectors of a backbone. A disk that fails costs time, and nothing else. */
export function openKeptVectors(
  { directory, onTrouble }: KeptVectors,
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
