import { Type, type TSchema } from 'typebox'
import { fromJson, toJson } from '../schemas/json/json-event.ts'
import { event, identifier, record, type RecordSchema } from '../schemas/avro/schema.ts'
import type { Topic } from '../schemas/topic.ts'
import type { VersionedSetting } from '../schemas/platform/versioned-setting.ts'
import type { Database, Reader } from '../store/database.ts'
import {
  catalogueChanges,
  newestSetting,
  newestSettings,
  setSetting,
  SettingRefusedError,
  settingVersions,
  type SettingVersion,
} from '../store/versioned-settings.ts'
import { responseSchema, eventSchema } from './events/event-schema.ts'
import type { ApiPorts } from './ports.ts'
import { invalidBody, ProblemError, problems } from './http/problem.ts'
import { Name, nullable, Time } from './http/schema-parts.ts'
import type { Server } from './http/server.ts'
import { ChangedBy, ChangeReason, withConflictProblem, entityTag, IfMatch, parseIfMatch } from './http/versions.ts'

type Answer = Readonly<Record<string, unknown>>
type ActiveSetting = Pick<SettingVersion, 'key' | 'version'> & {
  value: object
  changedBy: string | null
  changedAt: Date | null
  reason: string | null
  forced: boolean
}

/**
 * Routes of every versioned setting: each change is recorded, and reaches the processors without a restart.
 */
export function versionedSettingsRoutes(server: Server, { database, settings }: ApiPorts): void {
  for (const setting of settings) {
    readingRoutes(server, database, setting)
    // Settings that are activated after a trial are edited by routes of their subject.
    if (setting.activated !== true) editingRoutes(server, database, setting)
  }
}

/** Returns the response schema of a setting's fields, with its key. */
export function entrySchema({ key, value }: VersionedSetting): TSchema {
  return responseSchema(record(value.name, value.doc ?? '', { [key]: identifier, ...value.fields })) as TSchema
}

/** Why a version was set. */
const Reason = nullable(Type.String(), 'Why it was changed; null if no reason was stated.')

/** Additional history fields of settings that are activated. */
const Activated = {
  reason: Reason,
  forced: Type.Boolean({
    description: 'Whether it was activated although it flagged too much in a trial on past visits.',
  }),
}

export function versionSchema(setting: VersionedSetting) {
  const { properties } = entrySchema(setting) as unknown as { readonly properties: Readonly<Record<string, TSchema>> }
  const of = setting.catalogue === undefined ? '' : `Version of the ${setting.catalogue.name} with the last change; `
  return Type.Object({
    ...properties,
    version: Type.Integer({ description: `${of}0: the built-in default.` }),
    changedBy: nullable(Type.String()),
    changedAt: nullable(Time),
    ...(setting.activated === true ? Activated : takesReason(setting) ? { reason: Reason } : {}),
  })
}

/** Whether an edit may state its reason beside the value: not if the value itself has one. */
function takesReason({ value }: VersionedSetting): boolean {
  return !('reason' in value.fields)
}

/** Schema of a setting's name in a path. A setting that can be added must be named by a valid identifier. */
function paramsOf({ key, open }: VersionedSetting) {
  const Key = open ? Type.String(identifier.json) : Name
  return Type.Unsafe<Readonly<Record<string, string>>>(Type.Object({ [key]: Key }))
}

function readingRoutes(server: Server, database: Database, setting: VersionedSetting): void {
  const { name, path, key, doc, catalogue } = setting
  const Version = versionSchema(setting)
  const catalogueFields = { version: Type.Integer({ description: `Version of the ${catalogue?.name}.` }) }
  server.get(
    path,
    {
      config: { access: 'read-settings' },
      schema: {
        tags: ['settings'],
        summary: `All settings of the kind ${name}, current versions`,
        description: doc,
        response: {
          200: Type.Object({ ...(catalogue === undefined ? {} : catalogueFields), items: Type.Array(Version) }),
        },
      },
    },
    async () => {
      const whole = catalogue && { version: (await catalogueChanges(database, catalogue, 1))[0]?.version ?? 0 }
      const items = await activeSettings(database, setting, whole?.version)
      return { ...whole, items: items.map((one) => settingJson(setting, one)) } as never
    },
  )
  server.get(
    `${path}/:${key}`,
    {
      config: { access: 'read-settings' },
      schema: {
        tags: ['settings'],
        summary: `One ${name} with its history; the ETag is its version`,
        description: doc,
        params: paramsOf(setting),
        response: {
          200: Type.Object({
            ...Version.properties,
            history: Type.Array(Version, { description: 'All edited versions, newest first.' }),
          }),
          ...problems('not-found'),
        },
      },
    },
    async ({ params }, reply) => {
      const requestedKey = params[key]!
      const history = await settingVersions(database, setting, requestedKey)
      const newest = history[0] ?? requireDefault(setting, requestedKey)
      const answer = { ...settingJson(setting, newest), history: history.map((one) => settingJson(setting, one)) }
      return reply.header('etag', entityTag(newest.version)).send(answer as never)
    },
  )
}

function editingRoutes(server: Server, database: Database, setting: VersionedSetting): void {
  const { name, path, key, open } = setting
  const Version = versionSchema(setting)
  const params = paramsOf(setting)
  const failures = ['invalid-request', 'forbidden-origin', 'conflict', 'version-required'] as const
  server.put(
    `${path}/:${key}`,
    {
      config: { access: 'write-settings' },
      schema: {
        tags: ['settings'],
        summary: open
          ? `Adds or changes a ${name}; If-Match carries the version that you have seen ("0" for a new one)`
          : `Changes a ${name}; If-Match carries the version that you have seen`,
        params,
        headers: IfMatch,
        body: changeSchema(setting),
        response: { 200: Version, ...(open ? problems(...failures) : problems(...failures, 'not-found')) },
      },
    },
    async ({ params, headers, body: { changedBy, ...body } }, reply) => {
      const requestedKey = params[key]!
      if (!open) requireDefault(setting, requestedKey)
      const expectedVersion = parseIfMatch(headers['if-match'])
      const { fields, reason } = editOf(setting, body)
      const value = checkedValue(setting, requestedKey, fields)
      const set = await withEditProblems(() =>
        setSetting(database, setting, { key: requestedKey, value, changedBy, expectedVersion, reason }),
      )
      return reply.header('etag', entityTag(set.version)).send(settingJson(setting, set) as never)
    },
  )
  if (!('retired' in setting.value.fields)) return
  server.delete(
    `${path}/:${key}`,
    {
      config: { access: 'write-settings' },
      schema: {
        tags: ['settings'],
        summary: `Retires a ${name}: it is kept but no longer used; If-Match carries the version that you have seen`,
        params,
        headers: IfMatch,
        querystring: Type.Object({ changedBy: ChangedBy }, { additionalProperties: false }),
        response: { 200: Version, ...problems(...failures, 'not-found') },
      },
    },
    async ({ params, headers, query: { changedBy } }, reply) => {
      const requestedKey = params[key]!
      const expectedVersion = parseIfMatch(headers['if-match'])
      const held = await activeSetting(database, setting, requestedKey)
      const value = { ...held.value, retired: true }
      const set = await withEditProblems(() =>
        setSetting(database, setting, { key: requestedKey, value, changedBy, expectedVersion }),
      )
      return reply.header('etag', entityTag(set.version)).send(settingJson(setting, set) as never)
    },
  )
}

/** Returns the setting that is published on a topic. */
export function settingOn(settings: readonly VersionedSetting[], { name }: Pick<Topic, 'name'>): VersionedSetting {
  return settings.find(({ topic }) => topic.name === name)!
}

/** Returns the active version of a setting. Throws a problem if there is none. */
export async function activeSetting(database: Reader, setting: VersionedSetting, key: string): Promise<ActiveSetting> {
  return (await newestSetting(database, setting, key)) ?? requireDefault(setting, key)
}

/** Returns the built-in default. Throws a problem if there is none of that name. */
export function requireDefault({ name, open, defaults }: VersionedSetting, key: string): ActiveSetting {
  const found = defaults.get(key)
  if (found !== undefined)
    return { key, version: 0, value: found, changedBy: null, changedAt: null, reason: null, forced: false }
  const known = open ? '' : ` Available: ${[...defaults.keys()].join(', ')}.`
  throw new ProblemError('not-found', `There is no ${name} ${JSON.stringify(key)}.${known}`)
}

/** Returns all active versions, or those at the version `until` of their catalogue, sorted by name. */
export async function activeSettings(
  database: Database,
  setting: VersionedSetting,
  until?: number,
): Promise<ActiveSetting[]> {
  const set = new Map((await newestSettings(database, setting, until)).map((one) => [one.key, one]))
  const keys = new Set([...setting.defaults.keys(), ...set.keys()])
  return [...keys].sort().map((key) => set.get(key) ?? requireDefault(setting, key))
}

export function settingJson(setting: VersionedSetting, one: ActiveSetting): Answer {
  const { key: named, value: schema, topic, activated } = setting
  const { key, version, value, changedBy, changedAt, reason, forced } = one
  const fields = toJson({ ...topic, schema } as Topic, value)
  const answer = { [named]: key, ...fields, version, changedBy, changedAt: changedAt?.toISOString() ?? null }
  if (activated === true) return { ...answer, reason, forced }
  return takesReason(setting) ? { ...answer, reason } : answer
}

/** Returns the JSON Schema of a setting's fields, without the key, which is in the path. */
export function valueSchema({ value, required = [] }: VersionedSetting) {
  const schema = eventSchema(value)
  return { ...schema, required: [...new Set([...schema.required, ...required])] }
}

function changeSchema(setting: VersionedSetting) {
  const schema = valueSchema(setting)
  return Type.Unsafe<Answer & { readonly changedBy: string }>({
    ...schema,
    required: [...schema.required, 'changedBy'],
    properties: {
      ...schema.properties,
      changedBy: ChangedBy,
      // A client that sends what it has read, with changes, also sends the null of a version without a reason.
      ...(takesReason(setting) ? { reason: nullable(ChangeReason) } : {}),
    },
  } as TSchema)
}

/** Splits an edit into the fields of the value and the reason that is stated beside them. */
function editOf(setting: VersionedSetting, body: Answer): { readonly fields: Answer; readonly reason?: string } {
  if (!takesReason(setting)) return { fields: body }
  const { reason, ...fields } = body
  return typeof reason === 'string' ? { fields, reason } : { fields }
}

/** Validates the fields by the rules of the setting's topic. Throws a problem that lists every error. */
export function checkedValue(
  { key: named, value: schema, topic }: VersionedSetting,
  key: string,
  fields: object,
): object {
  const entry = event(schema.name, schema.doc ?? '', { [named]: identifier, ...schema.fields }) as RecordSchema<unknown>
  const checked = { ...topic, schema: entry } as Topic<Record<string, unknown>>
  // The key may be the field `id`, so it comes last and replaces the placeholder.
  const converted = fromJson(checked, { id: 'edit', occurredAt: 0, source: 'api', ...fields, [named]: key })
  if (converted.ok) return Object.fromEntries(Object.keys(schema.fields).map((name) => [name, converted.value[name]]))
  const parts = converted.problems.map((problem) => ({
    part: problem.path === `/${named}` ? 'path' : 'body',
    ...problem,
  }))
  throw new ProblemError('invalid-request', 'The body is invalid.', parts)
}

/** Runs an edit. Throws a problem if it is refused. */
export async function withEditProblems<Result>(change: () => Promise<Result>): Promise<Result> {
  try {
    return await withConflictProblem(change)
  } catch (error) {
    if (!(error instanceof SettingRefusedError)) throw error
    throw invalidBody(error.message)
  }
}
