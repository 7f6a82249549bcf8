import { Type } from 'typebox'
import { Gap } from '../../schemas/platform/platform.ts'
import { listGaps, type StoredGap } from '../../store/operations/gaps.ts'
import { responseFields } from '../http/response-fields.ts'
import { newestFirst } from '../http/cursor.ts'
import { isoTimes } from '../http/iso-times.ts'
import { listRoutes } from '../http/list-routes.ts'
import type { ApiPorts } from '../ports.ts'
import type { Server } from '../http/server.ts'

/** Route that lists records that retention deleted before they were read. */
export function gapsRoute(server: Server, { database }: ApiPorts): void {
  listRoutes(server, database, {
    path: '/gaps',
    access: 'operate',
    tag: 'operations',
    summary: 'Records that were deleted before they were read, newest first',
    filters: {},
    item: Type.Object(responseFields(Gap, ['source'])),
    cursor: newestFirst(({ id }: StoredGap) => id),
    load: (reader, _filter, request) => listGaps(reader, request),
    toItems: (_reader, rows) => rows.map(isoTimes),
  })
}
