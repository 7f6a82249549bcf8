import { Type } from 'typebox'
import { listRecentSessions, type RecentSession } from '../../store/calls/recent-sessions.ts'
import { withCustomerNames } from '../customers/named-rows.ts'
import { newestFirst } from '../http/cursor.ts'
import { listRoutes } from '../http/list-routes.ts'
import { filter, nullable, Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'

const Session = Type.Object({
  callId: Type.String(),
  customerId: Type.String(),
  customerName: nullable(Type.String()),
  language: Type.String(),
  template: Type.String(),
  templateVersion: Type.Integer(),
  startedAt: Time,
  lastAt: { ...Time, description: 'Time of the latest report about the call.' },
  isOver: Type.Boolean(),
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
  const { callId, customerId, language, template, templateVersion, isOver, parts, prompt } = session
  return {
    ...{ callId, customerId, customerName, language, template, templateVersion, isOver },
    startedAt: new Date(session.startedAt).toISOString(),
    lastAt: new Date(session.lastAt).toISOString(),
    partId: session.lastPartId,
    partsDone: parts.filter(({ state }) => state !== 'pending').length,
    parts: parts.length,
    turns: session.lastTurn + 1,
    ...{ next: prompt.next, reasons: [...prompt.reasons] },
  }
}
