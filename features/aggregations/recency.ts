import { DAY_MS } from '../../schemas/durations.ts'
import type { Envelope } from '../../schemas/avro/schema.ts'
import { reading, type Aggregation, type Condition, type Reading } from '../aggregation.ts'

/** Times of events: days since the first and the latest one, and the mean number of days between consecutive ones. */
export function recency<Event extends Envelope>(
  where: Condition<Event> = () => true,
): Readonly<Record<'daysSinceLast' | 'daysSinceFirst' | 'meanGapDays', Reading<Event>>> {
  const aggregation: Aggregation<Event> = {
    slots: 3,
    init(slots, start) {
      slots[start] = Number.POSITIVE_INFINITY
      slots[start + 1] = Number.NEGATIVE_INFINITY
      slots[start + 2] = 0
    },
    fold(slots, start, event) {
      if (!where(event)) return
      slots[start] = Math.min(slots[start]!, event.occurredAt)
      slots[start + 1] = Math.max(slots[start + 1]!, event.occurredAt)
      slots[start + 2]! += 1
    },
    merge: ['smallest', 'largest', 'sum'],
  }
  return {
    daysSinceLast: reading(aggregation, (slots, start, moment, into, index) => {
      into[index] = slots[start + 2] === 0 ? Number.NaN : (moment.at - slots[start + 1]!) / DAY_MS
    }),
    daysSinceFirst: reading(aggregation, (slots, start, moment, into, index) => {
      into[index] = slots[start + 2] === 0 ? Number.NaN : (moment.at - slots[start]!) / DAY_MS
    }),
    meanGapDays: reading(aggregation, (slots, start, _moment, into, index) => {
      const events = slots[start + 2]!
      into[index] = events < 2 ? Number.NaN : (slots[start + 1]! - slots[start]!) / (events - 1) / DAY_MS
    }),
  }
}
