import type { Envelope } from '../../schemas/avro/schema.ts'
import { reading, type Aggregation, type Reading } from '../aggregation.ts'

/**
 * Counts of a few known values of a field, and the value of the latest event. Of several events at the same time, the
 * value that is last in the list counts, so that arrival order does not matter.
 */
export function symbolCounts<Event extends Envelope, Name extends string>(
  symbols: readonly Name[],
  symbolOf: (event: Event) => Name,
): Readonly<Record<'latestCount' | 'latestShare', Reading<Event>>> {
  const places = new Map(symbols.map((symbol, place) => [symbol, place]))
  const latestAt = symbols.length
  const latestPlace = symbols.length + 1
  const aggregation: Aggregation<Event> = {
    slots: symbols.length + 2,
    init(slots, start) {
      slots.fill(0, start, start + symbols.length)
      slots[start + latestAt] = Number.NEGATIVE_INFINITY
      slots[start + latestPlace] = Number.NaN
    },
    fold(slots, start, event) {
      const place = places.get(symbolOf(event))
      if (place === undefined) return
      slots[start + place]! += 1
      const at = event.occurredAt
      if (at < slots[start + latestAt]! || (at === slots[start + latestAt]! && place < slots[start + latestPlace]!))
        return
      slots[start + latestAt] = at
      slots[start + latestPlace] = place
    },
    combine(slots, start, other) {
      for (let place = start; place < start + symbols.length; place++) slots[place]! += other[place]!
      const [at, place] = [other[start + latestAt]!, other[start + latestPlace]!]
      if (Number.isNaN(place) || at < slots[start + latestAt]!) return
      if (at === slots[start + latestAt]! && place < slots[start + latestPlace]!) return
      slots[start + latestAt] = at
      slots[start + latestPlace] = place
    },
  }
  return {
    latestCount: reading(aggregation, (slots, start, _moment, into, index) => {
      into[index] = slots[start + slots[start + latestPlace]!]!
    }),
    latestShare: reading(aggregation, (slots, start, _moment, into, index) => {
      let all = 0
      for (let place = 0; place < symbols.length; place++) all += slots[start + place]!
      into[index] = slots[start + slots[start + latestPlace]!]! / all
    }),
  }
}
