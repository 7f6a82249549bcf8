import { DAY_MS } from '../../../schemas/durations.ts'
import { detector, parameter } from './detector.ts'

export const enthusiasmWithoutMovement = detector({
  kind: 'enthusiasm-without-movement',
  group: 'opportunity',
  means:
    'One report after another is enthusiastic, but the conversion probability of the opportunity stays low and does not move.',
  cannotKnow: 'Whether the salesperson is an optimist, or the model is wrong. It needs conversion probabilities.',
  weights: { false: 0.2, invalid: 0.3 },
  parameters: {
    visitsMin: parameter(3, 2, 100, 'minimum number of enthusiastic reports in a row'),
    days: parameter(60, 1, 730, 'maximum number of days from the first to the last of them'),
    probabilityBelow: parameter(0.25, 0, 1, 'upper bound on the probability after each of them'),
    movedLessThan: parameter(0.03, 0, 1, 'upper bound on the difference of the highest and the lowest probability'),
  },
  *detect(visits, { visitsMin, days, probabilityBelow, movedLessThan }) {
    const row = visits.filter(({ at, probability, text }) => at !== null && probability !== null && text !== null)
    for (const [i, visit] of row.entries()) {
      const recent = row.slice(Math.max(0, i + 1 - visitsMin!), i + 1)
      if (recent.length < visitsMin! || visit.at! - recent[0]!.at! > days! * DAY_MS) continue
      if (recent.some(({ text }) => text!.enthusiasm < 1)) continue
      const values = recent.map(({ probability }) => probability!)
      const [least, most] = [Math.min(...values), Math.max(...values)]
      if (most >= probabilityBelow! || most - least >= movedLessThan!) continue
      const text = `${recent.length} enthusiastic reports in a row, but the conversion probability stayed between ${least.toFixed(2)} and ${most.toFixed(2)}.`
      yield { visit, score: 1, text, with: recent[recent.length - 2]!.visitId }
    }
  },
})
