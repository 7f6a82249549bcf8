import { distanceM } from '../../../features/visits/positions.ts'
import type { VisitFacts } from '../../../features/visits/visit-facts.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../schemas/durations.ts'
import { around, detector, emptyNeighbourhood, parameter, type Found } from './detector.ts'
import { formatDuration } from '../formats.ts'

interface Stay {
  readonly visit: VisitFacts
  readonly from: number
  readonly until: number
}

/** Simultaneous stays that are compared: enough for any honest day. */
const OPEN_MAX = 50

export const overlappingCheckIns = detector({
  kind: 'overlapping-check-ins',
  group: 'salesperson',
  means: 'The salesperson was checked in with two customers at the same time, at different places.',
  cannotKnow:
    'Whether both customers were met together: without positions it counts less. A late check-out looks the same: the smaller the share of the longer stay that overlaps, the less it counts. A stay of more than four hours is not evidence, nor are two opportunities of one customer.',
  weights: { false: 0.6, invalid: 0 },
  parameters: {
    overlapMin: parameter(10, 1, 600, 'shorter overlaps are ignored, minutes'),
    stayMaxH: parameter(4, 0, 24, 'a longer stay counts as a forgotten check-out, hours'),
    apartM: parameter(500, 0, 100_000, 'closer places count as one, metres'),
  },
  *detect(visits, { overlapMin, stayMaxH, apartM }) {
    const stays = staysOf(visits, stayMaxH! * HOUR_MS)
    let open: Stay[] = []
    for (const stay of stays) {
      open = open.filter(({ until }) => until > stay.from).slice(-OPEN_MAX)
      for (const other of open) {
        const overlap = Math.min(other.until, stay.until) - stay.from
        if (overlap < overlapMin! * MINUTE_MS) continue
        if (stay.visit.customerId !== null && stay.visit.customerId === other.visit.customerId) continue
        const apart = distanceBetween(stay.visit, other.visit)
        if (apart !== null && apart < apartM!) continue
        const longer = Math.max(stay.until - stay.from, other.until - other.from)
        const score = (0.3 + 0.7 * (overlap / longer)) * (apart === null ? 0.8 : 1)
        yield found(stay.visit, other.visit, overlap, score)
        yield found(other.visit, stay.visit, overlap, score)
      }
      open.push(stay)
    }
  },
  neighbourhood({ at, checkInAt }, visits) {
    return at === null || checkInAt === null ? emptyNeighbourhood : around(visits, at, 3 * DAY_MS, DAY_MS)
  },
})

function staysOf(visits: readonly VisitFacts[], longest: number): Stay[] {
  return visits
    .flatMap((visit) => {
      const { checkInAt: from, checkOutAt: until } = visit
      return from === null || until === null || until - from > longest ? [] : [{ visit, from, until }]
    })
    .sort((one, other) => one.from - other.from)
}

/** Returns the distance less both uncertainties, in metres; null: not known. */
function distanceBetween({ checkIn: one }: VisitFacts, { checkIn: other }: VisitFacts): number | null {
  if (one === null || other === null) return null
  return Math.max(0, distanceM(one, other) - (one.accuracyM ?? 0) - (other.accuracyM ?? 0))
}

function found(visit: VisitFacts, other: VisitFacts, overlap: number, score: number): Found {
  const text = `Checked in with another customer (${other.visitId}) at the same time, for ${formatDuration(overlap)}.`
  return { visit, score, text, with: other.visitId }
}
