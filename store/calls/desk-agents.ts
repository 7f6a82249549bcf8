import { AgentState, agentStates } from '../../schemas/calls/agent-states.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import type { Reader } from '../database.ts'
import { sinkWriter } from '../sink/writer.ts'
import { rowsOf, type RowOf } from '../sql/record-rows.ts'

const agentRows = rowsOf(AgentState)
type DeskAgentRow = RowOf<typeof agentRows>

declare module '../tables.ts' {
  interface Tables {
    desk_agents: DeskAgentRow
  }
}

export const deskAgentsWriter = sinkWriter({
  topic: agentStates,
  rows: agentRows,
  tables: [{ name: 'desk_agents', key: ['desk', 'agentId'], keep: { newestBy: ['occurredAt', 'id'] } }],
})

/** Returns the agents of the desk whose state is valid at that time, by id. */
export async function agentsOfDesk(
  database: Reader,
  { desk, at }: { readonly desk: string; readonly at: Date },
): Promise<DeskAgentRow[]> {
  const rows = await database
    .selectFrom('desk_agents')
    .select(agentRows.fields)
    .where('desk', '=', desk)
    .where('expiresAt', '>', at)
    // A state is valid for one day at most.
    .where('occurredAt', '>', new Date(at.getTime() - DAY_MS))
    .where('status', '<>', 'offline')
    .orderBy('agentId')
    .execute()
  return agentRows.read(rows)
}

export async function isDesk(database: Reader, desk: string): Promise<boolean> {
  const row = await database
    .selectFrom('desk_agents')
    .select('desk')
    .where('desk', '=', desk)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
