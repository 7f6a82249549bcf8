import { sql, type RawBuilder } from 'kysely'
import type { Reader } from '../database.ts'

/** Tables that tell which salesperson an object belongs to, with the column of its id. */
const owners = {
  visit: ['visits', 'visit_id'],
  case: ['cases', 'visit_id'],
  opportunity: ['opportunities', 'opportunity_id'],
  /** A customer belongs to each salesperson who has an opportunity with them. */
  customer: ['opportunities', 'customer_id'],
  /** A salesperson belongs to themselves. */
  salesperson: ['opportunities', 'salesperson_id'],
} as const

/** Kinds of objects that belong to a salesperson and, through its opportunity, to a team. */
export type OwnedKind = keyof typeof owners

/** Whose objects somebody may see. */
export interface Owner {
  readonly kind: 'salesperson' | 'team'
  readonly id: string
}

/** Returns those of the ids that name no object of this owner, whether or not there is such an object. */
export async function notOwned(
  reader: Reader,
  kind: OwnedKind,
  ids: readonly string[],
  owner: Owner,
): Promise<string[]> {
  if (kind === 'salesperson' && owner.kind === 'salesperson') return ids.filter((id) => id !== owner.id)
  const [table, column] = owners[kind]
  const { rows } = await sql<{ id: string }>`
    select distinct ${sql.ref(column)} as id from ${sql.table(table)}
    where ${sql.ref(column)} = any(${[...ids]}) and ${conditionOf(kind, owner)}
  `.execute(reader)
  const owned = new Set(rows.map(({ id }) => id))
  return ids.filter((id) => !owned.has(id))
}

function conditionOf(kind: OwnedKind, owner: Owner): RawBuilder<boolean> {
  if (owner.kind === 'salesperson') return sql<boolean>`salesperson_id = ${owner.id}`
  return kind === 'salesperson' ? ofTeamsSalespeople(owner.id, 'opportunities.salesperson_id') : ofTeam(owner.id)
}

/** SQL condition: the opportunity in this column is the team’s. The bank’s opportunities name their team. */
export function ofTeam(teamId: string, opportunityId = 'opportunity_id'): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(opportunityId)} in (select opportunity_id from opportunities where team_id = ${teamId})`
}

/** SQL condition: the team has an opportunity with the customer in this column. */
export function ofTeamsCustomers(teamId: string, customerId: string): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(customerId)} in (select customer_id from opportunities where team_id = ${teamId})`
}

/**
 * SQL condition: the salesperson in this column is of the team. Their day and their list show all their open
 * opportunities, so all of these must be the team’s.
 */
export function ofTeamsSalespeople(teamId: string, salespersonId: string): RawBuilder<boolean> {
  const id = sql.ref(salespersonId)
  return sql<boolean>`(${id} in (select salesperson_id from opportunities where team_id = ${teamId})
    and not exists (select 1 from opportunities other
      where other.salesperson_id = ${id} and other.status = 'open' and other.team_id is distinct from ${teamId}))`
}
