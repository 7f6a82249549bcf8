import { sql, type Generated, type Kysely, type Transaction } from 'kysely'
import { fromStoredJson } from '../schemas/json/stored-json.ts'
import type { Catalogue, VersionedSetting } from '../schemas/platform/versioned-setting.ts'
import type { Database } from './database.ts'
import { putIntoOutbox } from './operations/outbox.ts'
import type { Json, GeneratedTime, Tables } from './tables.ts'
import { VersionConflictError } from './sql/version-conflict.ts'
import { storableJson } from './sql/stored-text.ts'

export interface SettingVersion<Value extends object = object> {
  readonly key: string
  readonly version: number
  readonly value: Value
  readonly changedBy: string
  readonly changedAt: Date
  /** Reason for the change; null if none was asked for. */
  readonly reason: string | null
  /** Whether it was set against the result of a trial on history. */
  readonly forced: boolean
}

/** Details of an activation, for settings that are activated: its reason and what it replaces. */
export interface Activation {
  readonly reason: string
  readonly forced: boolean
  /** Result of the trial on history; null if it was not tried. */
  readonly checked: object | null
  /** The value that it replaces; null for the default. */
  readonly former: object | null
}

export interface CatalogueChange {
  readonly version: number
  /** Name of the setting. */
  readonly kind: string
  readonly entryId: string
  readonly changedBy: string
  readonly changedAt: Date
}

interface SettingVersionRow {
  /** Name of the setting, and the key of the entry within it. */
  readonly setting: string
  readonly key: string
  readonly version: number
  readonly value: Json<unknown>
  readonly changedBy: string
  readonly changedAt: GeneratedTime
  readonly reason: string | null
  readonly forced: Generated<boolean>
  readonly checked: Json<unknown> | null
}

declare module './tables.ts' {
  interface Tables {
    setting_versions: SettingVersionRow
  }
}

/** Thrown for a value that its setting refuses, with the reason. */
export class SettingRefusedError extends Error {
  override readonly name = 'SettingRefusedError'
}

/** Size limit of a published setting, in bytes of JSON. */
const RECORD_BYTES_MAX = 4 << 20
/** The largest value of PostgreSQL's `integer`. */
const VERSION_MAX = 2 ** 31 - 1
const columns = ['setting', 'key', 'version', 'value', 'changedBy', 'changedAt', 'reason', 'forced'] as const

/** Returns every version of an entry that people have set, newest first. */
export async function settingVersions<Value extends object>(
  database: Kysely<Tables>,
  setting: VersionedSetting<Value>,
  key: string,
): Promise<SettingVersion<Value>[]> {
  const rows = await rowsOf(database, [setting.name]).where('key', '=', key).orderBy('version', 'desc').execute()
  return rows.map((row) => versionOf(setting, row))
}

/** Returns the newest version of an entry; `undefined` if it was never set. */
export async function newestSetting<Value extends object>(
  database: Kysely<Tables>,
  setting: VersionedSetting<Value>,
  key: string,
): Promise<SettingVersion<Value> | undefined> {
  const query = rowsOf(database, [setting.name]).where('key', '=', key).orderBy('version', 'desc').limit(1)
  const row = await query.executeTakeFirst()
  return row && versionOf(setting, row)
}

/** The latest change of the settings of a kind. */
export interface LatestChange {
  /** How many of them people have set. */
  readonly changed: number
  readonly changedBy: string
  readonly changedAt: Date
  readonly reason: string | null
}

/** Returns the latest change of each kind of setting that people have set, by its name. */
export async function latestSettingChanges(database: Kysely<Tables>): Promise<ReadonlyMap<string, LatestChange>> {
  const { rows } = await sql<LatestChange & { readonly setting: string }>`
    select distinct on (setting) setting, changed_by, changed_at, coalesce(reason, value ->> 'reason') as reason,
      (select count(distinct key) from setting_versions same where same.setting = latest.setting) as changed
    from setting_versions latest order by setting, changed_at desc, version desc`.execute(database)
  return new Map(rows.map(({ setting, ...change }) => [setting, change] as const))
}

/** Returns every version of every entry that people have set, oldest first. */
export async function everySettingVersion<Value extends object>(
  database: Kysely<Tables>,
  setting: VersionedSetting<Value>,
): Promise<SettingVersion<Value>[]> {
  const rows = await rowsOf(database, [setting.name]).orderBy('key').orderBy('version').execute()
  return rows.map((row) => versionOf(setting, row))
}

/** Returns the newest version of every entry that people have set, up to a version of their catalogue, by key. */
export async function newestSettings<Value extends object>(
  database: Kysely<Tables>,
  setting: VersionedSetting<Value>,
  until = VERSION_MAX,
): Promise<SettingVersion<Value>[]> {
  const rows = await rowsOf(database, [setting.name])
    .distinctOn('key')
    .where('version', '<=', until)
    .orderBy('key')
    .orderBy('version', 'desc')
    .execute()
  return rows.map((row) => versionOf(setting, row))
}

/** A value to set. */
interface Change<Value> {
  readonly key: string
  readonly value: Value
  /** The version that the editor saw (0: the default, or none). */
  readonly expectedVersion: number
  readonly activation?: Activation
  /** Why it is changed, if it is not an activation, which states its own reason. */
  readonly reason?: string | undefined
}

/**
 * Sets a value and publishes it. Throws `VersionConflictError` if the version has changed from the expected one, and
 * `SettingRefusedError` for a value that the setting's rules refuse or that is too large to publish.
 */
export async function setSetting<Value extends object>(
  database: Database,
  setting: VersionedSetting<Value>,
  { changedBy, ...change }: Change<Value> & { readonly changedBy: string },
): Promise<SettingVersion<Value>> {
  const [set] = await setSettings(database, setting, changedBy, [change])
  return set!
}

/** Sets several values, all or none; those of a catalogue are published together. Throws as `setSetting` does. */
export async function setSettings<Value extends object>(
  database: Database,
  setting: VersionedSetting<Value>,
  changedBy: string,
  changes: readonly Change<Value>[],
): Promise<SettingVersion<Value>[]> {
  const { catalogue } = setting
  return database.transaction().execute(async (transaction) => {
    const made: SettingVersion<Value>[] = []
    for (const change of changes) made.push(await insertVersion(transaction, setting, changedBy, change))
    const whole = catalogue === undefined ? undefined : await catalogueAt(transaction, catalogue)
    for (const [index, set] of made.entries()) {
      const event = whole ?? eventOf(setting, set, changes[index]!.activation)
      requirePublishable(setting, set.value, event)
      if (whole === undefined) await putIntoOutbox(transaction, setting.topic.name, event)
    }
    if (whole !== undefined) await putIntoOutbox(transaction, setting.topic.name, whole)
    return made
  })
}

async function insertVersion<Value extends object>(
  transaction: Transaction<Tables>,
  { name, catalogue }: VersionedSetting<Value>,
  changedBy: string,
  { key, value, expectedVersion, activation, reason: stated }: Change<Value>,
): Promise<SettingVersion<Value>> {
  // Serialises edits of settings that share a version counter.
  const counted = catalogue?.name ?? `${name}/${key}`
  await sql`select pg_advisory_xact_lock(hashtext('setting'), hashtext(${counted}))`.execute(transaction)
  const held = await newestVersion(transaction, [name], key)
  if (held !== expectedVersion) throw new VersionConflictError(`The ${name} ${key}`, expectedVersion)
  const version = 1 + (catalogue === undefined ? held : await newestVersion(transaction, namesOf(catalogue)))
  const { changedAt } = await transaction
    .insertInto('setting_versions')
    .values({ setting: name, key, version, value: storableJson(value), changedBy, ...storedOf(activation, stated) })
    .returning('changedAt')
    .executeTakeFirstOrThrow()
  const reason = activation?.reason ?? stated ?? null
  return { key, version, value, changedBy, changedAt, reason, forced: activation?.forced ?? false }
}

/** Returns the catalogue at that version, or the current one: the defaults with the edits applied, sorted by id. */
export async function catalogueAt<Whole>(
  database: Kysely<Tables>,
  catalogue: Catalogue<Whole>,
  version = VERSION_MAX,
): Promise<Whole> {
  const [newest] = await catalogueChanges(database, catalogue, 1, version)
  if (newest === undefined) return catalogue.default
  const lists: Record<string, unknown> = {}
  for (const [list, setting] of Object.entries(catalogue.lists)) {
    // Entries added meanwhile belong to a later version.
    const set = await newestSettings(database, setting, newest.version)
    const values = new Map<string, object>([...setting.defaults, ...set.map(({ key, value }) => [key, value] as const)])
    const at = newest.changedAt.getTime()
    const active = [...values].filter(([, value]) => setting.hasEnded?.(value, at) !== true)
    lists[list] = active.map(([key, value]) => ({ [setting.key]: key, ...value })).sort(byField(setting.key))
  }
  const { name } = catalogue.default as { readonly name: string }
  return {
    ...catalogue.default,
    id: `${catalogue.name}/${name}/${newest.version}`,
    occurredAt: newest.changedAt.getTime(),
    source: 'api',
    version: newest.version,
    ...lists,
    changedBy: newest.changedBy,
  }
}

/** Returns the changes of all entries, newest first. */
export async function catalogueChanges(
  database: Kysely<Tables>,
  catalogue: Catalogue,
  limit = 1_000,
  until = VERSION_MAX,
): Promise<CatalogueChange[]> {
  return database
    .selectFrom('setting_versions')
    .select(['version', 'setting as kind', 'key as entryId', 'changedBy', 'changedAt'])
    .where('setting', 'in', namesOf(catalogue))
    .where('version', '<=', until)
    .orderBy('version', 'desc')
    .limit(limit)
    .execute()
}

function rowsOf(database: Kysely<Tables>, names: readonly string[]) {
  return database.selectFrom('setting_versions').select(columns).where('setting', 'in', names)
}
type Row = Awaited<ReturnType<ReturnType<typeof rowsOf>['execute']>>[number]

/**
 * Parses a row with the current schema. Rows are kept for years and may have been written by older code or, after a
 * rollback, by newer code.
 */
function versionOf<Value extends object>({ value }: VersionedSetting<Value>, row: Row): SettingVersion<Value> {
  const { key, version, changedBy, changedAt, reason, forced } = row
  return { key, version, value: fromStoredJson(value, row.value), changedBy, changedAt, reason, forced }
}

async function newestVersion(database: Kysely<Tables>, names: readonly string[], key?: string): Promise<number> {
  const of = database.selectFrom('setting_versions').where('setting', 'in', names)
  const { newest } = await (key === undefined ? of : of.where('key', '=', key))
    .select(({ fn }) => fn.max<number | null>('version').as('newest'))
    .executeTakeFirstOrThrow()
  return newest ?? 0
}

function namesOf(catalogue: Catalogue): readonly string[] {
  return Object.values(catalogue.lists).map(({ name }) => name)
}

function storedOf(activation: Activation | undefined, stated: string | undefined) {
  if (activation === undefined) return { reason: stated ?? null, checked: null }
  const { reason, forced, checked } = activation
  return { reason, forced, checked: checked === null ? null : storableJson(checked) }
}

function eventOf(
  setting: VersionedSetting,
  { key, version, value, changedBy, changedAt }: SettingVersion,
  activation: Activation | undefined,
): object {
  const id = `${setting.name}/${key}/${version}`
  const event = { id, occurredAt: changedAt.getTime(), source: 'api', [setting.key]: key, version, ...value, changedBy }
  if (activation === undefined) return event
  const { reason, forced, former } = activation
  return { ...event, reason, forced, former }
}

function requirePublishable<Value extends object>(
  setting: VersionedSetting<Value>,
  value: Value,
  event: unknown,
): void {
  const refusal = setting.validate?.(value, event)
  if (refusal !== undefined) throw new SettingRefusedError(refusal)
  const bytes = Buffer.byteLength(JSON.stringify(event))
  if (bytes > RECORD_BYTES_MAX)
    throw new SettingRefusedError(
      `The ${setting.catalogue?.name ?? setting.name} would take ${bytes} bytes and may take ${RECORD_BYTES_MAX}: shorten its texts.`,
    )
}

function byField(field: string) {
  return (one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>) =>
    (one[field] as string) < (other[field] as string) ? -1 : 1
}
