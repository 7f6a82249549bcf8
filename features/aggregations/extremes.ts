import { reading, type Amount, type Reading } from '../aggregation.ts'

export function maximum<Event>(amount: Amount<Event>): Reading<Event> {
  return extreme(amount, (candidate, held) => candidate > held)
}

export function minimum<Event>(amount: Amount<Event>): Reading<Event> {
  return extreme(amount, (candidate, held) => candidate < held)
}

function extreme<Event>(amount: Amount<Event>, beats: (candidate: number, held: number) => boolean): Reading<Event> {
  const offer = (slots: Float64Array, start: number, candidate: number) => {
    if (Number.isNaN(candidate)) return
    if (Number.isNaN(slots[start]!) || beats(candidate, slots[start]!)) slots[start] = candidate
  }
  return reading(
    {
      slots: 1,
      init(slots, start) {
        slots[start] = Number.NaN
      },
      fold: (slots, start, event) => offer(slots, start, amount(event)),
      merge: (slots, start, other, otherStart) => offer(slots, start, other[otherStart]!),
    },
    (slots, start, _moment, into, index) => {
      into[index] = slots[start]!
    },
  )
}
