import { sql, type Generated, type Selectable } from 'kysely'
import type { Database, Reader } from '../database.ts'
import type { GeneratedTime } from '../tables.ts'

interface LabelHoldRow {
  readonly id: Generated<number>
  readonly task: string
  readonly kind: 'source' | 'reviewer'
  readonly name: string
  readonly knownFrom: Date
  readonly knownTo: Date
  readonly labels: number
  readonly mean: number
  readonly usual: number
  readonly reason: string
  readonly heldAt: GeneratedTime
  readonly releasedBy: string | null
  readonly releasedAt: Date | null
  readonly releaseReason: string | null
}

declare module '../tables.ts' {
  interface Tables {
    label_holds: LabelHoldRow
  }
}

export type LabelHold = Selectable<LabelHoldRow>

/** Labels of a source or a reviewer that became known in a period. */
export interface LabelGroup {
  readonly kind: LabelHold['kind']
  readonly name: string
  /** Number of the period since 1970. */
  readonly period: number
  readonly labels: number
  readonly mean: number
  readonly variance: number
}

/** Returns the training labels of a task by source and by reviewer, and by the period in which they became known. */
export async function labelGroups(
  database: Database,
  task: string,
  featureSet: string,
  periodMs: number,
): Promise<LabelGroup[]> {
  const { rows } = await sql<LabelGroup>`
    select kind, name, period, count(*)::integer as labels, avg(label) as mean, var_pop(label) as variance
    from labelled_rows cross join lateral (values ('source', outcome_source), ('reviewer', reviewer)) g (kind, name)
      cross join lateral (select floor(extract(epoch from known_at) * 1000 / ${periodMs})::integer as period) p
    where training and status = 'labelled' and task = ${task} and feature_set = ${featureSet} and name is not null
    group by kind, name, period order by kind, name, period`.execute(database)
  return rows
}

/** Holds labels, unless the same ones have been held before. Returns the new holds. */
export async function holdLabels(
  database: Database,
  holds: readonly Omit<LabelHold, 'id' | 'heldAt' | 'releasedBy' | 'releasedAt' | 'releaseReason'>[],
): Promise<LabelHold[]> {
  if (holds.length === 0) return []
  return database
    .insertInto('label_holds')
    .values(holds.map((hold) => ({ ...hold, releasedBy: null, releasedAt: null, releaseReason: null })))
    .onConflict((conflict) => conflict.columns(['task', 'kind', 'name', 'knownFrom']).doNothing())
    .returningAll()
    .execute()
}

/** Lists holds, newest first. */
export function listHolds(
  database: Reader,
  { task, released }: { readonly task?: string | undefined; readonly released?: boolean | undefined },
  { limit, after }: { readonly limit: number; readonly after?: number | undefined },
): Promise<LabelHold[]> {
  let query = database.selectFrom('label_holds').selectAll().orderBy('id', 'desc').limit(limit)
  if (task !== undefined) query = query.where('task', '=', task)
  if (released !== undefined) query = query.where('releasedAt', released ? 'is not' : 'is', null)
  if (after !== undefined) query = query.where('id', '<', after)
  return query.execute()
}

/** Releases a hold under a person's name. Returns `undefined` if there is none of that id that is still held. */
export function releaseHold(
  database: Database,
  id: number,
  { by, reason }: { readonly by: string; readonly reason: string },
): Promise<LabelHold | undefined> {
  return database
    .updateTable('label_holds')
    .set({ releasedBy: by, releasedAt: sql<Date>`now()`, releaseReason: reason })
    .where('id', '=', id)
    .where('releasedAt', 'is', null)
    .returningAll()
    .executeTakeFirst()
}
