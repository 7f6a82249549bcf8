import type { ObjectStore } from '../../../files/objects/object-store.ts'

/** A store in memory. `failAfter` changes, every further change throws, as if the process had been killed. */
export function createMemoryStore(objects = new Map<string, Buffer>(), failAfter = Infinity): ObjectStore {
  let left = failAfter
  const change = (apply: () => void): Promise<void> => {
    if (left-- <= 0) return Promise.reject(new Error('killed'))
    apply()
    return Promise.resolve()
  }
  return {
    put: (name, bytes) => change(() => void objects.set(name, bytes)),
    putFile: () => Promise.reject(new Error('The archive stores no files.')),
    has: (name) => Promise.resolve(objects.has(name)),
    get: (name) => Promise.resolve(objects.get(name)),
    list: (prefix) => Promise.resolve([...objects.keys()].filter((name) => name.startsWith(prefix)).sort()),
    remove: (name) => change(() => void objects.delete(name)),
    tidy: () => Promise.resolve(),
    whereIs: (name) => name,
  }
}
