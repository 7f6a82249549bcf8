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
import { derivedPlace, derivedPosition, whoAndWhen } from './derived-fields.ts'

const CheckIn = record('CheckIn', 'Where the salesperson checked in: a position that can be true.', derivedPosition)
/** Avro defines a record name only once per schema. */
const CheckOut = record('CheckOut', 'Where the salesperson checked out.', derivedPosition)
const NearPlace = record('NearPlace', 'A known place of the customer that held at the time of the visit.', derivedPlace)

export const ComparedVisit = event(
  'ComparedVisit',
  'What a visit tells to those it is compared with: the visits of one salesperson, device or photo, and all reports.',
  {
    groupKey: documented('With whom it is compared, such as `salesperson:s-001`; all reports have one key.', string),
    group: enumeration('VisitGroup', ['salesperson', 'device', 'photo', 'reports']),
    gone: documented('It is withdrawn, or a correction took it out of the group.', boolean),
    visitId: string,
    revision: int,
    ...whoAndWhen,
    checkIn: documented('For the salesperson only; null: none that can be true.', nullable(CheckIn)),
    checkOut: nullable(CheckOut),
    places: documented('With a check-in: the nearest known place, and the one that equals it.', array(NearPlace)),
    text: documented('For reports only: as much of the report as is compared.', nullable(string)),
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
  keyOf: ({ groupKey }) => groupKey,
  retention: { days: 30 },
  role: 'output',
  producer: 'visit-facts processor',
})
