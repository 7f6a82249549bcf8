import { array, boolean, documented, double, event, nullable, record, string, type TypeOf } from '../avro/schema.ts'
import { loanAlerts } from '../loans/alert-kinds.ts'
import { oneOf } from '../rules.ts'
import { topic } from '../topic.ts'
import { visitAlerts } from '../visits/alert-kinds.ts'
import { byKey } from '../persons.ts'

/** Kinds of alerts of all subjects; each subject lists its own. */
export const alertKinds = [...loanAlerts, ...visitAlerts] as const
export type AlertKind = (typeof alertKinds)[number]

export const scoreReason = record('ScoreReason', 'What a feature contributed to a score.', {
  feature: string,
  value: documented('Value of the feature; null if unknown.', nullable(double)),
  contribution: documented(
    'Contribution to the margin: the log-odds of a probability, or the estimate itself.',
    double,
  ),
  words: string,
})

export const Alert = event(
  'Alert',
  'Something that a person should act on; raised once and withdrawn when it no longer holds.',
  {
    kind: documented(`${alertKinds.join(', ')}.`, oneOf(alertKinds)),
    customerId: string,
    subjectId: string,
    raised: documented('Whether the alert is raised; false: it was withdrawn.', boolean),
    text: string,
    probability: nullable(double),
    threshold: nullable(double),
    reasons: documented('Reasons for the probability, the largest contribution first.', array(scoreReason)),
  },
)
export type Alert = TypeOf<typeof Alert>

export const alerts = topic<Alert>({
  name: 'alerts',
  schema: Alert,
  key: 'customerId',
  persons: byKey,
  keyOf: (alert) => alert.customerId,
  retention: { days: 90 },
  role: 'output',
  producer: 'scoring and assessment processors',
})
