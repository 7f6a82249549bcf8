import type { Envelope } from '../../schemas/avro/schema.ts'
import { reading, type Reading } from '../aggregation.ts'

/** Seconds between the latest event and the one before it; 0 with a single event, and for two at the same time. */
export function secondsSinceBefore<Event extends Envelope>(): Reading<Event> {
  return reading(
    {
      slots: 2,
      init(slots, start) {
        slots[start] = Number.NEGATIVE_INFINITY
        slots[start + 1] = Number.NEGATIVE_INFINITY
      },
      fold(slots, start, { occurredAt }) {
        if (occurredAt > slots[start]!) {
          slots[start + 1] = slots[start]!
          slots[start] = occurredAt
        } else if (occurredAt > slots[start + 1]!) slots[start + 1] = occurredAt
      },
      combine(slots, start, other) {
        const times = [slots[start]!, slots[start + 1]!, other[start]!, other[start + 1]!].sort((a, b) => b - a)
        slots[start] = times[0]!
        slots[start + 1] = times[1]!
      },
    },
    (slots, start, _moment, into, index) => {
      into[index] = slots[start + 1] === Number.NEGATIVE_INFINITY ? 0 : (slots[start]! - slots[start + 1]!) / 1_000
    },
  )
}
