import { Priority, priorities } from '../../schemas/visits/priorities.ts'
import { ofTeamsSalespeople } from '../access/owned.ts'
import type { Database } from '../database.ts'
import { sinkWriter } from '../sink/writer.ts'
import { rowsOf, type RowOf } from '../sql/record-rows.ts'

const priorityRows = rowsOf(Priority, { without: ['id', 'source'] })
type StoredPriority = RowOf<typeof priorityRows>

declare module '../tables.ts' {
  interface Tables {
    priorities: StoredPriority
  }
}

/** One task publishes the states of a list in order, so the last published one wins, whatever its event time. */
export const prioritiesWriter = sinkWriter({
  topic: priorities,
  rows: priorityRows,
  tables: [{ name: 'priorities', key: ['scope', 'owner'], keep: 'last' }],
})

export async function listPriorities(
  database: Database,
  { scope, owner }: { readonly scope?: string; readonly owner?: string },
  limit: number,
): Promise<StoredPriority[]> {
  let query = database.selectFrom('priorities').select(priorityRows.fields)
  if (scope !== undefined) query = query.where('scope', '=', scope)
  if (owner !== undefined) query = query.where('owner', '=', owner)
  return priorityRows.read(await query.orderBy('scope').orderBy('owner').limit(limit).execute())
}

/** Returns the owners of all lists. `teamId`: only the team and its salespeople. */
export function priorityOwners(
  database: Database,
  teamId?: string,
): Promise<{ scope: string; owner: string; openCount: number }[]> {
  return database
    .selectFrom('priorities')
    .select(['scope', 'owner', 'openCount'])
    .$if(teamId !== undefined, (all) =>
      all.where((is) =>
        is.or([
          is.and([is('scope', '=', 'team'), is('owner', '=', teamId!)]),
          is.and([is('scope', '=', 'salesperson'), ofTeamsSalespeople(teamId!, 'owner')]),
        ]),
      ),
    )
    .orderBy('scope')
    .orderBy('owner')
    .execute()
}
