import { HOUR_MS } from '../../../schemas/durations.ts'
import { detector, parameter } from './detector.ts'
import { formatDuration } from '../formats.ts'

/** Earlier visits examined for each visit. */
const LOOKED_AT = 50

export const reusedPhoto = detector({
  kind: 'reused-photo',
  group: 'photo',
  means: 'The photo is the same as that of an earlier visit.',
  cannotKnow:
    'Whether the app fills in a picture of its own: a photo that more than a few people use counts as one, and is not evidence. Two records of one meeting (same customer, same day) may share their photo.',
  weights: { false: 0.6, invalid: 0.1 },
  parameters: {
    peopleMax: parameter(3, 1, 100, 'a photo that more people use is a picture of the app'),
    meetingH: parameter(12, 0, 168, 'hours within which records of one customer are one meeting'),
  },
  *detect(visits, { peopleMax, meetingH }) {
    const people = new Set(visits.map(({ salespersonId }) => salespersonId)).size
    if (people > peopleMax!) return
    for (const [i, visit] of visits.entries()) {
      const other = visits.slice(Math.max(0, i - LOOKED_AT), i).findLast((earlier) => {
        const isOneCustomer = visit.customerId !== null && visit.customerId === earlier.customerId
        const ms = visit.at === null || earlier.at === null ? 0 : visit.at - earlier.at
        return !(isOneCustomer && ms <= meetingH! * HOUR_MS)
      })
      if (other === undefined) continue
      const when = visit.at === null || other.at === null ? '' : `, ${formatDuration(visit.at - other.at)} earlier`
      const whose = visit.salespersonId === other.salespersonId ? '' : ` of ${other.salespersonId ?? 'somebody'}`
      const text = `Its photo is the same as that of visit ${other.visitId}${whose}${when}.`
      yield { visit, score: visit.customerId === other.customerId ? 0.85 : 1, text, with: other.visitId }
    }
  },
})
