import type { Numbers } from './feature-set.ts'
import type { StateDescriptor, KeyedState } from './keyed-state.ts'

/**
 * Summarises the events of one key in Float64 slots of a record. The slots do not depend on the order of the events (up
 * to rounding, 1e-9), so late events need no special treatment.
 */
export interface Aggregation<Event> {
  readonly slots: number
  /** Initial slots; zeros by default. */
  init?(slots: Float64Array, start: number): void
  fold(slots: Float64Array, start: number, event: Event, state: KeyedState): void
  /**
   * How each slot merges with that of another record. Only mergeable aggregations can be kept in tiles, and so be read
   * over windows.
   */
  readonly merge?: readonly SlotMerge[]
  /**
   * Adds what another key's record says to these slots, as if all events had been of one key: two customers turn out to
   * be one. `other` has the same layout. Not needed with `merge`, which says the same of each slot.
   */
  combine?(slots: Float64Array, start: number, other: Float64Array, state: KeyedState, otherState: KeyedState): void
  /** Descriptors of the additional records that the aggregation keeps under the same key. */
  readonly kinds?: readonly StateDescriptor<unknown>[]
}

export type SlotMerge = 'sum' | 'largest' | 'smallest'

/** Merges slots of another record into these, as each slot merges. */
export function mergeSlots(
  slots: Float64Array,
  start: number,
  other: Float64Array,
  merges: readonly SlotMerge[],
): void {
  for (const [index, merge] of merges.entries()) {
    const [mine, theirs] = [slots[start + index]!, other[start + index]!]
    slots[start + index] =
      merge === 'sum' ? mine + theirs : merge === 'largest' ? Math.max(mine, theirs) : Math.min(mine, theirs)
  }
}

/** Time and keyed state that a row is read at. */
export interface ReadContext {
  /** Event time of the row, in ms. */
  readonly at: number
  readonly state: KeyedState
}

/** Writes one number into the row. Returning it would allocate it on the heap. */
export type Read = (slots: Float64Array, moment: ReadContext, into: Numbers, index: number) => void

/** A number computed from one or more aggregations. Features that share an aggregation share its slots. */
export interface Reading<Event> {
  readonly aggregations: readonly Aggregation<Event>[]
  bind(startOf: (part: Aggregation<Event>) => number): Read
}

/** Extracts a number from an event. An event for which it is NaN is skipped. */
export type Amount<Event> = (event: Event) => number
export type Condition<Event> = (event: Event) => boolean

/** Creates a reading of a single aggregation. */
export function reading<Event>(
  aggregation: Aggregation<Event>,
  read: (slots: Float64Array, start: number, moment: ReadContext, into: Numbers, index: number) => void,
): Reading<Event> {
  return {
    aggregations: [aggregation],
    bind(startOf) {
      const start = startOf(aggregation)
      return (slots, moment, into, index) => read(slots, start, moment, into, index)
    },
  }
}
