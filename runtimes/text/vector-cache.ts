/** Vectors of windows that were encoded before, the most recently used ones. */
export interface VectorCache {
  get(key: string): Float32Array | undefined
  set(key: string, vector: Float32Array): void
}

export function createVectorCache(entriesMax: number): VectorCache {
  const vectors = new Map<string, Float32Array>()
  return {
    get(key) {
      const vector = vectors.get(key)
      if (vector === undefined) return undefined
      // A map keeps insertion order: the most recently used is last.
      vectors.delete(key)
      vectors.set(key, vector)
      return vector
    },
    set(key, vector) {
      vectors.delete(key)
      vectors.set(key, vector)
      if (vectors.size > entriesMax) vectors.delete(vectors.keys().next().value!)
    },
  }
}

/** The ids themselves, two characters each. */
export function keyOfWindow(ids: Int32Array): string {
  return Buffer.from(ids.buffer, ids.byteOffset, ids.byteLength).toString('latin1')
}
