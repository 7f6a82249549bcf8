import type { Envelope } from '../../schemas/avro/schema.ts'
import { reading, type Amount, type Reading } from '../aggregation.ts'

/**
 * Amount of the latest event by event time. Of several at the same time the largest counts, so that arrival order does
 * not matter.
 */
export function lastValue<Event extends Envelope>(amount: Amount<Event>): Reading<Event> {
  return reading(
    {
      slots: 2,
      init(slots, start) {
        slots[start] = Number.NEGATIVE_INFINITY
        slots[start + 1] = Number.NaN
      },
      fold(slots, start, event) {
        const at = event.occurredAt
        const value = amount(event)
        if (Number.isNaN(value) || at < slots[start]! || (at === slots[start]! && value <= slots[start + 1]!)) return
        slots[start] = at
        slots[start + 1] = value
      },
      combine(slots, start, other) {
        const [at, value] = [other[start]!, other[start + 1]!]
        if (Number.isNaN(value) || at < slots[start]! || (at === slots[start]! && value <= slots[start + 1]!)) return
        slots[start] = at
        slots[start + 1] = value
      },
    },
    (slots, start, _moment, into, index) => {
      into[index] = slots[start + 1]!
    },
  )
}
