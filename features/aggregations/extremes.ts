import { reading, type Amount, type Reading } from '../aggregation.ts'

/** The largest amount. */
export function maximum<Event>(amount: Amount<Event>): Reading<Event> {
  return extreme(amount, 'largest')
}

/** The smallest amount. */
export function minimum<Event>(amount: Amount<Event>): Reading<Event> {
  return extreme(amount, 'smallest')
}

function extreme<Event>(amount: Amount<Event>, which: 'largest' | 'smallest'): Reading<Event> {
  const none = which === 'largest' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  return reading(
    {
      slots: 1,
      init(slots, start) {
        slots[start] = none
      },
      fold(slots, start, event) {
        const value = amount(event)
        if (which === 'largest' ? value > slots[start]! : value < slots[start]!) slots[start] = value
      },
      merge: [which],
    },
    (slots, start, _moment, into, index) => {
      into[index] = slots[start] === none ? Number.NaN : slots[start]!
    },
  )
}
