import type { StateDescriptor } from '../../processors/processor.ts'
import { SEEN_LIST_MAX, pagesOf } from '../input/duplicates.ts'
import type { Timers } from '../task/timers.ts'
import type { KeyedStateView } from './keyed-state.ts'
import { parseRecordKey, readStored } from './record-key.ts'
import { seenKind, timerKind } from './reserved-kinds.ts'
import type { StateEntry } from './state-entry.ts'
import type { Store } from './store.ts'

export interface ForgettingState {
  readonly store: Pick<Store, 'range'>
  /** Entries that the store does not hold yet. */
  readonly unflushed: Iterable<StateEntry>
  readonly timers: Timers
  keyedState(key: string): KeyedStateView
  /** Returns a kind by name; `undefined`: no code knows it any more. */
  kindNamed(name: string): StateDescriptor<unknown> | undefined
}

/** Deletes every record of these keys: of folds and of decisions, timers and remembered ids. */
export function forgetKeys(state: ForgettingState, keys: readonly string[]): void {
  const wanted = new Set(keys)
  const namesInMemory = new Map<string, [kind: string, id: string][]>()
  const pagesInMemory: string[] = []
  for (const { key, of, id } of state.unflushed) {
    if (of.kind === seenKind && !wanted.has(key)) pagesInMemory.push(key)
    if (!wanted.has(key)) continue
    const names = namesInMemory.get(key)
    if (names === undefined) namesInMemory.set(key, [[of.kind.name, id]])
    else names.push([of.kind.name, id])
  }
  for (const key of keys) {
    const records = state.keyedState(key)
    for (const name of [...namesUnder(state.store, `${key}\u0000`)].filter(({ kind }) => kind === seenKind.name))
      forgetPages(state, pagesInMemory, key, name.id)
    for (const [kind, id] of namesInMemory.get(key) ?? [])
      if (kind === seenKind.name) forgetPages(state, pagesInMemory, key, id)
    const stored = [...namesUnder(state.store, `${key}\u0000`)].map(({ kind, id }) => [kind, id] as const)
    for (const [name, id] of [...stored, ...(namesInMemory.get(key) ?? [])]) {
      const kind = state.kindNamed(name)
      if (kind === timerKind) state.timers.clear(records, id)
      else if (kind !== undefined) records.delete(kind, id)
    }
  }
}

/** Deletes the pages on which a busy hour's ids go on. */
function forgetPages(state: ForgettingState, inMemory: readonly string[], key: string, listId: string): void {
  const prefix = pagesOf(key, listId)
  const list = state.keyedState(key).get<Float64Array>(seenKind, listId)
  const isMark = listId.includes('/!')
  if (!isMark && (list === undefined || list.length < SEEN_LIST_MAX)) return
  const stored = [...namesUnder(state.store, prefix)].map((name) => name.key)
  for (const page of new Set([...stored, ...inMemory.filter((one) => one.startsWith(prefix))]))
    state.keyedState(page).delete(seenKind, '')
}

function* namesUnder(store: Pick<Store, 'range'>, prefix: string) {
  for (const { key, value } of store.range(Buffer.from(prefix), Buffer.from(`${prefix}\u{10ffff}`))) {
    const name = parseRecordKey(key)
    const [id] = readStored(name, value)
    yield { ...name, id }
  }
}
