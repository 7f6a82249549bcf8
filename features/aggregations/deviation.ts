import { reading, type Amount, type Reading } from '../aggregation.ts'

/** Population standard deviation of the amounts, by Welford's recurrence (1962). */
export function deviation<Event>(amount: Amount<Event>): Reading<Event> {
  return reading(
    {
      slots: 3,
      fold(slots, start, event) {
        const value = amount(event)
        if (Number.isNaN(value)) return
        const events = (slots[start]! += 1)
        const before = value - slots[start + 1]!
        slots[start + 1]! += before / events
        slots[start + 2]! += before * (value - slots[start + 1]!)
      },
      // Chan, Golub, LeVeque 1979.
      combine(slots, start, other) {
        const [mine, theirs] = [slots[start]!, other[start]!]
        if (theirs === 0) return
        const events = mine + theirs
        const apart = other[start + 1]! - slots[start + 1]!
        slots[start] = events
        slots[start + 1]! += (apart * theirs) / events
        slots[start + 2]! += other[start + 2]! + (apart * apart * mine * theirs) / events
      },
    },
    (slots, start, _moment, into, index) => {
      into[index] = slots[start] === 0 ? Number.NaN : Math.sqrt(slots[start + 2]! / slots[start]!)
    },
  )
}
