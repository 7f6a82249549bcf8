import type { KeyedState } from '../../../features/keyed-state.ts'
import { similarity } from '../../../features/visits/texts/text-sketch.ts'
import { ALL_REPORTS } from '../../../schemas/visits/compared-visits.ts'
import type { Policy } from '../../../schemas/visits/policies.ts'
import { digitsAgainstPeers, favouredDigits, type DigitCounts } from '../evidence/digits-against-peers.ts'
import { detectInto } from '../evidence/detect-into.ts'
import { unknownSurroundings, type Surroundings } from '../evidence/detector.ts'
import { hasWeight, settingsOf, type ConfiguredDetector } from '../evidence/evidence-settings.ts'
import { ofReports } from '../evidence/of-reports.ts'
import { roundedScore, type Evidence } from '../evidence/visit-scores.ts'
import { headerOfCompared, type PublishedEvidence } from '../published-evidence.ts'
import { compareWritten, factsOfStoredReport, sketchOfStored, type StoredReport } from './stored-report.ts'
import { digitsIn, totalsOf } from './report-totals.ts'
import { isCurrent, numbersAlike, reportOf } from './reports.ts'

/** A report with the similar ones that were written before it. */
interface Compared {
  readonly report: StoredReport
  readonly earlier: readonly StoredReport[]
}

export interface ReportFacts {
  readonly report: StoredReport
  readonly isNew: boolean
  /** Whether there is a later revision, which then withdraws the evidence that no longer holds. */
  readonly isReplaced: boolean
  readonly compared: Compared | undefined
  /** Reports that were written later but arrived earlier: they may be copies of this one. */
  readonly later: readonly Compared[]
  readonly reports: Surroundings['reports']
  readonly digits: { readonly own: DigitCounts; readonly all: DigitCounts }
}

/** Similarity below which two texts have nothing in common. */
const SIMILARITY_MIN = 0.1

/** Returns what is known of a report by its number; `undefined` if it has been dropped. */
export function reportFactsOf(state: KeyedState, number: number, isNew: boolean): ReportFacts | undefined {
  const report = reportOf(state, number)
  if (report === undefined) return undefined
  const { copyable, people } = totalsOf(state)
  const alike = alikeOf(state, number, report)
  const sketch = sketchOfStored(report)
  const later = alike.filter(
    ([, other]) =>
      compareWritten(report, other) < 0 && similarity(sketch!, sketchOfStored(other)!) > SIMILARITY_MIN && isNew,
  )
  return {
    report,
    isNew,
    isReplaced: !isCurrent(state, number, report),
    compared: report.gone ? undefined : { report, earlier: earlierThan(report, alike) },
    later: later.map(([other, one]) => ({ report: one, earlier: earlierThan(one, alikeOf(state, other, one)) })),
    reports: { count: copyable, people },
    digits: { own: digitsIn(state, report.salespersonId), all: digitsIn(state) },
  }
}

/** Returns the reports that share a band with this one, with their numbers. */
function alikeOf(state: KeyedState, number: number, report: StoredReport): [number, StoredReport][] {
  return numbersAlike(state, report).flatMap((other): [number, StoredReport][] => {
    const one = other === number ? undefined : reportOf(state, other)
    return one === undefined || one.gone ? [] : [[other, one]]
  })
}

function earlierThan(report: StoredReport, alike: readonly (readonly [number, StoredReport])[]): StoredReport[] {
  return alike
    .map(([, other]) => other)
    .filter((other) => compareWritten(other, report) < 0)
    .sort(compareWritten)
}

/** Detects evidence in a report by comparison with others, and publishes what differs from before. */
export function reportEvidence(
  facts: ReportFacts,
  policy: Pick<Policy, 'evidence'>,
  published: PublishedEvidence,
): void {
  const { report, isNew, compared, later, isReplaced } = facts
  const settings = settingsOf(policy)
  if (compared !== undefined)
    publishAll(report, [...evidenceOf(compared, settings, facts), ...digitsOf(facts, settings)], published, isNew)
  else if (!isReplaced) publishAll(report, [], published, true)
  for (const other of later) publishAll(other.report, evidenceOf(other, settings, facts), published, false)
}

function evidenceOf(
  { report, earlier }: Compared,
  settings: readonly ConfiguredDetector[],
  facts: ReportFacts,
): Evidence[] {
  const found = new Map<string, Evidence[]>()
  const visit = factsOfStoredReport(report)
  const group = [...earlier.map(factsOfStoredReport), visit]
  const surroundings: Surroundings = { ...unknownSurroundings, reports: facts.reports }
  for (const one of settings) {
    if (!hasWeight(one)) continue
    if (ofReports.includes(one.detector)) detectInto(found, one, [visit], surroundings)
    else if (one.detector.group === 'text' && earlier.length > 0) detectInto(found, one, group, surroundings)
  }
  return found.get(visit.visitId) ?? []
}

/** Favourite digits are a trait of the person: they count against the new visit only, not against all earlier ones. */
function digitsOf({ digits, isNew }: ReportFacts, settings: readonly ConfiguredDetector[]): Evidence[] {
  const setting = settings.find(({ detector }) => detector === digitsAgainstPeers)!
  if (!hasWeight(setting) || !isNew) return []
  const found = favouredDigits(digits.own, digits.all, setting.parameters as Parameters<typeof favouredDigits>[2])
  return found === undefined
    ? []
    : [{ kind: digitsAgainstPeers.kind, score: roundedScore(found.score), text: found.text, with: null }]
}

/** Publishes the evidence on a report; if the report is not new, its digit evidence stays as it is. */
function publishAll(
  report: StoredReport,
  evidence: readonly Evidence[],
  published: PublishedEvidence,
  isNew: boolean,
): void {
  const about = headerOfCompared(report, ALL_REPORTS)
  const kinds = new Set([...published.kindsOf(report.visitId), ...evidence.map(({ kind }) => kind)])
  if (!isNew) kinds.delete(digitsAgainstPeers.kind)
  for (const kind of kinds) {
    const one = evidence.find((each) => each.kind === kind)
    published.publish(about, kind, one, { isNew })
  }
}
