import { DAY_MS, HOUR_MS } from '../../schemas/durations.ts'
import type { Envelope } from '../../schemas/avro/schema.ts'
import { reading, type Amount, type Reading } from '../aggregation.ts'

export const halfLives = { '1h': HOUR_MS, '24h': DAY_MS, '30d': 30 * DAY_MS } as const
export type HalfLife = keyof typeof halfLives

/**
 * Sum in which each amount loses half its weight per half-life of event time: Σ aᵢ·2^(−(at−tᵢ)/h). It takes two slots
 * however long the history: the sum, and its reference time, which is the latest event time. A later event moves the
 * reference; a late amount is decayed to it (forward decay: Cormode, Shkapenyuk, Srivastava, Xu 2009).
 */
export function decayedSum<Event extends Envelope>(amount: Amount<Event>, halfLife: HalfLife): Reading<Event> {
  const halfLifeMs = halfLives[halfLife]
  return reading(
    {
      slots: 2,
      init(slots, start) {
        slots[start] = 0
        slots[start + 1] = Number.NEGATIVE_INFINITY
      },
      fold(slots, start, event) {
        const value = amount(event)
        if (Number.isNaN(value)) return
        const laterByMs = event.occurredAt - slots[start + 1]!
        if (laterByMs > 0) {
          slots[start] = slots[start]! * 0.5 ** (laterByMs / halfLifeMs) + value
          slots[start + 1] = event.occurredAt
        } else {
          slots[start]! += value * 0.5 ** (-laterByMs / halfLifeMs)
        }
      },
      combine(slots, start, other) {
        const at = Math.max(slots[start + 1]!, other[start + 1]!)
        if (at === Number.NEGATIVE_INFINITY) return
        slots[start] = decayed(slots, start, at, halfLifeMs) + decayed(other, start, at, halfLifeMs)
        slots[start + 1] = at
      },
    },
    (slots, start, moment, into, index) => {
      const laterByMs = moment.at - slots[start + 1]!
      into[index] = laterByMs > 0 ? slots[start]! * 0.5 ** (laterByMs / halfLifeMs) : slots[start]!
    },
  )
}

function decayed(slots: Float64Array, start: number, at: number, halfLifeMs: number): number {
  return slots[start]! * 0.5 ** ((at - slots[start + 1]!) / halfLifeMs)
}
