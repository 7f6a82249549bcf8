import { count } from './totals.ts'
import type { Condition, Reading } from '../aggregation.ts'

/** One reading divided by another; NaN where the divisor is not positive. May exceed 1. */
export function ratio<Event>(dividend: Reading<Event>, divisor: Reading<Event>): Reading<Event> {
  return {
    aggregations: [...dividend.aggregations, ...divisor.aggregations],
    bind(startOf) {
      const readDividend = dividend.bind(startOf)
      const readDivisor = divisor.bind(startOf)
      const pair = new Float64Array(2)
      return (slots, moment, into, index) => {
        readDividend(slots, moment, pair, 0)
        readDivisor(slots, moment, pair, 1)
        into[index] = pair[1]! > 0 ? pair[0]! / pair[1]! : Number.NaN
      }
    },
  }
}

/** Share of the events meeting `among` that also meet `where`. */
export function share<Event>(where: Condition<Event>, among: Condition<Event> = () => true): Reading<Event> {
  return ratio(
    count<Event>((event) => among(event) && where(event)),
    count<Event>(among),
  )
}

/** One reading minus another. */
export function difference<Event>(minuend: Reading<Event>, subtrahend: Reading<Event>): Reading<Event> {
  return {
    aggregations: [...minuend.aggregations, ...subtrahend.aggregations],
    bind(startOf) {
      const readMinuend = minuend.bind(startOf)
      const readSubtrahend = subtrahend.bind(startOf)
      const pair = new Float64Array(2)
      return (slots, moment, into, index) => {
        readMinuend(slots, moment, pair, 0)
        readSubtrahend(slots, moment, pair, 1)
        into[index] = pair[0]! - pair[1]!
      }
    },
  }
}
