import { documented, double, event, int, nullable, string, timestamp, type TypeOf } from '../avro/schema.ts'
import { topic } from '../topic.ts'

export const AlertCandidate = event('AlertCandidate', 'A visit that wants an alert; the newest on a visit counts.', {
  visitId: string,
  customerId: string,
  salespersonId: string,
  kind: documented(
    'As alerts have it; null: it wants none, and a case that was sampled is only told the time.',
    nullable(string),
  ),
  policyVersion: int,
  loss: documented('Its score times what such a visit costs: those with more come first.', double),
  waitsUntil: documented('Snoozed until then.', nullable(timestamp)),
})
export type AlertCandidate = TypeOf<typeof AlertCandidate>

/** One key for all candidates of the organisation, because its limit applies to all of them together. */
const ALL_CANDIDATES = 'all'

export const alertCandidates = topic<AlertCandidate>({
  name: 'alert-candidates',
  schema: AlertCandidate,
  key: 'all',
  keyOf: () => ALL_CANDIDATES,
  retention: { days: 400 },
  role: 'output',
  producer: 'case-findings processor',
})

export const AlertAdmission = event('AlertAdmission', 'A visit may have its alert: the limits of the day leave room.', {
  visitId: string,
  customerId: string,
  kind: documented('As alerts have it; null: a sampled case, whose time runs from now on.', nullable(string)),
})
export type AlertAdmission = TypeOf<typeof AlertAdmission>

export const alertAdmissions = topic<AlertAdmission>({
  name: 'alert-admissions',
  schema: AlertAdmission,
  key: 'customerId',
  keyOf: ({ customerId }) => customerId,
  retention: { days: 3650 },
  role: 'output',
  producer: 'alert-limits processor',
})
