import { sql, type Kysely } from 'kysely'
import { dictionaries, type Characteristic, type Dictionary, type Need } from '../schemas/dictionary.ts'
import type { Database } from './database.ts'
import { putIntoOutbox } from './outbox.ts'
import type { Tables } from './tables.ts'
import { VersionConflictError } from './version-conflict.ts'
import { storableJson } from './write-rows.ts'

export type EntryKind = 'need' | 'characteristic'
export interface Entries {
  readonly need: Need
  readonly characteristic: Characteristic
}

/** Since a version of the dictionary an entry stands so. */
export interface EntryVersion<Kind extends EntryKind = EntryKind> {
  readonly version: number
  readonly entry: Entries[Kind]
  readonly changedBy: string
  readonly changedAt: Date
}

export interface DictionaryChange {
  readonly version: number
  readonly kind: EntryKind
  readonly entryId: string
  readonly changedBy: string
  readonly changedAt: Date
}

/** An entry that the dictionary can't take, with the reason. */
export class EntryRefusedError extends Error {
  override readonly name = 'EntryRefusedError'
}

/** The whole dictionary is one record of its topic. */
const DICTIONARY_BYTES_MAX = 4 << 20
/** The largest integer of PostgreSQL. */
const VERSION_MAX = 2 ** 31 - 1

/** Every change of any entry, newest first. */
export function dictionaryChanges(database: Database, limit = 1_000): Promise<DictionaryChange[]> {
  return database
    .selectFrom('dictionary_versions')
    .select(['version', 'kind', 'entry_id as entryId', 'changed_by as changedBy', 'changed_at as changedAt'])
    .orderBy('version', 'desc')
    .limit(limit)
    .execute()
}

/** Every version of an entry that people have set, newest first. */
export async function entryVersions<Kind extends EntryKind>(
  database: Kysely<Tables>,
  kind: Kind,
  id: string,
): Promise<EntryVersion<Kind>[]> {
  const rows =
    kind === 'need'
      ? (await needRows(database).where('e.id', '=', id).orderBy('e.version', 'desc').execute()).map(needVersion)
      : (await characteristicRows(database).where('e.id', '=', id).orderBy('e.version', 'desc').execute()).map(
          characteristicVersion,
        )
  return rows as EntryVersion<Kind>[]
}

/**
 * The dictionary as it stood at that version, or as it stands: what was delivered, with what people have set in its place. Entries in
 * order of their ids.
 */
export async function dictionaryAt(database: Kysely<Tables>, delivered: Dictionary, version?: number): Promise<Dictionary> {
  const until = version ?? VERSION_MAX
  const newest = await database
    .selectFrom('dictionary_versions')
    .select(['version', 'changed_by as changedBy', 'changed_at as changedAt'])
    .where('version', '<=', until)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (newest === undefined) return delivered
  // The entries of that version too: what is added meanwhile belongs to a later one.
  const needs = await needRows(database).where('e.version', '<=', newest.version).orderBy('e.version').execute()
  const characteristics = await characteristicRows(database)
    .where('e.version', '<=', newest.version)
    .orderBy('e.version')
    .execute()
  return {
    id: `dictionary/${delivered.name}/${newest.version}`,
    occurredAt: newest.changedAt.getTime(),
    source: 'api',
    name: delivered.name,
    version: newest.version,
    needs: newestById(
      delivered.needs,
      needs.map(needVersion).map(({ entry }) => entry),
    ),
    characteristics: newestById(
      delivered.characteristics,
      characteristics.map(characteristicVersion).map(({ entry }) => entry),
    ),
    changedBy: newest.changedBy,
  }
}

/**
 * Sets an entry and publishes the dictionary with it. `expectedVersion`: the version of the entry that the editor has seen (0: the
 * delivered one, or none); another one by now is a `VersionConflictError`. Throws `EntryRefusedError` for a characteristic that answers
 * a need that there is not, and for a dictionary that grows too large.
 */
export async function setEntry<Kind extends EntryKind>(
  database: Database,
  delivered: Dictionary,
  change: {
    readonly kind: Kind
    readonly entry: Entries[Kind]
    readonly changedBy: string
    readonly expectedVersion: number
  },
): Promise<EntryVersion<Kind>> {
  const { kind, entry, changedBy, expectedVersion } = change
  return database.transaction().execute(async (transaction) => {
    // One editor at a time: the version counts for the whole dictionary.
    await sql`select pg_advisory_xact_lock(hashtext('dictionary'))`.execute(transaction)
    const [held] = await entryVersions(transaction, kind, entry.id)
    if ((held?.version ?? 0) !== expectedVersion) throw new VersionConflictError(`The ${kind} ${entry.id}`, expectedVersion)
    const { newest } = await transaction
      .selectFrom('dictionary_versions')
      .select(({ fn }) => fn.max<number | null>('version').as('newest'))
      .executeTakeFirstOrThrow()
    const version = (newest ?? 0) + 1
    const { changedAt } = await transaction
      .insertInto('dictionary_versions')
      .values({ version, kind, entry_id: entry.id, changed_by: changedBy })
      .returning('changed_at as changedAt')
      .executeTakeFirstOrThrow()
    if (kind === 'need') await insertNeed(transaction, version, entry as Need)
    else await insertCharacteristic(transaction, version, entry as Characteristic)
    const dictionary = await dictionaryAt(transaction, delivered)
    requireWhole(dictionary, kind, entry)
    await putIntoOutbox(transaction, dictionaries.name, dictionary)
    return { version, entry, changedBy, changedAt }
  })
}

function requireWhole(dictionary: Dictionary, kind: EntryKind, entry: Need | Characteristic): void {
  const needs = new Set(dictionary.needs.map(({ id }) => id))
  const missing = kind === 'characteristic' ? (entry as Characteristic).needs.filter((id) => !needs.has(id)) : []
  if (missing.length > 0)
    throw new EntryRefusedError(`There is no need ${missing.join(', ')}: add it first, or leave it out of the needs.`)
  const bytes = Buffer.byteLength(JSON.stringify(dictionary))
  if (bytes > DICTIONARY_BYTES_MAX)
    throw new EntryRefusedError(`The dictionary would take ${bytes} bytes and may take ${DICTIONARY_BYTES_MAX}: shorten advice.`)
}

function newestById<Entry extends { readonly id: string }>(delivered: readonly Entry[], set: readonly Entry[]): Entry[] {
  const byId = new Map([...delivered, ...set].map((entry) => [entry.id, entry]))
  return [...byId.values()].sort((one, other) => (one.id < other.id ? -1 : 1))
}

function needRows(database: Kysely<Tables>) {
  return database
    .selectFrom('needs as e')
    .innerJoin('dictionary_versions as d', 'd.version', 'e.version')
    .selectAll('e')
    .select(['d.changed_by', 'd.changed_at'])
}

function characteristicRows(database: Kysely<Tables>) {
  return database
    .selectFrom('characteristics as e')
    .innerJoin('dictionary_versions as d', 'd.version', 'e.version')
    .selectAll('e')
    .select(['d.changed_by', 'd.changed_at'])
}

type NeedRow = Awaited<ReturnType<ReturnType<typeof needRows>['execute']>>[number]
type CharacteristicRow = Awaited<ReturnType<ReturnType<typeof characteristicRows>['execute']>>[number]

function needVersion({ version, changed_by, changed_at, field_of_activity, ...entry }: NeedRow): EntryVersion<'need'> {
  return { version, changedBy: changed_by, changedAt: changed_at, entry: { ...entry, fieldOfActivity: field_of_activity } }
}

function characteristicVersion({ version, changed_by, changed_at, ...entry }: CharacteristicRow): EntryVersion<'characteristic'> {
  return { version, changedBy: changed_by, changedAt: changed_at, entry }
}

async function insertNeed(transaction: Kysely<Tables>, version: number, need: Need): Promise<void> {
  const { fieldOfActivity, ...rest } = need
  await transaction
    .insertInto('needs')
    .values({ ...rest, version, field_of_activity: fieldOfActivity })
    .execute()
}

async function insertCharacteristic(transaction: Kysely<Tables>, version: number, one: Characteristic): Promise<void> {
  const row = { ...one, version, needs: storableJson(one.needs), advice: storableJson(one.advice) }
  await transaction.insertInto('characteristics').values(row).execute()
}
