import { rangeOf } from '../../../features/visits/places.ts'
import { distanceM } from '../../../features/visits/positions.ts'
import type { VisitFacts } from '../../../features/visits/visit-facts.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../schemas/durations.ts'
import { detector, emptyNeighbourhood, parameter, ramp } from './detector.ts'
import { enteredWithin, RANGE } from './visit-columns.ts'
import { formatDuration } from '../formats.ts'

export const enteredInBatch = detector({
  kind: 'entered-in-batch',
  group: 'salesperson',
  means:
    'Visits to different customers at different times were entered one right after another, and their positions are at one place: they were probably written at home.',
  cannotKnow:
    'Whether the customers share a building, a market or a fair. Entering all reports of a day in the evening is usual, so without positions, or with positions at different places, it is not evidence.',
  weights: { false: 0.5, invalid: 0 },
  parameters: {
    visitsMin: parameter(3, 2, 100, 'minimum number of visits, all to different customers'),
    withinMin: parameter(30, 1, 1_440, 'maximum minutes from one entry of a batch to the next'),
    importMin: parameter(40, 5, 10_000, 'visits from which a batch counts as an import'),
    spreadH: parameter(2, 0.5, 72, 'minimum hours from the first to the last visit of the batch'),
    placeM: parameter(150, 10, 10_000, 'closer positions count as one place, metres'),
  },
  *detect(visits, { visitsMin, withinMin, importMin, spreadH, placeM }, surroundings) {
    for (const batch of batchesOf(visits, withinMin! * MINUTE_MS)) {
      if (batch.length >= importMin!) continue
      const customers = new Set(batch.map(({ customerId }) => customerId)).size
      const times = batch.map(({ at }) => at!)
      const spread = Math.max(...times) - Math.min(...times)
      if (customers < visitsMin! || spread < spreadH! * HOUR_MS) continue
      const ms = Math.max(...batch.map(({ enteredAt }) => enteredAt!)) - Math.min(...batch.map((one) => one.enteredAt!))
      for (const visit of batch) {
        const here = batch.filter((other) => other.customerId !== visit.customerId && isNear(visit, other, placeM!))
        const places = visit.customerId === null ? [] : surroundings.placesOf(visit.customerId, visit.at)
        // A visit entered at a place of the customer was not entered at home.
        const isAtCustomer = rangeOf(visit.checkIn, places, RANGE).is === 'in range'
        const atHome = here.length + 1 >= visitsMin! && !isAtCustomer
        if (!atHome) continue
        const score = 0.6 + 0.4 * ramp(here.length, visitsMin! - 1, visitsMin! + 2)
        const text = `Entered with ${batch.length - 1} other visits within ${formatDuration(ms)}, ${here.length + 1} of them at one place; the visits were up to ${formatDuration(spread)} apart.`
        yield { visit, score, text, with: here[0]!.visitId }
      }
    }
  },
  neighbourhood({ enteredAt }, all) {
    if (enteredAt === null) return emptyNeighbourhood
    return {
      visits: enteredWithin(all, enteredAt - LOOKED_AT_MS, enteredAt + LOOKED_AT_MS),
      isCompleteFor: (visit) => visit.enteredAt !== null && Math.abs(visit.enteredAt - enteredAt) <= LOOKED_AT_MS / 2,
    }
  },
})

/** Time around an entry in which its batch is searched: nobody enters reports for longer without a break. */
const LOOKED_AT_MS = 3 * DAY_MS

/** Groups visits into batches: each was entered within `withinMs` of the one before. */
function batchesOf(visits: readonly VisitFacts[], withinMs: number): VisitFacts[][] {
  const entered = visits
    .filter(({ enteredAt, at }) => enteredAt !== null && at !== null)
    .sort((one, other) => one.enteredAt! - other.enteredAt!)
  const batches: VisitFacts[][] = []
  for (const visit of entered) {
    const last = batches.at(-1)
    if (last !== undefined && visit.enteredAt! - last.at(-1)!.enteredAt! <= withinMs) last.push(visit)
    else batches.push([visit])
  }
  return batches
}

function isNear({ checkIn: one }: VisitFacts, { checkIn: other }: VisitFacts, within: number): boolean {
  return one !== null && other !== null && distanceM(one, other) <= within
}
