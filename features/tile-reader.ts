import type { Aggregation } from './aggregation.ts'
import type { KeyedState } from './keyed-state.ts'
import { createTiles, windows, type Tiles, type Window } from './tiles.ts'

/** Reads all windows of the same tile length. */
export interface TileReader<Event> {
  readonly tiles: Tiles<Event>
  /** One scratch record per window, filled by `merge`; rows are read one at a time. */
  readonly slotsOf: ReadonlyMap<Window, Float64Array>
  merge(state: KeyedState, at: number, latest: number): void
}

function tileReader<Event>(tiles: Tiles<Event>, spans: readonly Window[]): TileReader<Event> {
  const scratch = spans.map(() => new Float64Array(tiles.layout.slots))
  const spansMs = spans.map((window) => windows[window].spanMs)
  const reachMs = Math.max(...spansMs) + tiles.tileMs
  return {
    tiles,
    slotsOf: new Map(spans.map((window, i) => [window, scratch[i]!])),
    merge(state, at, latest) {
      // A key without events for longer than the longest window has nothing to scan.
      if (at - latest > reachMs) for (const slots of scratch) tiles.layout.init(slots)
      else tiles.merge(state, at, spansMs, scratch)
    },
  }
}

/**
 * Creates a reader for the hourly and one for the daily tiles, as far as windows use them. `partsOf` returns the
 * aggregations of the chosen windows.
 */
export function tileReadersOf<Event>(
  name: string,
  spans: ReadonlySet<Window>,
  aggregationsOf: (chosen: (window: Window) => boolean) => Set<Aggregation<Event>>,
): readonly TileReader<Event>[] {
  return [
    { suffix: 'hours', tileMs: windows['24h'].tileMs },
    { suffix: 'days', tileMs: windows['30d'].tileMs },
  ].flatMap(({ suffix, tileMs }) => {
    const own = (Object.keys(windows) as Window[]).filter(
      (window) => windows[window].tileMs === tileMs && spans.has(window),
    )
    if (own.length === 0) return []
    const parts = aggregationsOf((window) => windows[window].tileMs === tileMs)
    const longestMs = Math.max(...own.map((window) => windows[window].spanMs))
    return [tileReader(createTiles(`${name}-${suffix}`, tileMs, longestMs, parts), own)]
  })
}
