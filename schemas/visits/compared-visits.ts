import {
  array,
  boolean,
  documented,
  enumeration,
  event,
  int,
  nullable,
  record,
  string,
  type TypeOf,
} from '../avro/schema.ts'
import { topic } from '../topic.ts'
import { derivedPlace, derivedPosition, visitContextFields } from './derived-fields.ts'
import { byFields } from '../persons.ts'

const CheckIn = record('CheckIn', 'A plausible position where the salesperson checked in.', derivedPosition)
/** Avro defines a record name only once per schema. */
const CheckOut = record('CheckOut', 'A plausible position where the salesperson checked out.', derivedPosition)
const NearPlace = record(
  'NearPlace',
  'A known place of the customer that was valid at the time of the visit.',
  derivedPlace,
)

export const ComparedVisit = event(
  'ComparedVisit',
  'A visit as published for one of its comparisons: with the visits of its salesperson, device or photo, or with all reports.',
  {
    groupKey: documented(
      'Group that it is compared with, such as `salesperson:s-001`; all reports have one key.',
      string,
    ),
    group: enumeration('VisitGroup', ['salesperson', 'device', 'photo', 'reports']),
    gone: documented('Whether it left the group: it was withdrawn, or a correction moved it.', boolean),
    visitId: string,
    revision: int,
    ...visitContextFields,
    checkIn: documented(
      'Check-in, for the salesperson group only; null if there is no plausible position.',
      nullable(CheckIn),
    ),
    checkOut: nullable(CheckOut),
    places: documented(
      'If there is a check-in: the nearest known place, and the one that equals it.',
      array(NearPlace),
    ),
    text: documented('For the group of reports only: the part of the report that is compared.', nullable(string)),
  },
)
export type ComparedVisit = TypeOf<typeof ComparedVisit>
export type VisitGroup = ComparedVisit['group']

/** Key of all reports: a copy is found only where all reports come together. */
export const ALL_REPORTS = 'reports'

export const comparedVisits = topic<ComparedVisit>({
  name: 'compared-visits',
  schema: ComparedVisit,
  key: 'group and its id',
  persons: byFields('customerId'),
  keyOf: ({ groupKey }) => groupKey,
  retention: { days: 30 },
  role: 'output',
  producer: 'visit-facts processor',
})
