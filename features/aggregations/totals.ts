import { reading, type Aggregation, type Amount, type Condition, type Reading } from '../aggregation.ts'

/** Number of events, or of those that meet the condition. */
export function count<Event>(where: Condition<Event> = () => true): Reading<Event> {
  return reading(
    {
      slots: 1,
      fold(slots, start, event) {
        if (where(event)) slots[start]! += 1
      },
      merge: ['sum'],
    },
    (slots, start, _moment, into, index) => {
      into[index] = slots[start]!
    },
  )
}

/** Sum of the amounts; 0 before the first one. Whole numbers are exact up to 2^53. */
export function sum<Event>(amount: Amount<Event>): Reading<Event> {
  return totals(amount).sum
}

/** Mean of the amounts. */
export function mean<Event>(amount: Amount<Event>): Reading<Event> {
  return totals(amount).mean
}

/** Sum and mean of the same amounts in two slots: sum and count. */
export function totals<Event>(amount: Amount<Event>): Readonly<Record<'sum' | 'mean' | 'count', Reading<Event>>> {
  const aggregation: Aggregation<Event> = {
    slots: 2,
    fold(slots, start, event) {
      const value = amount(event)
      if (Number.isNaN(value)) return
      slots[start]! += value
      slots[start + 1]! += 1
    },
    merge: ['sum', 'sum'],
  }
  return {
    sum: reading(aggregation, (slots, start, _moment, into, index) => {
      into[index] = slots[start]!
    }),
    mean: reading(aggregation, (slots, start, _moment, into, index) => {
      into[index] = slots[start + 1] === 0 ? Number.NaN : slots[start]! / slots[start + 1]!
    }),
    count: reading(aggregation, (slots, start, _moment, into, index) => {
      into[index] = slots[start + 1]!
    }),
  }
}
