import { sql } from 'kysely'
import { nullable, timestamp } from '../../schemas/avro/schema.ts'
import { RoutingDecision, routingDecisions } from '../../schemas/calls/routing-decisions.ts'
import type { Reader } from '../database.ts'
import { sinkWriter } from '../sink/writer.ts'
import type { PageRequest } from '../sql/page.ts'
import { rowsOf, type RowOf } from '../sql/record-rows.ts'

const rows = rowsOf(RoutingDecision, {
  derived: {
    // A late answer does not change the state of the call.
    stateAt: { schema: nullable(timestamp), of: ({ state, occurredAt }) => (state === 'late' ? null : occurredAt) },
  },
})
type Row = RowOf<typeof rows>

const ofCall = [
  ...(['desk', 'requestId', 'callId', 'customerId', 'state', 'reason', 'reservationId', 'agentId', 'queue'] as const),
  ...(['dueAt', 'waitedMs', 'offers', 'step', 'intent', 'priority', 'occurredAt'] as const),
] as const
const ofDecision = rows.fields.filter((field): field is Exclude<keyof Row & string, 'stateAt'> => field !== 'stateAt')

export type DecisionRow = Omit<Row, 'stateAt'>
export type RoutedCallRow = Pick<Row, (typeof ofCall)[number]>

declare module '../tables.ts' {
  interface Tables {
    routing_decisions: DecisionRow
    routed_calls: RoutedCallRow & Pick<Row, 'stateAt'>
  }
}

export const routingDecisionsWriter = sinkWriter({
  topic: routingDecisions,
  rows,
  tables: [
    { name: 'routing_decisions', key: ['id'], keep: 'first', columns: ofDecision },
    {
      name: 'routed_calls',
      key: ['desk', 'requestId'],
      keep: { newestBy: ['stateAt'] },
      columns: [...ofCall, 'stateAt'],
    },
  ],
})

export interface DecisionFilter {
  readonly desk?: string
  readonly agentId?: string
  readonly customerId?: string
  readonly requestId?: string
  readonly state?: string
}

/** Lists routing decisions, newest first. */
export async function listDecisions(
  database: Reader,
  { desk, agentId, customerId, requestId, state }: DecisionFilter,
  { limit, after }: PageRequest,
): Promise<DecisionRow[]> {
  let query = database
    .selectFrom('routing_decisions')
    .select(ofDecision)
    .orderBy('occurredAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  if (desk !== undefined) query = query.where('desk', '=', desk)
  if (agentId !== undefined) query = query.where('agentId', '=', agentId)
  if (customerId !== undefined) query = query.where('customerId', '=', customerId)
  if (requestId !== undefined) query = query.where('requestId', '=', requestId)
  if (state !== undefined) query = query.where('state', '=', state)
  if (after !== undefined)
    query = query.where(sql<boolean>`(occurred_at, id) < (${after.at}::timestamptz, ${after.id})`)
  return rows.read(await query.execute())
}

/** Returns the calls that wait at the desk or have an agent, by the time of their latest state, oldest first. */
export async function openCalls(database: Reader, desk: string): Promise<RoutedCallRow[]> {
  const open = await database
    .selectFrom('routed_calls')
    .select(ofCall)
    .where('desk', '=', desk)
    .where(sql<boolean>`state in ('waiting', 'pending', 'accepted', 'wrapping')`)
    .orderBy(sql`occurred_at - waited_ms * interval '1 millisecond'`)
    .orderBy('requestId')
    .execute()
  return rows.read(open)
}
