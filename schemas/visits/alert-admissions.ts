import { documented, double, event, int, nullable, string, timestamp, type TypeOf } from '../avro/schema.ts'
import { topic } from '../topic.ts'
import { byFields, byKey } from '../persons.ts'

export const AlertCandidate = event(
  'AlertCandidate',
  'A visit that is a candidate for an alert. The latest event per visit applies.',
  {
    visitId: string,
    customerId: string,
    salespersonId: string,
    kind: documented(
      'Kind of the alert; null for a sampled case, which gets no alert but a start of its deadlines.',
      nullable(string),
    ),
    policyVersion: int,
    loss: documented(
      'Score of the visit times the cost of such a visit; candidates with a larger loss come first.',
      double,
    ),
    waitsUntil: documented('End of the snooze that holds the alert back; null if there is none.', nullable(timestamp)),
  },
)
export type AlertCandidate = TypeOf<typeof AlertCandidate>

/** One key for all candidates of the organisation, because its limit applies to all of them together. */
const ALL_CANDIDATES = 'all'

export const alertCandidates = topic<AlertCandidate>({
  name: 'alert-candidates',
  schema: AlertCandidate,
  key: 'all',
  persons: byFields('customerId'),
  keyOf: () => ALL_CANDIDATES,
  retention: { days: 400 },
  role: 'output',
  producer: 'case-findings processor',
})

export const AlertAdmission = event(
  'AlertAdmission',
  'The admission of an alert on a visit, within the limits of the day.',
  {
    visitId: string,
    customerId: string,
    kind: documented('Kind of the alert; null for a sampled case, whose deadlines start now.', nullable(string)),
  },
)
export type AlertAdmission = TypeOf<typeof AlertAdmission>

export const alertAdmissions = topic<AlertAdmission>({
  name: 'alert-admissions',
  schema: AlertAdmission,
  key: 'customerId',
  persons: byKey,
  keyOf: ({ customerId }) => customerId,
  retention: { days: 3650 },
  role: 'output',
  producer: 'alert-limits processor',
})
