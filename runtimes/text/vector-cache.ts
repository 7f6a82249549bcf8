import type { VectorFile } from './vector-file.ts'

/** LRU cache of the vectors of encoded windows. */
export interface VectorCache {
  get(key: string): Float32Array | undefined
  set(key: string, vector: Float32Array): void
}

/** `file`: vectors that are no longer in memory, or come from an earlier process. */
export function createVectorCache(entriesMax: number, file?: VectorFile): VectorCache {
  const vectors = new Map<string, Float32Array>()

  function keep(key: string, vector: Float32Array): void {
    // A map keeps insertion order: the most recently used is last.
    vectors.delete(key)
    vectors.set(key, vector)
    if (vectors.size > entriesMax) vectors.delete(vectors.keys().next().value!)
  }

  return {
    get(key) {
      const vector = vectors.get(key) ?? file?.get(key)
      if (vector !== undefined) keep(key, vector)
      return vector
    },
    set(key, vector) {
      keep(key, vector)
      file?.add(key, vector)
    },
  }
}

/** Returns the ids themselves as a string, four characters each. */
export function keyOfWindow(ids: Int32Array): string {
  return Buffer.from(ids.buffer, ids.byteOffset, ids.byteLength).toString('latin1')
}
