import type { Rows } from '../../../features/calls/routing/desk.ts'
import type { KeyedState, RecordStateDescriptor } from '../../../features/keyed-state.ts'

/** Returns a map of a kind’s records by id: reads all of them once and writes each change through to the state. */
export function rowsIn<T>(state: KeyedState, kind: RecordStateDescriptor<T>): Rows<T> {
  const rows = new Map<string, T>()
  state.look(kind, '', (id, row) => rows.set(id, row) === rows)
  return {
    get: (id) => rows.get(id),
    set(id, row) {
      rows.set(id, row)
      state.put(kind, id, row)
    },
    delete(id) {
      rows.delete(id)
      state.delete(kind, id)
    },
    values: () => rows.values(),
    get size() {
      return rows.size
    },
  }
}
