import { policies, PolicyRule } from '../schemas/globals.ts'
import { array } from '../schemas/schema.ts'
import type { Database } from './database.ts'
import { putIntoOutbox } from './outbox.ts'
import { readJson } from './read-json.ts'
import { VersionConflictError } from './version-conflict.ts'
import { storableJson } from './write-rows.ts'

export interface PolicyVersion {
  readonly name: string
  readonly version: number
  readonly rules: readonly PolicyRule[]
  readonly changedBy: string
  readonly changedAt: Date
}

const columns = ['name', 'version', 'rules', 'changed_by as changedBy', 'changed_at as changedAt'] as const

/** Every version, newest first. */
export async function policyVersions(database: Database, name: string): Promise<PolicyVersion[]> {
  const query = database.selectFrom('policies').select(columns).where('name', '=', name).orderBy('version', 'desc')
  return readJson(await query.execute(), { rules: array(PolicyRule) })
}

/** `expectedVersion`: what the editor has seen (0: the delivered one); another one by now is a `VersionConflictError`. */
export async function setPolicy(
  database: Database,
  change: {
    readonly name: string
    readonly rules: readonly PolicyRule[]
    readonly changedBy: string
    readonly expectedVersion: number
  },
): Promise<PolicyVersion> {
  const { name, rules, changedBy, expectedVersion } = change
  const version = expectedVersion + 1
  return database.transaction().execute(async (transaction) => {
    const newest = await transaction
      .selectFrom('policies')
      .select('version')
      .where('name', '=', name)
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst()
    const row =
      (newest?.version ?? 0) === expectedVersion
        ? await transaction
            .insertInto('policies')
            .values({ name, version, rules: storableJson(rules), changed_by: changedBy })
            .onConflict((conflict) => conflict.doNothing())
            .returning(columns)
            .executeTakeFirst()
        : undefined
    if (row === undefined) throw new VersionConflictError(`The policy ${name}`, expectedVersion)
    const event = {
      id: `policy/${name}/${version}`,
      occurredAt: row.changedAt.getTime(),
      source: 'api',
      name,
      version,
      rules,
      changedBy,
    }
    await putIntoOutbox(transaction, policies.name, event)
    return row
  })
}
