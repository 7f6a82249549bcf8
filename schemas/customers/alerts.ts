import { array, boolean, documented, double, event, nullable, record, string, type TypeOf } from '../avro/schema.ts'
import { topic } from '../topic.ts'

export const scoreReason = record('ScoreReason', 'What a feature contributed to a score.', {
  feature: string,
  value: documented('null where it was not known.', nullable(double)),
  contribution: documented('To the margin: the log-odds of a probability, or the estimate itself.', double),
  words: string,
})

export const Alert = event('Alert', 'Something that a person should act on; raised once and withdrawn when it no longer holds.', {
  kind: documented('potential-loan-customer, suspected-false-visit, invalid-visits, …', string),
  customerId: string,
  subjectId: string,
  raised: documented('False withdraws it.', boolean),
  text: string,
  probability: nullable(double),
  threshold: nullable(double),
  reasons: documented('Why the probability is what it is, the largest contribution first.', array(scoreReason)),
})
export type Alert = TypeOf<typeof Alert>

export const alerts = topic<Alert>({
  name: 'alerts',
  schema: Alert,
  key: 'customerId',
  keyOf: (alert) => alert.customerId,
  retention: { days: 90 },
  role: 'output',
  producer: 'scoring and assessment processors',
})
