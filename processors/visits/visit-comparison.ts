import { ALL_REPORTS, comparedVisits } from '../../schemas/visits/compared-visits.ts'
import { POSITIONS, positionCounts, positionHabits } from '../../schemas/visits/position-habits.ts'
import { visitEvidence } from '../../schemas/visits/visit-evidence.ts'
import { input, noFeatures, processor, type KeyedState, type RowContext } from '../processor.ts'
import { clauseKind } from './comparison/clause-counts.ts'
import { groupEvidence, type GroupFacts } from './comparison/group-evidence.ts'
import { changedMember, updateMember, memberKinds, memberNamed, membersOf } from './comparison/members.ts'
import { reportEvidence, reportFactsOf, type ReportFacts } from './comparison/report-evidence.ts'
import { publishPositionCounts, publishedPositionsKind } from './comparison/position-counts.ts'
import { totalKind, totalsOf } from './comparison/report-totals.ts'
import { updateReport, reportKinds } from './comparison/reports.ts'
import { repeatedShare } from './evidence/repeated-share.ts'
import { timeAt } from './evidence/visit-columns.ts'
import { policyEntries, activePolicy } from './policies/active-policy.ts'
import { evidenceMessages, forgetPublished, publishedEvidence, publishedScoreKind } from './published-evidence.ts'
import { noPersons } from '../../schemas/persons.ts'

const name = 'visit-comparison'

interface Compared extends RowContext {
  readonly group?: GroupFacts
  readonly reports?: ReportFacts
  /** Visits that are no longer compared. */
  readonly forgotten?: readonly string[]
}

/** Subject of a changed visit of the group; the empty subject stands for a changed policy. */
const MEMBER = 'member'
const AGAIN = 'again/'
const FORGOTTEN = 'forgotten/'
/** The newest reports, which are examined again when the policy changes: enough for open cases. */
const REEXAMINED_MAX = 2_000

/** Compares visits across customers (spec V5): those of one salesperson, device or photo, and all reports. */
export const visitComparison = processor<Compared>({
  name,
  version: 2,
  purpose:
    'Looks for evidence against visits among those of one salesperson, device or photo, and among all reports, which have one key. Compares visits of the last 180 days: up to 4,000 of a salesperson, 2,000 of a device, 200 of a photo and 1,000,000 reports, without their words. What was found of older ones stands.',
  inputs: [
    input(comparedVisits, (state, visit, requestScore) => {
      if (visit.group !== 'reports') {
        if (updateMember(state, visit)) requestScore(MEMBER)
        return
      }
      const { numbers, forgotten } = updateReport(state, visit)
      for (const number of numbers) requestScore(String(number))
      for (const visitId of forgotten) requestScore(FORGOTTEN + visitId)
    }),
  ],
  outputs: [visitEvidence, positionCounts],
  persons: {
    by: 'kind',
    kinds: {
      members: { by: 'field', fields: ['customerId'], then: 'pseudonym' },
      changed: { by: 'field', fields: ['before.customerId'], then: 'pseudonym' },
      reports: { by: 'field', fields: ['customerId'], then: 'pseudonym' },
      'member-times': noPersons('times of visits'),
      group: noPersons('numbers and the latest position of a salesperson'),
      'report-numbers': noPersons('numbers of visits'),
      totals: noPersons('numbers'),
      clauses: noPersons('hashes of clauses'),
      said: noPersons('what was said of visits'),
      'told-positions': noPersons('numbers of positions'),
    },
  },
  state: [...memberKinds, ...reportKinds, totalKind, clauseKind],
  decisionState: [publishedScoreKind, publishedPositionsKind],
  features: noFeatures,
  *subjects(state) {
    if (state.key !== ALL_REPORTS) {
      if (changedMember(state) !== undefined) yield ''
      return
    }
    const { received, first } = totalsOf(state)
    for (let number = Math.max(first, received - REEXAMINED_MAX); number < received; number++) yield `${AGAIN}${number}`
  },
  row(state, subject) {
    return state.key === ALL_REPORTS ? rowOfReport(state, subject) : rowOfGroup(state, subject)
  },
  decide(decisionState, { id, source, rowContext }, globals, emit) {
    const policy = activePolicy(globals)
    const { group, reports, forgotten = [], at: occurredAt } = rowContext
    forgetPublished(decisionState, forgotten)
    const publishEvidence = evidenceMessages({ id, source, occurredAt }, emit)
    if (group !== undefined) {
      const habit = globals.get(positionHabits, POSITIONS)
      const repeatedPositions = habit === undefined ? null : repeatedShare(habit)
      groupEvidence(group, { ...policy, repeatedPositions }, publishedEvidence(decisionState, publishEvidence, true))
      if (group.group === 'salesperson') {
        const salespersonId = group.groupKey.slice('salesperson:'.length)
        const about = { id: `${id}/positions`, source, occurredAt, salespersonId }
        publishPositionCounts(decisionState, group.members.positions, about, emit)
      }
    }
    if (reports !== undefined) reportEvidence(reports, policy, publishedEvidence(decisionState, publishEvidence, false))
  },
  reevaluateOn: [...policyEntries, [positionHabits, POSITIONS]],
})

function rowOfReport(state: KeyedState, subject: string): Compared | undefined {
  if (subject.startsWith(FORGOTTEN)) return { at: totalsOf(state).newest, forgotten: [subject.slice(FORGOTTEN.length)] }
  const isAgain = subject.startsWith(AGAIN)
  const reports = reportFactsOf(state, Number(isAgain ? subject.slice(AGAIN.length) : subject), !isAgain)
  return reports && { at: reports.report.at, reports }
}

function rowOfGroup(state: KeyedState, subject: string): Compared | undefined {
  const members = membersOf(state)
  const changed = changedMember(state)
  const at = (members.count === 0 ? undefined : timeAt(members, members.count - 1)) ?? changed?.before?.at
  if (changed === undefined || at === undefined) return undefined
  const group = {
    group: state.key.slice(0, state.key.indexOf(':')),
    groupKey: state.key,
    members,
    changed: subject === MEMBER ? changed : undefined,
    present: subject === MEMBER ? memberNamed(state, changed.visitId) : undefined,
  }
  return { at, group, forgotten: subject === MEMBER ? changed.forgotten : [] }
}
