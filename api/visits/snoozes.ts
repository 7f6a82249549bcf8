import { Type } from 'typebox'
import { ProblemError, problems } from '../http/problem.ts'
import { Text, Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import { ChangedBy, edit } from '../http/versions.ts'
import type { ApiPorts } from '../ports.ts'
import { newestSettings, setSettings, SettingRefusedError } from '../../store/versioned-settings.ts'

const MOST = 500
const Names = Type.Array(Type.String({ ...Text, minLength: 1, maxLength: 400 }), { maxItems: MOST })

/** Many snoozes at once: each rule for each of the named (spec V5). One at a time: PUT /snoozes/{id}. */
export function snoozesRoute(server: Server, { database, reviews }: ApiPorts): void {
  server.post(
    '/snoozes',
    {
      config: { access: 'write-settings' },
      schema: {
        tags: ['settings'],
        summary:
          'Snoozes rules for many salespeople or customers at once, all or none; set again, a snooze is replaced',
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
      const about = [
        ...salespersonIds.map((id) => ({ name: `salesperson:${id}`, salespersonId: id, customerId: null })),
        ...customerIds.map((id) => ({ name: `customer:${id}`, salespersonId: null, customerId: id })),
      ]
      const count = about.length * rules.length
      if (count === 0 || count > MOST) throw invalid(`It names ${count} snoozes, and must name 1 to ${MOST}.`)
      const held = new Map((await newestSettings(database, reviews.snoozes)).map(({ key, version }) => [key, version]))
      const times = { from: Date.now(), until: Date.parse(until) }
      const changes = rules.flatMap((rule) =>
        about.map(({ name, ...who }) => {
          const key = `${rule}:${name}`
          return { key, value: { rule, ...who, ...times, reason, retired: false }, expectedVersion: held.get(key) ?? 0 }
        }),
      )
      try {
        const set = await edit(() => setSettings(database, reviews.snoozes, changedBy, changes))
        return {
          items: set.map(({ key: id, version, value }) => ({
            id,
            version,
            until: new Date(value.until).toISOString(),
          })),
        }
      } catch (error) {
        if (error instanceof SettingRefusedError) throw invalid(error.message)
        throw error
      }
    },
  )
}

function invalid(problem: string): ProblemError {
  return new ProblemError('invalid-request', 'The body is invalid.', [{ part: 'body', path: '', problem }])
}
