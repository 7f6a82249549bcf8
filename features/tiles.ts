import { DAY_MS, HOUR_MS } from '../schemas/durations.ts'
import { type Aggregation, type SlotMerge } from './aggregation.ts'
import { numericState, type StateDescriptor, type KeyedState } from './keyed-state.ts'

/** Windows of event time that end at the row's time. */
export const windows = {
  '24h': { spanMs: DAY_MS, tileMs: HOUR_MS },
  '7d': { spanMs: 7 * DAY_MS, tileMs: DAY_MS },
  '30d': { spanMs: 30 * DAY_MS, tileMs: DAY_MS },
} as const
export type Window = keyof typeof windows

/** Tiles before 1970 have negative numbers: with this offset all names have ten digits and sort by time. */
const ORIGIN = 1_000_000_000

/** Layout of aggregations in the slots of one record, one after the other. */
export interface Layout<Event> {
  readonly slots: number
  startOf(aggregation: Aggregation<Event>): number
  init(slots: Float64Array): void
  readonly aggregations: readonly Aggregation<Event>[]
}

export function layoutOf<Event>(aggregations: Iterable<Aggregation<Event>>, firstSlot = 0): Layout<Event> {
  const starts = new Map<Aggregation<Event>, number>()
  let slots = firstSlot
  for (const aggregation of aggregations) {
    if (starts.has(aggregation)) continue
    starts.set(aggregation, slots)
    slots += aggregation.slots
  }
  return {
    slots,
    startOf: (aggregation) => starts.get(aggregation)!,
    init(record) {
      record.fill(0)
      for (const [aggregation, start] of starts) aggregation.init?.(record, start)
    },
    aggregations: [...starts.keys()],
  }
}

/**
 * Aggregations in tiles, equal intervals of event time with a record each, so that an event rewrites one small record.
 */
export interface Tiles<Event> {
  readonly kind: StateDescriptor<Float64Array>
  readonly layout: Layout<Event>
  readonly tileMs: number
  /** `latest`: the newest event time of the key so far, this event's included. */
  fold(state: KeyedState, event: Event, at: number, latest: number): void
  /**
   * Adds another key's tiles, and drops those that no window reaches any more. `latest`: the newest event time of both.
   */
  join(state: KeyedState, other: KeyedState, latest: number): void
  /**
   * Merges the tiles of the last `spansMs[i]` into `into[i]`: from the one at `at` − span to the one at `at`. So a
   * window starts at a whole hour or day of UTC and exceeds its nominal length by less than one tile.
   */
  merge(state: KeyedState, at: number, spansMs: readonly number[], into: readonly Float64Array[]): void
}

/**
 * A tile is kept while the longest window that ends at the key’s latest event reaches it. Rows are never read as of an
 * earlier time, so dropped tiles are not needed again, and a late event counts in every window that covers its time,
 * however late it is.
 */
export function createTiles<Event>(
  kindName: string,
  tileMs: number,
  longestSpanMs: number,
  aggregations: Iterable<Aggregation<Event>>,
): Tiles<Event> {
  const layout = layoutOf(aggregations)
  const folds = layout.aggregations.map((aggregation) => ({ aggregation, start: layout.startOf(aggregation) }))
  const merges = layout.aggregations.flatMap(({ merge }) => {
    if (merge === undefined)
      throw new Error(`${kindName} has an aggregation that can't be merged, so it can't be read over a window.`)
    return merge
  })
  const sums = slotsMergedBy(merges, 'sum')
  const largests = slotsMergedBy(merges, 'largest')
  const smallests = slotsMergedBy(merges, 'smallest')
  const kind = numericState(kindName, layout.slots)
  const nameOf = (tile: number) => String(tile + ORIGIN).padStart(10, '0')

  function mergeInto(slots: Float64Array, tile: Float64Array): void {
    for (let i = 0; i < sums.length; i++) slots[sums[i]!]! += tile[sums[i]!]!
    for (let i = 0; i < largests.length; i++) slots[largests[i]!] = Math.max(slots[largests[i]!]!, tile[largests[i]!]!)
    for (let i = 0; i < smallests.length; i++)
      slots[smallests[i]!] = Math.min(slots[smallests[i]!]!, tile[smallests[i]!]!)
  }

  function forgetBefore(state: KeyedState, oldestKept: string): void {
    for (const [name] of state.scan(kind)) {
      if (name >= oldestKept) return
      state.delete(kind, name)
    }
  }

  return {
    kind,
    layout,
    tileMs,
    fold(state, event, at, latest) {
      const tile = Math.floor(at / tileMs)
      const oldestKept = Math.floor((latest - longestSpanMs) / tileMs)
      if (tile < oldestKept) return
      const name = nameOf(tile)
      let slots = state.get(kind, name)
      if (slots === undefined) {
        forgetBefore(state, nameOf(oldestKept))
        layout.init((slots = new Float64Array(layout.slots)))
      }
      for (const { aggregation, start } of folds) aggregation.fold(slots, start, event, state)
      state.put(kind, name, slots)
    },
    join(state, other, latest) {
      const oldestKept = nameOf(Math.floor((latest - longestSpanMs) / tileMs))
      forgetBefore(state, oldestKept)
      for (const [name, theirs] of other.scan(kind)) {
        if (name < oldestKept) continue
        const slots = state.get(kind, name)
        if (slots !== undefined) mergeInto(slots, theirs)
        state.put(kind, name, slots ?? theirs.slice())
      }
    },
    merge(state, at, spansMs, into) {
      const last = nameOf(Math.floor(at / tileMs))
      const firsts = spansMs.map((spanMs) => nameOf(Math.floor((at - spanMs) / tileMs)))
      for (const slots of into) layout.init(slots)
      state.look(kind, '', (name, tile) => {
        if (name > last) return false
        for (let i = 0; i < firsts.length; i++) if (name >= firsts[i]!) mergeInto(into[i]!, tile)
        return true
      })
    },
  }
}

/** Returns the indexes of the slots that merge this way. */
function slotsMergedBy(merges: readonly SlotMerge[], which: SlotMerge): Int32Array {
  return Int32Array.from(merges.flatMap((merge, slot) => (merge === which ? [slot] : [])))
}
