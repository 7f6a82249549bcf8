import { HOUR_MS } from '../../../schemas/durations.ts'
import { detector, parameter, ramp } from './detector.ts'
import { formatDuration } from '../formats.ts'

export const enteredLate = detector({
  kind: 'entered-late',
  group: 'visit',
  means: 'The report was written long after the visit.',
  cannotKnow:
    'Whether there was no network, or a holiday in between. It is a habit rather than proof, and weighs little.',
  weights: { false: 0.15, invalid: 0.1 },
  parameters: {
    fromH: parameter(72, 1, 2_000, 'hours after the visit from which an entry is late'),
    fullH: parameter(336, 1, 5_000, 'hours at which it counts in full'),
  },
  *detect(visits, { fromH, fullH }) {
    for (const visit of visits) {
      const ended = visit.checkOutAt ?? visit.at
      if (visit.enteredAt === null || ended === null) continue
      const hours = (visit.enteredAt - ended) / HOUR_MS
      if (hours <= fromH!) continue
      const score = 0.3 + 0.7 * ramp(hours, fromH!, Math.max(fullH!, fromH! + 1))
      yield { visit, score, text: `Entered ${formatDuration(visit.enteredAt - ended)} after the visit.`, with: null }
    }
  },
})
