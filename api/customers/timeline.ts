import { Type } from 'typebox'
import {
  listTimeline,
  timelineKinds,
  type TimelineKind,
  type TimelinePosition,
  type TimelineRow,
} from '../../store/customers/timeline/timeline.ts'
import { ownOfList } from '../http/access.ts'
import { newestFirst, noCursor, type Cursor } from '../http/cursor.ts'
import { listRoutes } from '../http/list-routes.ts'
import { filter, Name } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'
import { timelineJson, TimelineEntry } from './timeline-entry.ts'

/** The widest offset of a time zone, in minutes. */
const OFFSET_MAX = 14 * 60

const filters = {
  kind: Type.Optional(
    Type.Unsafe<TimelineKind>({
      type: 'string',
      enum: timelineKinds,
      description:
        'payments: also purchases; records: changes of assets, credit lines and the profile; score: marked changes from day to day.',
    }),
  ),
  salespersonId: filter('Without the visits, cases and scores of other salespeople’s opportunities.'),
  teamId: filter('Without the visits, cases and scores of other teams’ opportunities.'),
  utcOffsetMinutes: Type.Optional(
    Type.Integer({
      minimum: -OFFSET_MAX,
      maximum: OFFSET_MAX,
      default: 0,
      description: 'Minutes that the reader’s clock is ahead of UTC: events and scores are summed up by its days.',
    }),
  ),
}

/** Route for what happened to a customer and what the platform concluded, on one line of time. */
export function timelineRoute(server: Server, { database }: ApiPorts): void {
  listRoutes(server, database, {
    path: '/customers/:id/timeline',
    access: 'read-customers',
    own: { params: { id: 'customer' }, ...ownOfList },
    tag: 'customers',
    summary:
      'What happened to a customer and what was concluded: events by day, visits, calls, changes of scores, alerts, decisions; newest first',
    params: Type.Object({ id: Name }),
    filters,
    item: TimelineEntry,
    cursor,
    load: (reader, { id, utcOffsetMinutes = 0, ...rest }, request) =>
      listTimeline(reader, { customerId: id, utcOffsetMinutes, ...rest }, request),
    toItems: timelineJson,
  })
}

const byKindAndId = newestFirst(({ kind, id }: TimelineRow) => `${kind}/${id}`)

/** Cursor of the timeline: its ids begin with the kind. */
const cursor: Cursor<TimelineRow, TimelinePosition> = {
  positionOf: ({ kind, id, occurredAt }) => ({ kind, id, at: occurredAt }),
  encode: ({ kind, id, at }) => byKindAndId.encode({ at, id: `${kind}/${id}` }),
  decode(text) {
    const { at, id } = byKindAndId.decode(text)
    const kind = timelineKinds.find((one) => id.startsWith(`${one}/`))
    if (kind === undefined) throw noCursor()
    return { kind, id: id.slice(kind.length + 1), at }
  },
}
