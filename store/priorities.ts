import type { Database } from './database.ts'
import type { PriorityLine } from './tables.ts'

export interface PriorityList {
  readonly scope: string
  readonly owner: string
  /** Best first. */
  readonly entries: readonly PriorityLine[]
  /** Open scored opportunities behind the list, which may be shorter. */
  readonly openCount: number
  readonly occurredAt: Date
}

export function priorityList(database: Database, scope: string, owner: string): Promise<PriorityList | undefined> {
  return database
    .selectFrom('priorities')
    .select(['scope', 'owner', 'entries', 'open_count as openCount', 'occurred_at as occurredAt'])
    .where('scope', '=', scope)
    .where('owner', '=', owner)
    .executeTakeFirst()
}

/** Whose lists there are, in order of scope and name. */
export function priorityOwners(database: Database): Promise<{ scope: string; owner: string; openCount: number }[]> {
  return database
    .selectFrom('priorities')
    .select(['scope', 'owner', 'open_count as openCount'])
    .orderBy('scope')
    .orderBy('owner')
    .execute()
}
