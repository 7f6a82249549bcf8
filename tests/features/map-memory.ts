import { recordsOf, type StateDescriptor, type KeyedState } from '../../features/keyed-state.ts'

/**
 * Keeps the records of one key in a map, and checks the rules of the contract: only declared kinds, and only numeric
 * records of the declared length.
 */
export function mapMemory(
  kinds: readonly StateDescriptor<unknown>[],
  key = 'customer-1',
): KeyedState & { readonly size: number; sizeOf(kind: StateDescriptor<unknown>): number } {
  const records = new Map(kinds.map((kind) => [kind.name, new Map<string, unknown>()]))
  if (records.size !== kinds.length) throw new Error('Two kinds have the same name.')
  const of = (kind: StateDescriptor<unknown>): Map<string, unknown> => {
    const found = records.get(kind.name)
    if (found === undefined) throw new Error(`The kind ${kind.name} was not announced.`)
    return found
  }
  const memory: ReturnType<typeof mapMemory> = {
    key,
    get: <T>(kind: StateDescriptor<T>, id: string) => of(kind).get(id) as T | undefined,
    put(kind, id, value) {
      if (kind.slots !== undefined && (value as unknown as Float64Array).length !== kind.slots)
        throw new Error(`${kind.name} has ${kind.slots} slots.`)
      of(kind).set(id, value)
    },
    delete(kind, id) {
      of(kind).delete(id)
    },
    *scan<T>(kind: StateDescriptor<T>, idPrefix = '') {
      for (const id of [...of(kind).keys()].filter((id) => id.startsWith(idPrefix)).sort()) {
        if (of(kind).has(id)) yield [id, of(kind).get(id) as T] as const
      }
    },
    look<T>(kind: StateDescriptor<T>, idPrefix: string, visit: (id: string, value: T) => boolean) {
      for (const id of [...of(kind).keys()].filter((id) => id.startsWith(idPrefix)).sort())
        if (!visit(id, of(kind).get(id) as T)) return
    },
    derived: (view) => view.of(recordsOf(memory, view.kind)),
    count: (kind, idPrefix = '') => [...of(kind).keys()].filter((id) => id.startsWith(idPrefix)).length,
    get size() {
      return [...records.values()].reduce((sum, { size }) => sum + size, 0)
    },
    sizeOf: (kind) => of(kind).size,
  }
  return memory
}
