import { Type } from 'typebox'
import { toJson } from '../../schemas/json/json-event.ts'
import { fromStoredJson } from '../../schemas/json/stored-json.ts'
import type { VersionedSetting } from '../../schemas/platform/versioned-setting.ts'
import type { Topic } from '../../schemas/topic.ts'
import { listChanges, type Change as StoredChange } from '../../store/operations/changes.ts'
import type { Principal } from '../access/principal.ts'
import { newestFirst } from '../http/cursor.ts'
import { isoTimes } from '../http/iso-times.ts'
import { listRoutes } from '../http/list-routes.ts'
import { ProblemError } from '../http/problem.ts'
import { filter, nullable, Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'

const KIND = 'Name of the setting, `redrive`, `model`, `api-key`, `personal-data` or `customer-merge`.'
const SUBJECT =
  'Key of the setting, place of the record, task of the model, name of the API key, digest of the person’s id, or merged customer.'

const Change = Type.Object({
  id: Type.String(),
  occurredAt: Time,
  kind: Type.String({ description: KIND }),
  subject: Type.String({ description: SUBJECT }),
  act: Type.String({
    description: '`set`, `redriven`, `created`, `revoked`, `export`, `erase`, `merged`, or the act on a model.',
  }),
  version: nullable(Type.Integer(), 'Version of the setting; null for everything else.'),
  modelId: nullable(Type.String()),
  changedBy: Type.String({ description: '`scoreline`: the platform itself.' }),
  reason: nullable(Type.String(), 'null if no reason was stated.'),
  before: Type.Unknown({
    description: 'What was valid before: the setting, the live models, the key; null if nothing.',
  }),
  after: Type.Unknown({ description: 'What is valid from then on; null if nothing.' }),
})

const filters = {
  kind: filter(KIND),
  subject: filter(SUBJECT),
  changedBy: filter(),
  since: Type.Optional(Type.String({ format: 'date-time', description: 'Inclusive.' })),
  until: Type.Optional(Type.String({ format: 'date-time', description: 'Exclusive.' })),
}

/** Routes for the audit trail: who changed what, when and why, with what was before and after (spec P12). */
export function changesRoutes(server: Server, { database, settings }: ApiPorts): void {
  listRoutes(server, database, {
    path: '/changes',
    access: 'read-settings',
    tag: 'settings',
    summary:
      'Acts of people: changes of settings and of models in use, records sent again; for administrators also API keys made and revoked, personal data exported and erased, and customers merged; newest first',
    filters,
    item: Change,
    cursor: newestFirst(({ id }: StoredChange) => id),
    load: (reader, { since, until, ...wanted }, request, principal) =>
      listChanges(
        reader,
        { ...wanted, ...timeOf('since', since), ...timeOf('until', until) },
        request,
        administers(principal),
      ),
    toItems: (_reader, rows) => rows.map((row) => changeJson(settings, row)),
  })
}

function administers(principal: Principal | undefined): boolean {
  return principal === undefined || principal.rights.get('administer') === 'all'
}

function timeOf(name: string, text: string | undefined): Readonly<Record<string, Date>> {
  if (text === undefined) return {}
  const time = new Date(text)
  if (!Number.isNaN(time.getTime())) return { [name]: time }
  // A leap second is in the format, but is no time that can be compared.
  const problem = { part: 'query', path: `/${name}`, problem: `There is no such time: ${text}.` }
  throw new ProblemError('invalid-request', 'The query is invalid.', [problem])
}

/** Returns the change with the values of a setting as its own route shows them. */
function changeJson(settings: readonly VersionedSetting[], row: StoredChange) {
  const setting = settings.find(({ name }) => name === row.kind)
  if (setting === undefined) return isoTimes(row)
  const before = row.before ?? setting.defaults.get(row.subject) ?? null
  return isoTimes({ ...row, before: valueJson(setting, before), after: valueJson(setting, row.after) })
}

function valueJson({ value: schema, topic }: VersionedSetting, value: object | null): object | null {
  if (value === null) return null
  try {
    return toJson({ ...topic, schema } as Topic, fromStoredJson(schema, value))
  } catch {
    // A version that the current schema can't read is shown as it was stored: the others must stay visible.
    return value
  }
}
