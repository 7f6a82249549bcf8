import { MINUTE_MS } from '../../../schemas/durations.ts'
import { detector, parameter, ramp } from './detector.ts'
import { formatDuration } from '../formats.ts'

export const dwellTooShort = detector({
  kind: 'dwell-too-short',
  group: 'visit',
  means: 'The time between check-in and check-out is too short for the reported conversation.',
  cannotKnow:
    'Whether both buttons were pressed on leaving, as many people do: on its own it never makes a visit suspicious. A check-out at the same moment as the check-in is ignored.',
  weights: { false: 0.12, invalid: 0.35 },
  parameters: {
    dwellMin: parameter(4, 0.5, 120, 'minutes that any visit is expected to take'),
    charactersPerMin: parameter(
      40,
      5,
      1_000,
      'characters of the report for each additional expected minute, ten minutes at most',
    ),
  },
  *detect(visits, { dwellMin, charactersPerMin }) {
    for (const visit of visits) {
      const { checkInAt, checkOutAt, text } = visit
      if (checkInAt === null || checkOutAt === null || checkOutAt === checkInAt) continue
      const minutes = (checkOutAt - checkInAt) / MINUTE_MS
      const expected = dwellMin! + Math.min(10, (text?.information ?? 0) / charactersPerMin!)
      if (minutes >= 0.75 * expected) continue
      const report = text === null ? '' : ` for a report of ${Math.round(text.length)} characters`
      yield {
        visit,
        score: 0.3 + 0.7 * ramp(minutes / expected, 0.75, 0.1),
        text: `Stayed ${formatDuration(checkOutAt - checkInAt)}${report}; about ${Math.round(expected)} min would be expected.`,
        with: null,
      }
    }
  },
})
