import type { Kind, Memory } from '../../features/keyed-state.ts'

/** The records of one key in a map, with the contract's rules checked: only kinds that were announced, slots of the announced length. */
export function mapMemory(
  kinds: readonly Kind<unknown>[],
  key = 'customer-1',
): Memory & { readonly size: number; sizeOf(kind: Kind<unknown>): number } {
  const records = new Map(kinds.map((kind) => [kind.name, new Map<string, unknown>()]))
  if (records.size !== kinds.length) throw new Error('Two kinds have the same name.')
  const of = (kind: Kind<unknown>): Map<string, unknown> => {
    const found = records.get(kind.name)
    if (found === undefined) throw new Error(`The kind ${kind.name} was not announced.`)
    return found
  }
  return {
    key,
    get: <T>(kind: Kind<T>, id: string) => of(kind).get(id) as T | undefined,
    put(kind, id, value) {
      if (kind.slots !== undefined && (value as unknown as Float64Array).length !== kind.slots)
        throw new Error(`${kind.name} has ${kind.slots} slots.`)
      of(kind).set(id, value)
    },
    delete(kind, id) {
      of(kind).delete(id)
    },
    *scan<T>(kind: Kind<T>, idPrefix = '') {
      for (const id of [...of(kind).keys()].filter((id) => id.startsWith(idPrefix)).sort()) {
        if (of(kind).has(id)) yield [id, of(kind).get(id) as T] as const
      }
    },
    get size() {
      return [...records.values()].reduce((sum, { size }) => sum + size, 0)
    },
    sizeOf: (kind) => of(kind).size,
  }
}
