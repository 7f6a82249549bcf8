import { PriorityEntry } from '../../schemas/visits/priorities.ts'
import { array } from '../../schemas/avro/schema.ts'
import type { Database } from '../database.ts'
import { readJson } from '../sql/read-json.ts'
import type { PriorityLine } from '../tables.ts'

export interface StoredPriority {
  readonly scope: string
  readonly owner: string
  readonly entries: readonly PriorityLine[]
  readonly openCount: number
  readonly occurredAt: Date
}

const priorityColumns = ['scope', 'owner', 'entries', 'openCount', 'occurredAt'] as const

export async function listPriorities(
  database: Database,
  { scope, owner }: { readonly scope?: string; readonly owner?: string },
  limit: number,
): Promise<StoredPriority[]> {
  let query = database.selectFrom('priorities').select(priorityColumns).orderBy('scope').orderBy('owner').limit(limit)
  if (scope !== undefined) query = query.where('scope', '=', scope)
  if (owner !== undefined) query = query.where('owner', '=', owner)
  return readJson(await query.execute(), { entries: array(PriorityEntry) })
}

/** The owners of lists. */
export function priorityOwners(database: Database): Promise<{ scope: string; owner: string; openCount: number }[]> {
  return database
    .selectFrom('priorities')
    .select(['scope', 'owner', 'openCount'])
    .orderBy('scope')
    .orderBy('owner')
    .execute()
}
