import type { Numbers } from './feature-set.ts'
import type { StateDescriptor, KeyedState } from './keyed-state.ts'

/**
 * What to keep of the events of one key: Float64 slots of a record, and how an event changes them. The slots do not
 * depend on the order of the events (up to rounding, 1e-9), so late events need no special treatment.
 */
export interface Aggregation<Event> {
  readonly slots: number
  /** Initial slots; zeros by default. */
  init?(slots: Float64Array, start: number): void
  fold(slots: Float64Array, start: number, event: Event, memory: KeyedState): void
  /** How to merge the slots of another record. Only aggregations with it can be kept in tiles, and so in windows. */
  readonly merge?: readonly SlotMerge[]
  /** Kinds of further records. */
  readonly kinds?: readonly StateDescriptor<unknown>[]
}

export type SlotMerge = 'sum' | 'largest' | 'smallest'

/** The time and the key of a row. */
export interface Moment {
  /** ms. */
  readonly at: number
  readonly memory: KeyedState
}

/** Writes one number. It is not returned, since a returned number would be allocated on the heap. */
export type Read = (slots: Float64Array, moment: Moment, into: Numbers, index: number) => void

/** One number read from some aggregations; features that share an aggregation share its slots. */
export interface Reading<Event> {
  readonly parts: readonly Aggregation<Event>[]
  bind(startOf: (part: Aggregation<Event>) => number): Read
}

/** A number of an event; NaN: none, the event is skipped. */
export type Amount<Event> = (event: Event) => number
export type Condition<Event> = (event: Event) => boolean

/** A reading of one aggregation. */
export function reading<Event>(
  aggregation: Aggregation<Event>,
  read: (slots: Float64Array, start: number, moment: Moment, into: Numbers, index: number) => void,
): Reading<Event> {
  return {
    parts: [aggregation],
    bind(startOf) {
      const start = startOf(aggregation)
      return (slots, moment, into, index) => read(slots, start, moment, into, index)
    },
  }
}
