import { Type, type Static } from 'typebox'
import { Call as CallRecord } from '../../schemas/calls/calls.ts'
import { listCalls, type CallRow } from '../../store/calls/calls.ts'
import { scriptCalls, type ScriptCalls } from '../../store/calls/script-quality.ts'
import { withCustomerNames } from '../customers/named-rows.ts'
import { responseFields } from '../http/response-fields.ts'
import { newestFirst } from '../http/cursor.ts'
import { isoTimes } from '../http/iso-times.ts'
import { listRoutes } from '../http/list-routes.ts'
import { problems } from '../http/problem.ts'
import { CustomerName } from '../http/personal.ts'
import { filter, nullable } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'
import { Estimate, rateEstimate, talkEstimate } from './rate-estimate.ts'

const Call = Type.Object({
  ...responseFields(CallRecord, ['id', 'turns', 'context']),
  turnCount: Type.Integer(),
  customerName: CustomerName,
})

const filters = {
  customerId: filter(),
  campaign: filter(),
  script: filter(),
  answered: Type.Optional(Type.Boolean()),
}

const Quality = Type.Object({
  script: Type.String(),
  scriptVersion: nullable(Type.Integer(), 'null if the calls do not state a version.'),
  calls: Type.Integer({ description: 'Outbound calls.' }),
  answered: Type.Integer(),
  answerRate: Estimate,
  talkSeconds: Estimate,
  clicks: nullable(Type.Number(), 'Mean number of links clicked per answered call.'),
  satisfaction: nullable(Type.Number(), 'Mean rating, from 1 to 5.'),
  ratings: Type.Integer(),
  decided: Type.Integer({ description: 'Answered calls whose outcome is known.' }),
  conversionRate: Estimate,
})

const DAYS_DEFAULT = 30

/** Routes for completed calls and for the results of each script (spec C9). */
export function callsRoutes(server: Server, ports: ApiPorts): void {
  listRoutes(server, ports.database, {
    path: '/calls',
    access: 'read-customers',
    tag: 'calls',
    summary: 'Completed calls, newest first',
    filters,
    item: Call,
    cursor: newestFirst(({ callId }: CallRow) => callId),
    load: listCalls,
    toItems: (reader, rows) =>
      withCustomerNames(reader, rows, (row, customerName) => ({ ...isoTimes(row), customerName })),
  })
  qualityRoute(server, ports)
}

function qualityRoute(server: Server, { database }: ApiPorts): void {
  server.get(
    '/script-quality',
    {
      config: { access: 'read-customers' },
      schema: {
        tags: ['calls'],
        summary: 'Results of outbound calls by script version, with 95 % intervals',
        querystring: Type.Object(
          {
            days: Type.Optional(
              Type.Integer({
                minimum: 1,
                maximum: 365,
                description: `Days up to the newest call. Default: ${DAYS_DEFAULT}.`,
              }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ items: Type.Array(Quality) }), ...problems('invalid-request') },
      },
    },
    async ({ query: { days = DAYS_DEFAULT } }) => ({ items: (await scriptCalls(database, days)).map(qualityOf) }),
  )
}

function qualityOf(one: ScriptCalls): Static<typeof Quality> {
  const { script, scriptVersion, calls, answered, clicks, satisfaction, ratings, decided, converted } = one
  return {
    ...{ script, scriptVersion, calls, answered, clicks, satisfaction, ratings, decided },
    answerRate: rateEstimate(answered, calls),
    talkSeconds: talkEstimate(one.talkSeconds, one.talkSecondsDeviation, answered),
    conversionRate: rateEstimate(converted, decided),
  }
}
