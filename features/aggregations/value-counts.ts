import { reading, type Aggregation, type Reading } from '../aggregation.ts'
import { numericState, type StateDescriptor, type KeyedState } from '../keyed-state.ts'
import { unitHash, valueId } from '../string-hash.ts'

/** Maximum number of values with a record of their own; beyond it, the values with the smallest hashes are kept. */
const VALUES_MAX = 256

/** Slots of the base record. */
const TOTAL = 0
const KEPT = 1
const KEPT_TOTAL = 2
const TOP = 3
/** Σ c·ln c over the kept counts c. */
const SPREAD = 4
/** The largest kept hash. */
const LIMIT = 5
const OVERFLOWED = 6
/** Slots of a value's record. */
const COUNT = 0
const HASH = 1

export interface ValueCounts<Event> {
  /** Share of the most frequent value. */
  readonly usualShare: Reading<Event>
  /** Entropy of the values, in nats; 0 if they are all the same. */
  readonly entropy: Reading<Event>
  /** Number of distinct values. */
  readonly distinct: Reading<Event>
  readonly kind: StateDescriptor<Float64Array>
}

/**
 * Counts each value of a field in a small record of its own, so that the usual value is known by name. Memory is
 * bounded, and the result does not depend on the order of the events: beyond 256 distinct values, only those with the
 * smallest hashes are kept, each with its exact count (a bottom-k sample, Cohen and Kaplan 2007), and the number of
 * distinct values is estimated from the largest kept hash.
 */
export function valueCounts<Event>(kindName: string, valueOf: (event: Event) => string | null): ValueCounts<Event> {
  const kind = numericState(kindName, 2)

  /** Adds to the count of a value, unless the values with the smallest hashes leave no room for it. */
  function add(slots: Float64Array, start: number, state: KeyedState, id: string, times: number): void {
    let record = state.get(kind, id)
    if (record === undefined) {
      const hash = unitHash(id)
      if (slots[start + KEPT] === VALUES_MAX) {
        slots[start + OVERFLOWED] = 1
        if (hash > slots[start + LIMIT]!) return
        evict(kind, slots, start, state)
      }
      record = Float64Array.of(0, hash)
      slots[start + KEPT]! += 1
      slots[start + LIMIT] = Math.max(slots[start + LIMIT]!, hash)
    }
    const before = record[COUNT]!
    record[COUNT] = before + times
    state.put(kind, id, record)
    slots[start + KEPT_TOTAL]! += times
    slots[start + SPREAD]! += weighted(before + times) - weighted(before)
    slots[start + TOP] = Math.max(slots[start + TOP]!, before + times)
  }

  const aggregation: Aggregation<Event> = {
    slots: 7,
    kinds: [kind],
    fold(slots, start, event, state) {
      const value = valueOf(event)
      if (value === null) return
      slots[start + TOTAL]! += 1
      add(slots, start, state, valueId(value), 1)
    },
    combine(slots, start, other, state, otherState) {
      slots[start + TOTAL]! += other[start + TOTAL]!
      if (other[start + OVERFLOWED] === 1) slots[start + OVERFLOWED] = 1
      // The values with the smallest hashes of all are among those that each kept, so none is counted in part.
      for (const [id, theirs] of otherState.scan(kind)) add(slots, start, state, id, theirs[COUNT]!)
    },
  }

  return {
    kind,
    usualShare: reading(aggregation, (slots, start, _moment, into, index) => {
      into[index] = slots[start + TOTAL] === 0 ? Number.NaN : slots[start + TOP]! / slots[start + TOTAL]!
    }),
    entropy: reading(aggregation, (slots, start, _moment, into, index) => {
      const kept = slots[start + KEPT_TOTAL]!
      // With a single value, rounding would leave a tiny entropy other than zero.
      if (kept === 0) into[index] = Number.NaN
      else if (slots[start + KEPT] === 1) into[index] = 0
      else into[index] = Math.log(kept) - slots[start + SPREAD]! / kept
    }),
    distinct: reading(aggregation, (slots, start, _moment, into, index) => {
      into[index] = slots[start + OVERFLOWED] === 0 ? slots[start + KEPT]! : (VALUES_MAX - 1) / slots[start + LIMIT]!
    }),
  }
}

/** Makes room by dropping the value with the largest hash. */
function evict(kind: StateDescriptor<Float64Array>, slots: Float64Array, start: number, state: KeyedState): void {
  let dropped = ''
  let limit = 0
  let top = 0
  for (const [id, record] of state.scan(kind)) {
    if (record[HASH] === slots[start + LIMIT]) dropped = id
    else {
      limit = Math.max(limit, record[HASH]!)
      top = Math.max(top, record[COUNT]!)
    }
  }
  const seen = state.get(kind, dropped)![COUNT]!
  state.delete(kind, dropped)
  slots[start + KEPT]! -= 1
  slots[start + KEPT_TOTAL]! -= seen
  slots[start + SPREAD]! -= weighted(seen)
  slots[start + TOP] = top
  slots[start + LIMIT] = limit
}

function weighted(count: number): number {
  return count === 0 ? 0 : count * Math.log(count)
}

/**
 * Returns the most frequent value of a key’s events, of equally frequent ones the first in alphabetical order;
 * `undefined` before the first event.
 */
export function usualValue<Event>(state: KeyedState, { kind }: ValueCounts<Event>): string | undefined {
  let usual: string | undefined
  let most = 0
  for (const [id, record] of state.scan(kind)) {
    if (record[COUNT]! < most || (record[COUNT] === most && usual !== undefined && id > usual)) continue
    usual = id
    most = record[COUNT]!
  }
  return usual
}
