import { textLines } from '../../files/text-lines.ts'
import {
  createClauseUsers,
  type ClauseUse,
  type ClauseUsers,
  type TemplateLimits,
} from '../../features/visits/texts/clause-users.ts'
import { reportFacts } from '../../features/visits/texts/report-facts.ts'
import { clauseHashes } from '../../features/visits/texts/clauses.ts'
import { visitFacts, type VisitFacts, type VisitFault } from '../../features/visits/visit-facts.ts'
import type { FileProblems } from './file-problems.ts'
import { parseVisit, reportOf, type ParsedVisit } from './parse-visit.ts'

/** The current revision of a visit. */
export interface VisitEntry {
  readonly line: number
  readonly revision: number
  readonly occurredAt: number | null
  readonly withdrawn: boolean
  readonly hasText: boolean
  facts: VisitFacts
}

export interface ReadingOptions {
  readonly onWarning: (message: string) => void
  readonly encoding?: string | undefined
  readonly utcOffsetH?: number | undefined
  /** Latest plausible time of a visit, in ms. */
  readonly until: number
  readonly template: TemplateLimits
}

interface Lines {
  readonly file: string
  readonly options: ReadingOptions
}

/**
 * Reads the visits of a file twice: first their fields, and how many people use each clause; then the reports, since
 * the templates are known only after the first pass. Texts are not stored, so memory grows only with the number of
 * visits.
 */
export async function readVisits(
  file: string,
  options: ReadingOptions,
  problems: FileProblems,
): Promise<ReadonlyMap<string, VisitEntry>> {
  const users = createClauseUsers()
  const entries = await readFacts({ file, options }, users, problems)
  await readReports({ file, options }, entries, (clause) => users.use(clause, options.template))
  return entries
}

async function readFacts({ file, options }: Lines, users: ClauseUsers, problems: FileProblems) {
  const entries = new Map<string, VisitEntry>()
  for await (const { line, text } of textLines(file, options)) {
    if (text.trim() === '') continue
    const read = parseVisit(text, options)
    problems.countLine()
    if ('refused' in read) {
      problems.refuse(`${file}:${line}: ${read.refused}`)
      continue
    }
    for (const { field, problem } of read.leftOut) problems.leaveOut(field, `${file}:${line}: ${problem}`)
    const { visit } = read
    const entry = entryOf(visit, line, options.until, problems)
    const held = entries.get(visit.visitId)
    if (held !== undefined) problems.countRevision(visit.revision === held.revision)
    if (held === undefined || isNewer(entry, held)) entries.set(visit.visitId, entry)
    if (visit.text !== null && visit.salespersonId !== null) users.add(clauseHashes(visit.text), visit.salespersonId)
  }
  return entries
}

function entryOf(visit: ParsedVisit, line: number, until: number, problems: FileProblems): VisitEntry {
  const { facts, faults } = visitFacts({ ...visit, text: null }, until)
  for (const fault of new Set<VisitFault>(faults)) problems.countFault(fault, visit.deviceId)
  const { revision, occurredAt, withdrawn } = visit
  return { line, revision, occurredAt, withdrawn, hasText: visit.text !== null, facts }
}

/** Returns whether an entry replaces another: as in the stream by revision, then by time; then by line. */
function isNewer(entry: VisitEntry, held: VisitEntry): boolean {
  if (entry.revision !== held.revision) return entry.revision > held.revision
  return (entry.occurredAt ?? 0) >= (held.occurredAt ?? 0)
}

async function readReports(
  { file, options }: Lines,
  entries: ReadonlyMap<string, VisitEntry>,
  useOf: (clause: number) => ClauseUse,
): Promise<void> {
  const byLine = new Map<number, VisitEntry>()
  for (const entry of entries.values()) if (entry.hasText && !entry.withdrawn) byLine.set(entry.line, entry)
  // Guesses about the format were reported on the first pass.
  for await (const { line, text } of textLines(file, { ...options, onWarning: () => {} })) {
    const entry = byLine.get(line)
    if (entry !== undefined) entry.facts = { ...entry.facts, text: reportFacts(reportOf(text), useOf) }
  }
}
