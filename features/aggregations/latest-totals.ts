import type { Envelope } from '../../schemas/avro/schema.ts'
import { reading, type Aggregation, type Reading } from '../aggregation.ts'
import { numericState, type KeyedState } from '../keyed-state.ts'
import { valueId } from '../string-hash.ts'

/** Slots of the record of one thing. */
const AT = 0
const VALUE = 1
const GROUP = 2

export interface LatestTotals<Event> {
  /** Sum of the latest values of the things in the group; 0 before the first one. */
  total(group: number): Reading<Event>
  /** Number of things in the group with a value other than zero. */
  nonZeroCount(group: number): Reading<Event>
}

/**
 * Sums of the current values of several things (limits of credit lines, values of assets): each counts with its latest
 * value by event time, the largest of several at the same time. One record per thing; sums of whole minor units are
 * exact, so order does not matter.
 */
export function latestTotals<Event extends Envelope>(
  kindName: string,
  groups: number,
  of: {
    readonly where: (event: Event) => boolean
    readonly id: (event: Event) => string
    readonly value: (event: Event) => number
    /** Index of the group, from 0 to `groups` − 1. */
    readonly group: (event: Event) => number
  },
): LatestTotals<Event> {
  const kind = numericState(kindName, 3)

  function count(
    slots: Float64Array,
    start: number,
    state: KeyedState,
    id: string,
    at: number,
    value: number,
    group: number,
  ): void {
    const stored = state.get(kind, id)
    if (stored !== undefined) {
      if (!isNewer(stored, at, value, group)) return
      const place = start + 2 * stored[GROUP]!
      slots[place]! -= stored[VALUE]!
      if (stored[VALUE] !== 0) slots[place + 1]! -= 1
    }
    slots[start + 2 * group]! += value
    if (value !== 0) slots[start + 2 * group + 1]! += 1
    const record = stored ?? new Float64Array(3)
    record[AT] = at
    record[VALUE] = value
    record[GROUP] = group
    state.put(kind, id, record)
  }

  const aggregation: Aggregation<Event> = {
    slots: 2 * groups,
    kinds: [kind],
    fold(slots, start, event, state) {
      if (!of.where(event)) return
      count(slots, start, state, valueId(of.id(event)), event.occurredAt, of.value(event), of.group(event))
    },
    combine(slots, start, _other, state, otherState) {
      for (const [id, theirs] of otherState.scan(kind))
        count(slots, start, state, id, theirs[AT]!, theirs[VALUE]!, theirs[GROUP]!)
    },
  }
  const slotReading = (slot: number) =>
    reading(aggregation, (slots, start, _moment, into, index) => {
      into[index] = slots[start + slot]!
    })
  return { total: (group) => slotReading(2 * group), nonZeroCount: (group) => slotReading(2 * group + 1) }
}

function isNewer(stored: Float64Array, at: number, value: number, group: number): boolean {
  if (at !== stored[AT]) return at > stored[AT]!
  if (value !== stored[VALUE]) return value > stored[VALUE]!
  return group > stored[GROUP]!
}
