import { Type, type Static, type TObject } from 'typebox'
import { callResults, type CallResult } from '../../store/calls/call-results.ts'
import { timelineKinds, type TimelineKind, type TimelineRow } from '../../store/customers/timeline/timeline.ts'
import type { Reader } from '../../store/database.ts'
import { visitsWithCase } from '../../store/visits/decided-cases.ts'
import { assessmentsOfVisits, type StoredVisitAssessment } from '../../store/visits/visit-assessments.ts'
import { personal } from '../http/personal.ts'
import { nullable, Time } from '../http/schema-parts.ts'

const orNull = <T extends TObject>(schema: T) => Type.Union([schema, Type.Null()])

const Visit = Type.Object({
  visitId: Type.String(),
  opportunityId: Type.String(),
  salespersonId: Type.String(),
  text: personal('texts', Type.String()),
  checkInAt: nullable(Time),
  checkOutAt: nullable(Time),
  verdict: Type.String({ description: 'fine, invalid or suspected_false.' }),
  hasCase: Type.Boolean({ description: 'Whether the visit is or was under review.' }),
})
const Call = Type.Object({
  callId: Type.String(),
  direction: Type.String(),
  answered: Type.Boolean(),
  durationS: Type.Number(),
  campaign: nullable(Type.String()),
  disposition: nullable(Type.String(), 'Outcome, a code of /dispositions; null if none was reported.'),
  converted: nullable(Type.Boolean(), 'Whether the customer bought; null if it is not known yet.'),
  hasSession: Type.Boolean({ description: 'Whether there is a live call with this id.' }),
})
const Events = Type.Object({
  topic: Type.String(),
  events: Type.Integer({ description: 'Number of events on that day.' }),
})
const Score = Type.Object({
  task: Type.String(),
  opportunityId: nullable(Type.String()),
  before: nullable(Type.Number(), 'At the end of the last day with a score; null for the first.'),
  probability: Type.Number(),
})
const Alert = Type.Object({
  kind: Type.String(),
  subjectId: Type.String(),
  raised: Type.Boolean(),
  text: Type.String(),
})
const Case = Type.Object({
  visitId: Type.String(),
  visitedAt: Time,
  decision: Type.String({ description: 'confirmed, harmless or dismissed.' }),
  claim: nullable(Type.String(), 'What was decided on: false or invalid.'),
  decidedBy: nullable(Type.String()),
})

export const TimelineEntry = Type.Object({
  id: Type.String(),
  kind: Type.Unsafe<TimelineKind>({ type: 'string', enum: timelineKinds }),
  occurredAt: Time,
  visit: orNull(Visit),
  call: orNull(Call),
  events: orNull(Events),
  score: orNull(Score),
  alert: orNull(Alert),
  case: orNull(Case),
})
type TimelineEntry = Static<typeof TimelineEntry>

/** What is known of the visits and calls among the entries. */
interface Findings {
  readonly assessments: ReadonlyMap<string, StoredVisitAssessment>
  readonly withCase: ReadonlySet<string>
  readonly calls: ReadonlyMap<string, CallResult>
}

/** Converts entries to response items, with one query for the findings of each kind. */
export async function timelineJson(reader: Reader, rows: readonly TimelineRow[]): Promise<TimelineEntry[]> {
  const idsOf = (kind: TimelineKind) => rows.filter((row) => row.kind === kind).map(({ id }) => id)
  const findings = {
    assessments: await assessmentsOfVisits(reader, idsOf('visit')),
    withCase: await visitsWithCase(reader, idsOf('visit')),
    calls: await callResults(reader, idsOf('call')),
  }
  return rows.map((row) => ({
    id: `${row.kind}/${row.id}`,
    kind: row.kind,
    occurredAt: row.occurredAt.toISOString(),
    ...{ visit: null, call: null, events: null, score: null, alert: null, case: null },
    ...partOf(row, findings),
  }))
}

/** Returns the one part that an entry has, by its kind. */
function partOf(row: TimelineRow, { assessments, withCase, calls }: Findings): Partial<TimelineEntry> {
  switch (row.kind) {
    case 'visit': {
      const { visitId, opportunityId, salespersonId, text, checkInAt, checkOutAt } = row.of
      const times = { checkInAt: checkInAt?.toISOString() ?? null, checkOutAt: checkOutAt?.toISOString() ?? null }
      const verdict = assessments.get(visitId)?.verdict ?? 'fine'
      const hasCase = withCase.has(visitId)
      return { visit: { visitId, opportunityId, salespersonId, text, ...times, verdict, hasCase } }
    }
    case 'call': {
      const { callId, direction, answered, durationS, campaign } = row.of
      const { disposition = null, converted = null, hasSession = false } = calls.get(callId) ?? {}
      return { call: { callId, direction, answered, durationS, campaign, disposition, converted, hasSession } }
    }
    case 'score': {
      const { task, opportunityId, before, probability } = row.of
      return { score: { task, opportunityId, before, probability } }
    }
    case 'alert': {
      const { kind, subjectId, raised, text } = row.of
      return { alert: { kind, subjectId, raised, text } }
    }
    case 'case': {
      const { visitId, visitedAt, decision, claim, decidedBy } = row.of
      return { case: { visitId, visitedAt: visitedAt.toISOString(), decision, claim, decidedBy } }
    }
    default:
      return { events: { topic: row.of.topic, events: row.of.events } }
  }
}
