import { sql } from 'kysely'
import { array, record, string, withDefault } from '../../schemas/avro/schema.ts'
import { ObjectionAnswer, ScriptPart } from '../../schemas/calls/script-templates.ts'
import { fromStoredJson } from '../../schemas/json/stored-json.ts'
import type { Reader } from '../database.ts'
import { storableJson } from '../sql/stored-text.ts'
import type { PageRequest } from '../sql/page.ts'
import type { Json } from '../tables.ts'

export type ScriptStatus = 'unreviewed' | 'approved' | 'rejected'

/** A version of a template with the texts of one product. Values of the customer stay placeholders. */
export interface ScriptContent {
  /** Hash of the content: the same content always has the same id. */
  readonly id: string
  readonly template: string
  readonly templateVersion: number
  readonly language: string
  readonly product: string | null
  /** Values of the placeholders that depend on the product; empty if the script has no product. */
  readonly productValues: ProductValues
  readonly parts: readonly ScriptPart[]
  readonly answers: readonly ObjectionAnswer[]
  /** Author of that version of the template; null if it is built in. */
  readonly author: string | null
}

export interface ProductValues {
  readonly product?: string
  readonly product_id?: string
  readonly advantage?: string
  readonly advantages?: readonly string[]
}

/** A target group whose customers were given the script. */
export interface ScriptGroup {
  readonly targetGroup: string
  readonly groupVersion: number
  /** Features and profile fields that the condition of the group reads. */
  readonly features: readonly string[]
}

interface ScriptTable extends Omit<ScriptContent, 'productValues' | 'parts' | 'answers'> {
  readonly productValues: Json<unknown>
  readonly parts: Json<unknown>
  readonly answers: Json<unknown>
  readonly status: string
  readonly useCount: number
  readonly lastUsedAt: Date | null
  readonly createdAt: Date
}

interface ScriptGroupTable {
  readonly scriptId: string
  readonly targetGroup: string
  readonly groupVersion: number
  readonly features: Json<unknown>
  readonly linkedAt: Date
}

declare module '../tables.ts' {
  interface Tables {
    scripts: ScriptTable
    script_groups: ScriptGroupTable
  }
}

/** Stores a script, unless it is stored already, and links it to a group. */
export async function saveScript(
  database: Reader,
  { productValues, parts, answers, ...script }: ScriptContent,
  group: ScriptGroup | undefined,
  at: Date,
): Promise<void> {
  await database
    .insertInto('scripts')
    .values({
      ...script,
      ...{ productValues: storableJson(productValues), parts: storableJson(parts), answers: storableJson(answers) },
      ...{ status: 'unreviewed', useCount: 0, lastUsedAt: null, createdAt: at },
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
  if (group === undefined) return
  await database
    .insertInto('script_groups')
    .values({ ...group, scriptId: script.id, features: storableJson(group.features), linkedAt: at })
    .onConflict((conflict) => conflict.columns(['scriptId', 'targetGroup']).doNothing())
    .execute()
}

/** Counts one more use of a script. */
export async function countUse(database: Reader, id: string, at: Date): Promise<void> {
  await database
    .updateTable('scripts')
    .set(({ eb }) => ({ useCount: eb('useCount', '+', 1), lastUsedAt: at }))
    .where('id', '=', id)
    .execute()
}

/** Returns the status of each of these scripts that is stored. */
export async function scriptStatusesById(
  database: Reader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ScriptStatus>> {
  if (ids.length === 0) return new Map()
  const rows = await database.selectFrom('scripts').select(['id', 'status']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, status }) => [id, status as ScriptStatus]))
}

const listed = [
  ...(['id', 'template', 'templateVersion', 'language', 'product', 'author', 'status'] as const),
  ...(['useCount', 'lastUsedAt', 'createdAt'] as const),
] as const

/** A script as it is listed: without its texts. */
export interface ScriptRow extends Pick<ScriptTable, (typeof listed)[number]> {
  readonly groups: readonly ScriptGroup[]
}

export interface ScriptFilter {
  readonly template?: string
  readonly targetGroup?: string
  readonly language?: string
  readonly product?: string
  readonly status?: string
}

/** Lists scripts, newest first. */
export async function listScripts(
  database: Reader,
  { targetGroup, ...equal }: ScriptFilter,
  { limit, after }: PageRequest,
): Promise<ScriptRow[]> {
  let query = scriptRows(database).orderBy('createdAt', 'desc').orderBy('id', 'desc').limit(limit)
  for (const [field, value] of Object.entries(equal))
    query = query.where(field as keyof typeof equal, '=', value as string)
  if (targetGroup !== undefined)
    query = query.where('id', 'in', (of) =>
      of.selectFrom('script_groups').select('scriptId').where('targetGroup', '=', targetGroup),
    )
  if (after !== undefined) query = query.where(sql<boolean>`(created_at, id) < (${after.at}::timestamptz, ${after.id})`)
  return query.execute()
}

function scriptRows(database: Reader) {
  return database.selectFrom('scripts').select([
    ...listed,
    sql<readonly ScriptGroup[]>`(select coalesce(jsonb_agg(jsonb_build_object('targetGroup', g.target_group,
      'groupVersion', g.group_version, 'features', g.features) order by g.target_group), '[]')
      from script_groups g where g.script_id = scripts.id)`.as('groups'),
  ])
}

const ProductText = record('ProductText', '', {
  ...{ product: withDefault(string, ''), product_id: withDefault(string, '') },
  ...{ advantage: withDefault(string, ''), advantages: withDefault(array(string), []) },
})
const partsSchema = array(ScriptPart)
const answersSchema = array(ObjectionAnswer)

export type StoredScript = ScriptRow & ScriptContent

/** Returns a script with its texts; `undefined` if there is none with that id. */
export async function storedScript(database: Reader, id: string): Promise<StoredScript | undefined> {
  const row = await scriptRows(database)
    .select(['productValues', 'parts', 'answers'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const values = Object.entries(fromStoredJson(ProductText, row.productValues)).filter(([, value]) => value.length > 0)
  return {
    ...row,
    productValues: Object.fromEntries(values) as ProductValues,
    parts: fromStoredJson(partsSchema, row.parts),
    answers: fromStoredJson(answersSchema, row.answers),
  }
}
