import { Type } from 'typebox'
import { listRecentSessions, type RecentSession } from '../../store/calls/recent-sessions.ts'
import { withCustomerNames } from '../customers/named-rows.ts'
import { newestFirst } from '../http/cursor.ts'
import { listRoutes } from '../http/list-routes.ts'
import { filter, nullable } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'
import { SessionFields, sessionFields } from './session-fields.ts'

const Session = Type.Object({
  ...SessionFields,
  partId: nullable(Type.String(), 'What the customer heard last, a part or an answer; null at the beginning.'),
  partsDone: Type.Integer({ description: 'Parts of the script that were said or skipped.' }),
  parts: Type.Integer({ description: 'Parts of the script.' }),
  turns: Type.Integer({ description: 'Turns of the customer so far.' }),
  next: Type.String({ description: 'listen, end or transfer.' }),
  reasons: Type.Array(Type.String(), { description: 'Why the latest answer deviated from the script.' }),
})

/** Routes that list the live calls of the last hour (spec C8). */
export function recentSessionsRoutes(server: Server, { database }: ApiPorts): void {
  listRoutes(server, database, {
    path: '/call-sessions',
    access: 'read-customers',
    tag: 'calls',
    summary: 'Live calls with a step in the last hour, latest step first; isOver=false: those that go on',
    filters: {
      customerId: filter(),
      isOver: Type.Optional(Type.Boolean({ description: 'Whether the call has ended. Default: both.' })),
    },
    item: Session,
    cursor: newestFirst(({ callId }: RecentSession) => callId),
    load: listRecentSessions,
    toItems: (reader, rows) => withCustomerNames(reader, rows, sessionItem),
  })
}

function sessionItem(session: RecentSession, customerName: string | null) {
  const { parts, prompt } = session
  return {
    ...sessionFields(session, customerName),
    partId: session.lastPartId,
    partsDone: parts.filter(({ state }) => state !== 'pending').length,
    parts: parts.length,
    turns: session.lastTurn + 1,
    ...{ next: prompt.next, reasons: [...prompt.reasons] },
  }
}
