import { thresholds } from '../schemas/globals.ts'
import type { Database } from './database.ts'
import { putIntoOutbox } from './outbox.ts'
import { VersionConflictError } from './version-conflict.ts'

export interface ThresholdVersion {
  readonly task: string
  readonly version: number
  readonly value: number
  readonly changedBy: string
  readonly changedAt: Date
}

const columns = ['task', 'version', 'value', 'changed_by as changedBy', 'changed_at as changedAt'] as const

/** Every version, newest first: who set which value, and when. */
export function thresholdVersions(database: Database, task: string): Promise<ThresholdVersion[]> {
  return database.selectFrom('thresholds').select(columns).where('task', '=', task).orderBy('version', 'desc').execute()
}

/** `expectedVersion`: what the editor has seen (0: none); another one by now is a `VersionConflictError`. */
export async function setThreshold(
  database: Database,
  change: { readonly task: string; readonly value: number; readonly changedBy: string; readonly expectedVersion: number },
): Promise<ThresholdVersion> {
  const { task, value, changedBy, expectedVersion } = change
  const version = expectedVersion + 1
  return database.transaction().execute(async (transaction) => {
    const newest = await transaction
      .selectFrom('thresholds')
      .select('version')
      .where('task', '=', task)
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst()
    const row =
      (newest?.version ?? 0) === expectedVersion
        ? await transaction
            .insertInto('thresholds')
            .values({ task, version, value, changed_by: changedBy })
            .onConflict((conflict) => conflict.doNothing())
            .returning(columns)
            .executeTakeFirst()
        : undefined
    if (row === undefined) throw new VersionConflictError(`The threshold of ${task}`, expectedVersion)
    const event = {
      id: `threshold/${task}/${version}`,
      occurredAt: row.changedAt.getTime(),
      source: 'api',
      task,
      version,
      value,
      changedBy,
    }
    await putIntoOutbox(transaction, thresholds.name, event)
    return row
  })
}
