import type { Numbers } from './feature-set.ts'
import type { StateDescriptor, KeyedState } from './keyed-state.ts'

/**
 * What to remember of the events of one key: some Float64 slots of a record, and how an event changes them. The slots after a set
 * of events are the same in whatever order these came (to rounding, 1e-9), so late events need no care.
 */
export interface Aggregation<Event> {
  readonly slots: number
  /** Slots before the first event; zeros where it is not given. */
  init?(slots: Float64Array, start: number): void
  fold(slots: Float64Array, start: number, event: Event, memory: KeyedState): void
  /**
   * How each slot takes in that of a record of other events. An aggregation that has it can be kept in tiles, and so in windows.
   */
  readonly merge?: readonly SlotMerge[]
  /** Records of its own besides the slots. */
  readonly kinds?: readonly StateDescriptor<unknown>[]
}

export type SlotMerge = 'sum' | 'largest' | 'smallest'

/** When and of whom a row is read. */
export interface Moment {
  /** ms. */
  readonly at: number
  readonly memory: KeyedState
}

/** Writes one number. It is written and not returned, since a returned number would be an object on the heap. */
export type Read = (slots: Float64Array, moment: Moment, into: Numbers, index: number) => void

/** One number that can be told from what some aggregations remember; features that share an aggregation share its slots. */
export interface Reading<Event> {
  readonly parts: readonly Aggregation<Event>[]
  bind(startOf: (part: Aggregation<Event>) => number): Read
}

/** A number of an event; NaN: the event has none, and is passed over. */
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
