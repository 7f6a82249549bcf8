import { Type } from 'typebox'
import { problems } from '../http/problem.ts'
import { Text, Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import { ChangedBy } from '../http/versions.ts'
import type { ApiPorts } from '../ports.ts'
import { setSnoozes } from '../../store/visits/set-snoozes.ts'
import { withEditProblems } from '../versioned-settings.ts'

const MOST = 500
const Names = Type.Array(Type.String({ ...Text, minLength: 1, maxLength: 400 }), { maxItems: MOST })

/** Route that sets many snoozes at once: each rule for each name (spec V5). For a single one: PUT /snoozes/{id}. */
export function snoozesRoute(server: Server, { database, reviews }: ApiPorts): void {
  server.post(
    '/snoozes',
    {
      config: { access: 'write-settings' },
      schema: {
        tags: ['settings'],
        summary: 'Snoozes rules for many salespeople or customers at once, all or none; replaces earlier snoozes',
        body: Type.Object(
          {
            rules: Type.Array(Type.String({ ...Text, minLength: 1, maxLength: 100 }), { minItems: 1, maxItems: 50 }),
            salespersonIds: Type.Optional(Names),
            customerIds: Type.Optional(Names),
            until: Type.String({ format: 'date-time', description: 'At most 180 days from now.' }),
            reason: Type.String({ ...Text, minLength: 1, maxLength: 1_000 }),
            changedBy: ChangedBy,
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({
            items: Type.Array(Type.Object({ id: Type.String(), version: Type.Integer(), until: Time })),
          }),
          ...problems('invalid-request', 'forbidden-origin', 'conflict'),
        },
      },
    },
    async ({ body: { rules, salespersonIds = [], customerIds = [], until, reason, changedBy } }) => {
      const times = { from: Date.now(), until: Date.parse(until) }
      const wanted = { rules, salespersonIds, customerIds, reason, changedBy, ...times }
      const set = await withEditProblems(() => setSnoozes(database, reviews.snoozes, wanted))
      return {
        items: set.map(({ key: id, version, value }) => ({ id, version, until: new Date(value.until).toISOString() })),
      }
    },
  )
}
