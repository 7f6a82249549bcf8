import { alerts, type Alert } from '../../../schemas/customers/alerts.ts'
import type { Columns } from '../../sql/write-rows.ts'
import { sinkWriter } from '../writer.ts'

const alertColumns = {
  id: 'text',
  kind: 'text',
  subjectId: 'text',
  customerId: 'text',
  raised: 'boolean',
  text: 'text',
  probability: 'double precision',
  threshold: 'double precision',
  reasons: 'jsonb',
  occurredAt: 'time',
} as const satisfies Columns<ReturnType<typeof alertOf>>

/**
 * One task publishes all that concerns one alert, in order: the last published state wins, regardless of event times.
 * They may well go back, as when the visit that raised it is withdrawn.
 */
export const alertsWriter = sinkWriter({
  topic: alerts,
  columns: alertColumns,
  rowOf: alertOf,
  tables: [
    { name: 'alert_history', key: ['id'], keep: 'first' },
    { name: 'alerts', key: ['kind', 'subjectId'], keep: 'last' },
  ],
})

function alertOf(alert: Alert) {
  return {
    id: alert.id,
    kind: alert.kind,
    subjectId: alert.subjectId,
    customerId: alert.customerId,
    raised: alert.raised,
    text: alert.text,
    probability: alert.probability,
    threshold: alert.threshold,
    reasons: alert.reasons,
    occurredAt: alert.occurredAt,
  }
}
