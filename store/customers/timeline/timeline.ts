import { listCalls, type CallRow } from '../../calls/calls.ts'
import type { Reader } from '../../database.ts'
import type { PagePosition, PageRequest } from '../../sql/page.ts'
import { decidedCases, type DecidedCase } from '../../visits/decided-cases.ts'
import { listVisits, type VisitRow } from '../../visits/visits.ts'
import { listAlerts, type StoredAlert } from '../alerts.ts'
import { dailyEvents, type DailyEvents } from './daily-events.ts'
import { scoreChanges, type ScoreChange } from './score-changes.ts'

/** Topics that have no table of their own, by kind of entry. */
const eventTopics = {
  interactions: ['interactions'],
  payments: ['transactions', 'purchases'],
  records: ['assets', 'credit-lines', 'profiles'],
} as const

/** What a kind of entry is made from. */
interface Entries {
  readonly case: DecidedCase
  readonly alert: StoredAlert
  readonly score: ScoreChange
  readonly visit: VisitRow
  readonly call: CallRow
  readonly interactions: DailyEvents
  readonly payments: DailyEvents
  readonly records: DailyEvents
}
export type TimelineKind = keyof Entries
export type TimelineRow = {
  [Kind in TimelineKind]: {
    readonly kind: Kind
    readonly id: string
    readonly occurredAt: Date
    readonly of: Entries[Kind]
  }
}[TimelineKind]

export interface TimelineFilter {
  readonly customerId: string
  readonly kind?: TimelineKind
  /** Only what this salesperson may see: not the visits, cases and scores of others. */
  readonly salespersonId?: string
  /** Only what this team may see: not the visits, cases and scores of others. */
  readonly teamId?: string
  /** Events and scores are summed up by days of a clock that is ahead of UTC by so many minutes. */
  readonly utcOffsetMinutes: number
}

/** A position in the timeline; entries of the same time are sorted by kind. */
export interface TimelinePosition extends PagePosition {
  readonly kind: TimelineKind
}

interface Source<Entry> {
  load(reader: Reader, filter: Omit<TimelineFilter, 'kind'>, request: PageRequest): Promise<readonly Entry[]>
  idOf(entry: Entry): string
}

const daily = (topics: readonly string[]): Source<DailyEvents> => ({
  load: (reader, { customerId, utcOffsetMinutes }, request) =>
    dailyEvents(reader, customerId, topics, utcOffsetMinutes, request),
  idOf: ({ id }) => id,
})

/** Where each kind comes from. At the same time, what was concluded comes before what happened. */
const sources: { readonly [Kind in TimelineKind]: Source<Entries[Kind]> } = {
  case: { load: (reader, filter, request) => decidedCases(reader, filter, request), idOf: ({ visitId }) => visitId },
  alert: {
    // An alert on a visit or an opportunity may be on another salesperson's.
    load: (reader, { customerId, salespersonId, teamId }, request) =>
      listAlerts(
        reader,
        {
          customerId,
          ...(salespersonId !== undefined && { subjectId: customerId }),
          ...(teamId !== undefined && { teamId }),
        },
        request,
      ),
    idOf: ({ id }) => id,
  },
  score: {
    load: (reader, { utcOffsetMinutes, ...whose }, request) => scoreChanges(reader, whose, utcOffsetMinutes, request),
    idOf: ({ id }) => id,
  },
  visit: {
    load: (reader, { customerId, salespersonId, teamId }, request) =>
      listVisits(
        reader,
        { customerId, ...(salespersonId !== undefined && { salespersonId }), ...(teamId !== undefined && { teamId }) },
        request,
      ),
    idOf: ({ visitId }) => visitId,
  },
  call: {
    load: (reader, { customerId }, request) => listCalls(reader, { customerId }, request),
    idOf: ({ callId }) => callId,
  },
  interactions: daily(eventTopics.interactions),
  payments: daily(eventTopics.payments),
  records: daily(eventTopics.records),
}
export const timelineKinds = Object.keys(sources) as TimelineKind[]

/** Lists what happened to a customer and what was concluded, newest first: one query for each kind. */
export async function listTimeline(
  reader: Reader,
  { kind, ...filter }: TimelineFilter,
  { limit, after }: { readonly limit: number; readonly after?: TimelinePosition },
): Promise<TimelineRow[]> {
  const rows: TimelineRow[] = []
  for (const one of kind === undefined ? timelineKinds : [kind]) {
    const { load, idOf } = sources[one] as Source<Entries[TimelineKind]>
    const request = { limit, ...(after !== undefined && { after: positionOf(one, after) }) }
    for (const entry of await load(reader, filter, request))
      rows.push({ kind: one, id: idOf(entry), occurredAt: entry.occurredAt, of: entry } as TimelineRow)
  }
  // A stable sort: entries of the same time stay in the order of the kinds, and within a kind in that of its query.
  return rows.sort((one, other) => other.occurredAt.getTime() - one.occurredAt.getTime()).slice(0, limit)
}

/** Returns where a kind goes on after a position that may be an entry of another kind at the same time. */
function positionOf(kind: TimelineKind, { kind: last, at, id }: TimelinePosition): PagePosition {
  if (kind === last) return { at, id }
  const isShown = timelineKinds.indexOf(kind) < timelineKinds.indexOf(last)
  // No id is less than an empty one. Times are whole milliseconds.
  return { at: isShown ? at : new Date(at.getTime() + 1), id: '' }
}
