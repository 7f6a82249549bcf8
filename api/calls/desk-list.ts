import { Type } from 'typebox'
import { routingPlans, type RoutingPlan } from '../../schemas/calls/routing-plans.ts'
import { listDesks, type DeskRow } from '../../store/calls/desks.ts'
import { currentTime } from '../current-time.ts'
import { byId } from '../http/cursor.ts'
import { isoTimes } from '../http/iso-times.ts'
import { listRoutes } from '../http/list-routes.ts'
import { nullable, Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'
import { activeSettings, settingOn } from '../versioned-settings.ts'

const DeskItem = Type.Object({
  desk: Type.String(),
  release: Type.String({ description: 'Release of the plan that applies: NONE, EVALUATION or ACTIVE.' }),
  agents: Type.Integer({ description: 'Agents at work.' }),
  waiting: Type.Integer({ description: 'Calls that wait for an agent.' }),
  offered: Type.Integer({ description: 'Calls offered to an agent who has not answered yet.' }),
  active: Type.Integer({ description: 'Calls in conversation or wrap-up.' }),
  waitingSince: nullable(Time, 'When the call that waits longest asked for an agent; null if no call waits.'),
})

/** Routes that list the desks with their load (spec C13). */
export function deskListRoutes(server: Server, ports: ApiPorts): void {
  const { database } = ports
  const plans = settingOn(ports.settings, routingPlans)
  listRoutes(server, database, {
    path: '/desks',
    access: 'read-customers',
    tag: 'calls',
    summary: 'Desks with the agents at work and the calls that wait, are offered or in conversation, by name',
    filters: {},
    item: DeskItem,
    cursor: byId(({ desk }: DeskRow) => desk),
    load: (reader, _, page) => listDesks(reader, new Date(currentTime(ports)), page),
    async toItems(_, rows) {
      const releases = new Map(
        (await activeSettings(database, plans)).map(({ key, value }) => [key, (value as RoutingPlan).release]),
      )
      return rows.map((row) => ({ ...isoTimes(row), release: releases.get(row.desk) ?? releases.get('default')! }))
    },
  })
}
