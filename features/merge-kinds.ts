import type { KeyedState, StateDescriptor } from './keyed-state.ts'
import { isNewerEvent, isNewerRevision } from './newer-revision.ts'

/** Returns the record to keep of two with the same id. */
export type Choose<T> = (mine: T, theirs: T) => T

/** Takes over the records of another key; of two with the same id, `choose` decides. */
export function mergeKind<T>(
  state: KeyedState,
  other: KeyedState,
  kind: StateDescriptor<T>,
  choose: Choose<NoInfer<T>>,
): void {
  for (const [id, theirs] of [...other.scan(kind)]) {
    const mine = state.get(kind, id)
    state.put(kind, id, mine === undefined ? theirs : choose(mine, theirs))
  }
}

/** Keeps the later event, of equal times the one with the larger id. */
export function newerOf<T extends Parameters<typeof isNewerEvent>[0]>(mine: T, theirs: T): T {
  return isNewerEvent(theirs, mine) ? theirs : mine
}

/** Keeps the higher revision, then the newer event. */
export function revisedOf<T extends Parameters<typeof isNewerRevision>[0]>(mine: T, theirs: T): T {
  return isNewerRevision(theirs, mine) ? theirs : mine
}

/** Keeps the larger number in each slot. */
export function largestOf(mine: Float64Array, theirs: Float64Array): Float64Array {
  return mine.map((number, slot) => Math.max(number, theirs[slot]!))
}

/** Keeps the numbers whose slot `at` is later. */
export function laterSlots(at: number): Choose<Float64Array> {
  return (mine, theirs) => (theirs[at]! > mine[at]! ? theirs : mine)
}

/** Keeps the record whose field is larger, such as a time. */
export function largerBy<T>(fieldOf: (record: T) => number): Choose<T> {
  return (mine, theirs) => (fieldOf(theirs) > fieldOf(mine) ? theirs : mine)
}

/** Drops the records beyond a limit whose field is smallest, such as the oldest; returns their ids. */
export function keepLargest<T>(
  state: KeyedState,
  kind: StateDescriptor<T>,
  most: number,
  fieldOf: (record: NoInfer<T>) => number,
): readonly string[] {
  if (state.count(kind) <= most) return []
  const ids = [...state.scan(kind)].sort(([, one], [, other]) => fieldOf(other) - fieldOf(one)).map(([id]) => id)
  const dropped = ids.slice(most)
  for (const id of dropped) state.delete(kind, id)
  return dropped
}
