import { numericState, recordState, type DerivedView, type KeyedState } from '../../../features/keyed-state.ts'
import { idPart } from '../../../features/string-hash.ts'
import { factsOfReport, parseReport } from '../../../features/visits/texts/report-facts.ts'
import { bandsOf } from '../../../features/visits/texts/text-sketch.ts'
import type { ComparedVisit } from '../../../schemas/visits/compared-visits.ts'
import { copiedText } from '../evidence/copied-text.ts'
import { indexOf, textsAlike, withoutFirst, withText, type BandIndex } from './band-index.ts'
import { countClauses } from './clause-counts.ts'
import { StoredReport, storedReport, sketchOfStored } from './stored-report.ts'
import { HISTORY_MS } from './members.ts'
import { countReceived, countContent, keepFrom, totalsOf } from './report-totals.ts'

/** Reports kept of the organisation; beyond it, those that arrived first are dropped. */
const REPORTS_MAX = 1_000_000
/** Reports dropped with each event, at most. */
const FORGOTTEN_MAX = 3

/** Reports by number, in order of arrival. */
const reportKind = recordState('reports', StoredReport)
/** The number of the current revision of a visit. */
const numberKind = numericState('report-numbers', 1)

export const reportKinds = [reportKind, numberKind] as const

/** Templates are recognised by the built-in limits rather than the policy’s, since sketches outlive policies. */
const { peopleMax, peopleShare } = copiedText.parameters
const limits = { people: peopleMax!.value, share: peopleShare!.value }

export interface ChangedReports {
  /** Numbers of the reports of the former and the current revision. */
  readonly numbers: readonly number[]
  /** Visits whose reports are no longer compared. */
  readonly forgotten: readonly string[]
}

/** Adds a report to the comparison, or removes it, and returns what has changed. */
export function updateReport(state: KeyedState, visit: ComparedVisit): ChangedReports {
  const part = idPart(visit.visitId)
  const numberBefore = state.get(numberKind, part)?.[0]
  const before = numberBefore === undefined ? undefined : reportOf(state, numberBefore)
  if (before !== undefined && before.revision > visit.revision) return { numbers: [], forgotten: [] }
  const changed: number[] = []
  if (before !== undefined && !before.gone) {
    putReport(state, numberBefore!, { ...before, gone: true })
    countContent(state, before.salespersonId, countedOf(before), -1)
    changed.push(numberBefore!)
  }
  if (visit.gone || visit.text === null) return { numbers: changed, forgotten: [] }
  const { at, number } = addReport(state, visit, visit.text)
  state.put(numberKind, part, Float64Array.of(number))
  const forgotten = forget(state, Math.max(totalsOf(state).newest, at))
  return { numbers: [...changed, number], forgotten }
}

export function reportOf(state: KeyedState, number: number): StoredReport | undefined {
  return state.get(reportKind, idOf(number))
}

/** Whether this is the visit’s current revision. */
export function isCurrent(state: KeyedState, number: number, { visitId }: StoredReport): boolean {
  return state.get(numberKind, idPart(visitId))?.[0] === number
}

function addReport(state: KeyedState, visit: ComparedVisit, text: string): { at: number; number: number } {
  const { salespersonId, occurredAt: at } = visit
  const read = parseReport(text)
  const number = countReceived(state, salespersonId, at)
  const useOf = countClauses(state, new Set(read.clauses.map(({ hash }) => hash)), salespersonId)
  const { received: reports, authors: people } = totalsOf(state)
  const facts = factsOfReport(read, (clause) => useOf(clause, { reports, people }, limits))
  const report = storedReport(visit, facts)
  putReport(state, number, report)
  countContent(state, salespersonId, countedOf(report), 1)
  return { at, number }
}

function countedOf({ checkInAt, at, digits, grams }: StoredReport) {
  return { hasContent: grams > 0, began: checkInAt ?? at, digits }
}

function putReport(state: KeyedState, number: number, report: StoredReport): void {
  state.put(reportKind, idOf(number), report)
}

/** Index of reports by their bands: new ones are added at the end, and the first are dropped first. */
const bandsView: DerivedView<StoredReport, BandIndex> = {
  kind: reportKind,
  of: (reports) => indexOf(bandsOfAll(reports)),
  changed(index, before, after) {
    if (after === undefined) return withoutFirst(index)
    return before === undefined ? withText(index, bandsOfKept(after)) : index
  },
}

function* bandsOfAll(reports: Iterable<StoredReport>): Generator<Uint32Array | undefined> {
  for (const report of reports) yield bandsOfKept(report)
}

function bandsOfKept(report: StoredReport): Uint32Array | undefined {
  const sketch = sketchOfStored(report)
  return sketch === null ? undefined : bandsOf(sketch)
}

/** Returns the numbers of the reports that share a band with the given one, itself included. */
export function numbersAlike(state: KeyedState, report: StoredReport): number[] {
  const bands = bandsOfKept(report)
  if (bands === undefined) return []
  const index = state.derived(bandsView)
  // The index ends with the newest report, which gives the offset from its ordinals to report numbers.
  const before = totalsOf(state).received - index.count
  return Array.from(textsAlike(index, bands), (ordinal) => ordinal + before)
}

/** Drops the reports that arrived first, once they are 180 days old or there are too many. */
function forget(state: KeyedState, newest: number): string[] {
  const forgotten: string[] = []
  const { received, first } = totalsOf(state)
  let kept = first
  for (; kept < first + FORGOTTEN_MAX && kept < received - 1; kept++) {
    const report = reportOf(state, kept)
    if (report !== undefined) {
      if (report.at >= newest - HISTORY_MS && received - kept <= REPORTS_MAX) break
      state.delete(reportKind, idOf(kept))
      if (!report.gone) countContent(state, report.salespersonId, countedOf(report), -1)
      if (!isCurrent(state, kept, report)) continue
      state.delete(numberKind, idPart(report.visitId))
      forgotten.push(report.visitId)
    }
  }
  if (kept > first) keepFrom(state, kept)
  return forgotten
}

function idOf(number: number): string {
  return number.toString(36).padStart(8, '0')
}
