import { detector, parameter } from 'scoreline/extensions'
import { DAY_MS, HOUR_MS } from 'scoreline/schemas/durations'

/** Evidence that a visit was entered with a time at night, in UTC. */
export const atNight = detector({
  kind: 'at-night',
  group: 'visit',
  means: 'The visit took place at night.',
  cannotKnow: 'Whether the customer works at night, or lives in another time zone.',
  weights: { false: 0.1, invalid: 0 },
  parameters: { untilH: parameter(5, 1, 8, 'Hour at which the night ends, in UTC') },
  *detect(visits, { untilH }) {
    for (const visit of visits) {
      const hour = visit.at === null ? Number.NaN : (visit.at % DAY_MS) / HOUR_MS
      if (hour < untilH)
        yield { visit, score: 1, text: `It took place at ${Math.floor(hour)} o’clock UTC.`, with: null }
    }
  },
})
