import { DAY_MS, HOUR_MS, type Aggregation } from './aggregation.ts'
import { slotsKind, type Kind, type Memory } from './memory.ts'

/** Windows of event time that end at the row's time. */
export const windows = {
  '24h': { spanMs: DAY_MS, tileMs: HOUR_MS },
  '7d': { spanMs: 7 * DAY_MS, tileMs: DAY_MS },
  '30d': { spanMs: 30 * DAY_MS, tileMs: DAY_MS },
} as const
export type Window = keyof typeof windows

/** Tiles before 1970 have numbers below zero: counted from here, all names have ten digits and sort as time does. */
const ORIGIN = 1_000_000_000

/** Slots for aggregations, one after the other. */
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

/** What some aggregations remember, cut in equal pieces of event time: a record each, so that an event rewrites one small one. */
export interface Tiles<Event> {
  readonly kind: Kind<Float64Array>
  readonly layout: Layout<Event>
  readonly tileMs: number
  /** `latest`: the newest event time of the key so far, this event's included. */
  fold(memory: Memory, event: Event, at: number, latest: number): void
  /**
   * Merges the tiles of the last `spansMs[i]` into `into[i]`: those from the one in which `at` − span lies up to the one of `at`. A window so
   * begins at a whole hour or day of UTC and is longer than its name by less than one tile.
   */
  merge(memory: Memory, at: number, spansMs: readonly number[], into: readonly Float64Array[]): void
}

/**
 * Tiles are kept for the longest window and the grace behind the key's latest event. An event that is later than that changes no tile; by then no window that
 * can still be asked for holds it.
 */
export function createTiles<Event>(
  kindName: string,
  tileMs: number,
  longestSpanMs: number,
  graceMs: number,
  aggregations: Iterable<Aggregation<Event>>,
): Tiles<Event> {
  const layout = layoutOf(aggregations)
  const merges = layout.aggregations.map((aggregation) => ({ aggregation, start: layout.startOf(aggregation) }))
  for (const { aggregation } of merges) {
    if (aggregation.merge === undefined)
      throw new Error(`${kindName} has an aggregation that can't be merged, so it can't be read over a window.`)
  }
  const kind = slotsKind(kindName, layout.slots)
  const nameOf = (tile: number) => String(tile + ORIGIN).padStart(10, '0')

  function forgetBefore(memory: Memory, oldestKept: string): void {
    for (const [name] of memory.scan(kind)) {
      if (name >= oldestKept) return
      memory.delete(kind, name)
    }
  }

  return {
    kind,
    layout,
    tileMs,
    fold(memory, event, at, latest) {
      const tile = Math.floor(at / tileMs)
      const oldestKept = Math.floor((latest - longestSpanMs - graceMs) / tileMs)
      if (tile < oldestKept) return
      const name = nameOf(tile)
      let slots = memory.get(kind, name)
      if (slots === undefined) {
        forgetBefore(memory, nameOf(oldestKept))
        layout.init((slots = new Float64Array(layout.slots)))
      }
      for (const { aggregation, start } of merges) aggregation.fold(slots, start, event, memory)
      memory.put(kind, name, slots)
    },
    merge(memory, at, spansMs, into) {
      const last = Math.floor(at / tileMs)
      for (const slots of into) layout.init(slots)
      for (const [name, tile] of memory.scan(kind)) {
        const number = Number(name) - ORIGIN
        if (number > last) return
        for (let i = 0; i < spansMs.length; i++) {
          if (number < Math.floor((at - spansMs[i]!) / tileMs)) continue
          for (const { aggregation, start } of merges) aggregation.merge!(into[i]!, start, tile, start)
        }
      }
    },
  }
}
