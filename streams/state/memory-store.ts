import type { CheckpointMetadata, Store } from './store.ts'

/** Creates a store in memory for replays, whose state need not survive them. */
export function memoryStore(): Store {
  let records = new Map<string, Buffer>()
  let metadata: CheckpointMetadata | undefined
  return {
    get: (key) => records.get(key.toString('latin1')),
    *range(from, to, limit = Number.POSITIVE_INFINITY) {
      const keys = [...records.keys()]
        .map((key) => Buffer.from(key, 'latin1'))
        .filter((key) => Buffer.compare(key, from) >= 0 && Buffer.compare(key, to) < 0)
      for (const key of keys.sort(Buffer.compare).slice(0, Math.min(limit, keys.length)))
        yield { key, value: records.get(key.toString('latin1'))! }
    },
    metadata: () => metadata,
    checkpoint(changes, newMetadata) {
      for (const [key, value] of changes) {
        if (value === null) records.delete(key.toString('latin1'))
        else records.set(key.toString('latin1'), value)
      }
      metadata = newMetadata
    },
    clear() {
      records = new Map()
      metadata = undefined
    },
    byteLength: () => 0,
    close: () => Promise.resolve(),
  }
}
