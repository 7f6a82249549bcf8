import { sql, type RawBuilder } from 'kysely'
import { Alert, alerts } from '../../schemas/customers/alerts.ts'
import { caseAlerts } from '../../schemas/visits/alert-kinds.ts'
import { ofTeam, ofTeamsCustomers } from '../access/owned.ts'
import type { Reader } from '../database.ts'
import { sinkWriter } from '../sink/writer.ts'
import type { PageRequest } from '../sql/page.ts'
import { rowsOf, type RowOf } from '../sql/record-rows.ts'

const alertRows = rowsOf(Alert, { without: ['source'] })
export type StoredAlert = RowOf<typeof alertRows>

declare module '../tables.ts' {
  interface Tables {
    alerts: StoredAlert
    alert_history: StoredAlert
  }
}

/**
 * One task publishes the states of an alert in order, so the last published state wins whatever its event time, which
 * can go back, for example when the visit that raised the alert is withdrawn.
 */
export const alertsWriter = sinkWriter({
  topic: alerts,
  rows: alertRows,
  tables: [
    { name: 'alert_history', key: ['id'], keep: 'first' },
    { name: 'alerts', key: ['kind', 'subjectId'], keep: 'last' },
  ],
})

/**
 * An alert on a visit is raised only while its case says so. Whichever of the two the sink writes first, a decided case
 * leaves the list of alerts and the list of cases at the same moment.
 */
const raised = sql<boolean>`case when c.visit_id is null then a.raised else a.raised and c.alert is not distinct from a.kind end`
const ofCases = sql.join(caseAlerts.map((kind) => sql.lit(kind)))

/** Lists the latest state of each alert, newest first. */
export async function listAlerts(
  database: Reader,
  filter: {
    readonly kind?: string
    readonly raised?: boolean
    readonly customerId?: string
    readonly subjectId?: string
    readonly teamId?: string
  },
  { limit, after }: PageRequest,
): Promise<StoredAlert[]> {
  let query = database
    .selectFrom('alerts as a')
    .leftJoin('cases as c', (join) =>
      join.onRef('c.visitId', '=', 'a.subjectId').on(sql<boolean>`a.kind in (${ofCases})`),
    )
    .select(alertRows.fields.filter((field) => field !== 'raised').map((field) => `a.${field}` as const))
    .select(raised.as('raised'))
    .orderBy('a.occurredAt', 'desc')
    .orderBy('a.id', 'desc')
    .limit(limit)
  if (filter.kind !== undefined) query = query.where('a.kind', '=', filter.kind)
  if (filter.raised !== undefined) query = query.where(raised, '=', filter.raised)
  if (filter.customerId !== undefined) query = query.where('a.customerId', '=', filter.customerId)
  if (filter.subjectId !== undefined) query = query.where('a.subjectId', '=', filter.subjectId)
  if (filter.teamId !== undefined) query = query.where(onTeam(filter.teamId))
  if (after !== undefined) query = query.where(sql<boolean>`(a.occurred_at, a.id) < (${after.at}, ${after.id})`)
  return alertRows.read((await query.execute()) as StoredAlert[])
}

/** SQL condition: the customer, the opportunity or the visit that the alert is on is the team’s. */
function onTeam(teamId: string): RawBuilder<boolean> {
  return sql<boolean>`case when a.subject_id = a.customer_id then ${ofTeamsCustomers(teamId, 'a.customer_id')}
    else ${ofTeam(teamId, 'a.subject_id')} or a.subject_id in (select visit_id from visits where ${ofTeam(teamId)}) end`
}
