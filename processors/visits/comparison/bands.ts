import { recordState, type KeyedState } from '../../../features/keyed-state.ts'
import { array, long, record } from '../../../schemas/avro/schema.ts'

/** How many of the newest reports are kept under each slot: a fuller one holds a text that everybody writes. */
const SLOT_MAX = 64
/** Slots are numbered by the upper bits of a band; an entry holds the lower ones. */
const LOWER_BITS = 12
const LOWER = 2 ** LOWER_BITS

const Slot = record('Slot', 'Numbers of reports, each times 4,096 plus the lower bits of its band.', {
  reports: array(long),
})

/** The index of reports by band: 2^20 slots at most. */
export const bandKind = recordState('bands', Slot)

/** Adds a report under its bands. Numbers below `first` are forgotten. */
export function addBands(state: KeyedState, bands: Uint32Array, number: number, first: number): void {
  for (const band of bands) {
    const id = slotOf(band)
    const held = state.get(bandKind, id)?.reports
    const entry = number * LOWER + (band % LOWER)
    if (held?.at(-1) === entry) continue
    // In the order in which they came: the forgotten ones lead.
    const from =
      held === undefined
        ? 0
        : Math.max(
            held.findIndex((one) => one >= first * LOWER),
            held.length + 1 - SLOT_MAX,
          )
    const kept = held === undefined || held.at(-1)! < first * LOWER ? [] : held.slice(Math.max(0, from))
    kept.push(entry)
    state.put(bandKind, id, { reports: kept })
  }
}

/** The numbers of the reports that share a band. */
export function numbersAlike(state: KeyedState, bands: Uint32Array, first: number): Set<number> {
  const numbers = new Set<number>()
  for (const band of bands)
    for (const entry of state.get(bandKind, slotOf(band))?.reports ?? [])
      if (entry % LOWER === band % LOWER && entry >= first * LOWER) numbers.add(Math.floor(entry / LOWER))
  return numbers
}

function slotOf(band: number): string {
  return (band >>> LOWER_BITS).toString(36)
}
