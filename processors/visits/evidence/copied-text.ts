import type { VisitFacts } from '../../../features/visits/visit-facts.ts'
import { containedShare, verbatimShare } from '../../../features/visits/texts/text-sketch.ts'
import { DAY_MS, HOUR_MS } from '../../../schemas/durations.ts'
import { detector, parameter, ramp, type Surroundings } from './detector.ts'
import { percent, formatDuration } from '../formats.ts'

const parameters = {
  commonMin: parameter(
    8,
    1,
    1_000,
    'minimum length of the common text beyond chance, in Chinese characters (three English letters count as one, common words as less)',
  ),
  shareMin: parameter(0.3, 0.1, 1, 'minimum share of the report that is in the other one, for long reports'),
  shortAddsShare: parameter(
    5,
    0,
    50,
    'divided by the length and added to that share, since short reports are alike by chance',
  ),
  days: parameter(180, 1, 3_650, 'maximum number of days between compared reports'),
  meetingH: parameter(4, 0, 168, 'hours within which reports on one customer are about the same meeting'),
  addedMin: parameter(15, 0, 1_000, 'new characters from which a repeated note counts as a continuation'),
  peopleMax: parameter(3, 1, 1_000, 'a report or a sentence that more people use is a template'),
  peopleShare: parameter(0.02, 0, 1, 'the same limit as a share of the people, for large organisations'),
}
type Parameters = Readonly<Record<keyof typeof parameters, number>>

/** An earlier report that a report repeats. */
interface Copy {
  readonly of: VisitFacts
  readonly share: number
  /** Share that is the same word for word, with names and numbers. */
  readonly verbatim: number
  readonly score: number
}

/** Lower scores are what reports on the same trade have in common. */
const SCORE_MIN = 0.2
/** Share from which a report counts as a whole copy: if too many people have written the same, it is a template. */
const WHOLE = 0.8

export const copiedText = detector({
  kind: 'copied-text',
  group: 'text',
  means:
    'Much of the report repeats an earlier one, by the same salesperson or another. Differences in names, numbers, punctuation, the order of sentences, and traditional or simplified characters are ignored. Headings of a template are not compared, and words that many people use count little.',
  cannotKnow:
    'Whether two visits were alike, or the company dictated the text to just a few people. The same words with other names and numbers count less, since many people have stock phrases. Two reports on one meeting are not copies, and continued notes count little. Paraphrases and translations are not found.',
  weights: { false: 0.6, invalid: 0.15 },
  parameters,
  // Compares the last visit with the others.
  *detect(visits, settings, { reports }) {
    const visit = visits.at(-1)
    if (visit === undefined) return
    const copies = visits.slice(0, -1).flatMap((earlier) => copyOf(visit, earlier, settings, reports) ?? [])
    if (copies.length === 0) return
    const whole = copies.filter(({ share }) => share >= WHOLE)
    if (new Set(whole.map(({ of }) => of.salespersonId)).size > settings.peopleMax) return
    const { of, share, verbatim, score } = copies.reduce((best, other) => (other.score >= best.score ? other : best))
    const whose =
      of.salespersonId === visit.salespersonId ? 'an earlier report' : `a report of ${of.salespersonId ?? 'somebody'}`
    const when = visit.at === null || of.at === null ? '' : `, ${formatDuration(visit.at - of.at)} earlier`
    const changed = verbatim < 0.5 && share > 0.7 ? ', with other names, numbers or words' : ''
    const text = `About ${percent(share)} of the report is in ${whose} (${of.visitId}${when})${changed}.`
    yield { visit, score, text, with: of.visitId }
  },
})

function copyOf(
  visit: VisitFacts,
  earlier: VisitFacts,
  settings: Parameters,
  reports: Surroundings['reports'],
): Copy | undefined {
  const [sketch, other] = [visit.text?.sketch, earlier.text?.sketch]
  if (!sketch || !other || visit.visitId === earlier.visitId) return undefined
  const length = Math.max(1, Math.min(sketch.information, other.information))
  const isOneCustomer = visit.customerId !== null && visit.customerId === earlier.customerId
  if (visit.at !== null && earlier.at !== null) {
    const ms = Math.abs(visit.at - earlier.at)
    if (ms > settings.days * DAY_MS || (isOneCustomer && ms <= settings.meetingH * HOUR_MS)) return undefined
  }
  const share = containedShare(sketch, other)
  const least = Math.min(0.95, settings.shareMin + settings.shortAddsShare / length)
  const common = share * sketch.information - chanceOf(visit, earlier, reports)
  if (share < least || common < settings.commonMin) return undefined
  const isContinued = isOneCustomer && (1 - share) * sketch.information >= settings.addedMin
  const certainty = 0.2 + 0.8 * ramp(common, settings.commonMin / 2, settings.commonMin / 2 + 18)
  const verbatim = verbatimShare(sketch, other)
  // Honest people reuse phrases too: the same words with other names and numbers count less.
  const literal = 0.7 + 0.3 * ramp(verbatim, 0.2, 0.8)
  const score = (0.2 + 0.8 * ramp(share, least, 0.9)) * certainty * literal * (isContinued ? 0.3 : 1)
  return score < SCORE_MIN ? undefined : { of: earlier, share, verbatim, score }
}

/**
 * Returns how much the best match among this many reports has in common by chance, in bits; a person’s own reports are
 * fewer.
 */
function chanceOf(visit: VisitFacts, earlier: VisitFacts, reports: Surroundings['reports']): number {
  if (reports === null || reports.count === 0) return 0
  const isOwn = visit.salespersonId !== null && visit.salespersonId === earlier.salespersonId
  return Math.log2(Math.max(1, isOwn ? reports.count / Math.max(1, reports.people) : reports.count))
}
