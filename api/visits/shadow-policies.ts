import { Type, type Static } from 'typebox'
import type { ShadowPolicies } from '../../schemas/visits/shadow-policies.ts'
import { shadowDays, shadowExamples, type ShadowDay } from '../../store/visits/shadow-assessments.ts'
import { newestSetting } from '../../store/versioned-settings.ts'
import { problems } from '../http/problem.ts'
import { isoTimes } from '../http/iso-times.ts'
import { Name, nullable, Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'
import { requireDefault } from '../versioned-settings.ts'

const EXAMPLES_MAX = 20
const Day = Type.Object({
  day: Type.String({ description: 'Day of the visits in UTC.' }),
  suspectedFalse: Type.Integer(),
  invalid: Type.Integer(),
  new: Type.Integer({ description: 'Flagged only by the shadow policy.' }),
  vanished: Type.Integer({ description: 'Flagged only by the active policy.' }),
  unchanged: Type.Integer({ description: 'Flagged by both.' }),
})
const Shadow = Type.Object({
  id: Type.String(),
  startedAt: Time,
  days: Type.Array(Day, { description: 'Latest first; days without flags are omitted.' }),
  examples: Type.Array(
    Type.Object({
      subjectId: Type.String({ description: 'The visit, or the opportunity.' }),
      customerId: Type.String(),
      salespersonId: nullable(Type.String()),
      visitedAt: Time,
      verdict: Type.String(),
      inForce: Type.String(),
    }),
    { description: `Examples where the two differ, latest first, at most ${EXAMPLES_MAX}.` },
  ),
})

/** Route for what shadow policies would flag, compared with the active policy. */
export function shadowPoliciesRoute(server: Server, { database, settings }: ApiPorts): void {
  const setting = settings.find(({ path }) => path === '/shadow-policies')
  if (setting === undefined) return
  server.get(
    '/policies/:name/shadow',
    {
      config: { access: 'read-settings' },
      schema: {
        tags: ['settings'],
        summary: 'What the shadow policies would flag, by day of the visit',
        description: 'Set the shadow policies with PUT /shadow-policies/{name}.',
        params: Type.Object({ name: Name }),
        querystring: Type.Object(
          {
            days: Type.Optional(
              Type.Integer({ minimum: 1, maximum: 366, default: 30, description: 'Number of newest days with flags.' }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ items: Type.Array(Shadow) }), ...problems('not-found', 'invalid-request') },
      },
    },
    async ({ params: { name }, query: { days = 30 } }) => {
      const builtIn = requireDefault(setting, name)
      const newest = await newestSetting(database, setting, name)
      const { candidates } = (newest ?? builtIn).value as Pick<ShadowPolicies, 'candidates'>
      const ids = candidates.map(({ id }) => id)
      const counts = await shadowDays(database, ids, days)
      const items = candidates.map(async ({ id, startedAt }): Promise<Static<typeof Shadow>> => {
        const examples = await shadowExamples(database, id, EXAMPLES_MAX)
        return {
          id,
          startedAt: new Date(startedAt).toISOString(),
          days: counts.filter(({ candidate }) => candidate === id).map(dayOf),
          examples: examples.map(isoTimes),
        }
      })
      return { items: await Promise.all(items) }
    },
  )
}

function dayOf({ day, suspectedFalse, invalid, new: added, vanished, unchanged }: ShadowDay): Static<typeof Day> {
  return { day, suspectedFalse, invalid, new: added, vanished, unchanged }
}
