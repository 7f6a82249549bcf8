import { HOUR_MS, MINUTE_MS } from '../../../schemas/durations.ts'
import { detector, parameter, ramp } from './detector.ts'
import { formatDuration } from '../formats.ts'

/** Time zones differ by whole hours, some by half an hour. */
const ZONE_STEP_MS = 30 * MINUTE_MS

export const outsideWindow = detector({
  kind: 'outside-window',
  group: 'visit',
  means: 'The visit took place outside its planned time.',
  cannotKnow:
    'Whether it was rescheduled by telephone, which is usual: it weighs little. A difference of whole hours may be a time zone, and is not evidence.',
  weights: { false: 0.15, invalid: 0.15 },
  parameters: {
    toleranceH: parameter(4, 0, 240, 'hours before or after the planned time that are usual'),
    fullH: parameter(72, 1, 2_000, 'hours at which it counts in full'),
  },
  *detect(visits, { toleranceH, fullH }) {
    for (const visit of visits) {
      const { at, plannedFrom, plannedUntil } = visit
      const [from, until] = [plannedFrom ?? plannedUntil, plannedUntil ?? plannedFrom]
      // A plan that ends before it begins is ignored.
      if (at === null || from === null || until === null || until < from) continue
      const ms = at < from ? from - at : at - until
      if (ms <= toleranceH! * HOUR_MS || isZone(ms)) continue
      const score = 0.3 + 0.7 * ramp(ms / HOUR_MS, toleranceH!, Math.max(fullH!, toleranceH! + 1))
      const text = `Took place ${formatDuration(ms)} ${at < from ? 'before' : 'after'} the planned time.`
      yield { visit, score, text, with: null }
    }
  },
})

/**
 * Whether a difference may be a time zone: up to 14 hours, the widest one, in steps of half an hour, to two minutes.
 */
function isZone(ms: number): boolean {
  const rest = ms % ZONE_STEP_MS
  return ms <= 14 * HOUR_MS + 2 * MINUTE_MS && Math.min(rest, ZONE_STEP_MS - rest) <= 2 * MINUTE_MS
}
