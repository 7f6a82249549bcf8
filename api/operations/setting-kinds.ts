import { Type } from 'typebox'
import { latestSettingChanges } from '../../store/versioned-settings.ts'
import { nullable, Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'

const Kind = Type.Object({
  kind: Type.String(),
  path: Type.String({ description: 'Path of its settings in this API.' }),
  key: Type.String({ description: 'Field that names a single setting.' }),
  description: Type.String(),
  fields: Type.Array(Type.String(), { description: 'Fields of a setting that an edit states.' }),
  open: Type.Boolean({ description: 'Whether settings can be added.' }),
  changed: Type.Integer({ description: 'How many of its settings people have set.' }),
  changedBy: nullable(Type.String(), 'Who made the latest change; null if there is none.'),
  changedAt: nullable(Time),
  reason: nullable(Type.String(), 'Reason for the latest change; null if none was stated.'),
})

/** Route for the kinds of versioned settings: what each is for, and its latest change. */
export function settingKindsRoute(server: Server, { database, settings }: ApiPorts): void {
  server.get(
    '/settings',
    {
      config: { access: 'read-settings' },
      schema: {
        tags: ['settings'],
        summary: 'Kinds of settings: what each is for, where it is edited, and its latest change',
        response: { 200: Type.Object({ items: Type.Array(Kind) }) },
      },
    },
    async () => {
      const latest = await latestSettingChanges(database)
      const items = settings.map(({ name, path, key, doc, value, open }) => {
        const { changed = 0, changedBy = null, changedAt, reason = null } = latest.get(name) ?? {}
        return {
          ...{ kind: name, path, key, description: doc, fields: Object.keys(value.fields), open },
          ...{ changed, changedBy, changedAt: changedAt?.toISOString() ?? null, reason },
        }
      })
      return { items }
    },
  )
}
