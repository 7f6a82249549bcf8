import { sql } from 'kysely'
import type { Database } from '../database.ts'

/** A turn of a call with the intent label given by bank staff. */
export interface LabelledTurn {
  /** Id of the outcome. */
  readonly id: string
  readonly text: string
  /** Context features at the time of the analysis, by their names in turn@1. */
  readonly context: Readonly<Record<string, number>>
  readonly intent: string
  /** When the customer said it. */
  readonly saidAt: Date
  /** When the label became known. */
  readonly knownAt: Date
}

/**
 * Returns the outcomes of the task `intent` whose label became known after that time, in that order. Each comes with
 * the customer's newest turn analysed by the time that the outcome is about. The outcome's subject is the intent.
 */
export async function labelledTurns(database: Database, since = new Date(0)): Promise<LabelledTurn[]> {
  const { rows } = await sql<LabelledTurn>`
    select o.id, t.text, t.context, o.subject_id as intent, t.occurred_at as "saidAt", o.occurred_at as "knownAt"
    from outcomes o cross join lateral (
      select text, context, occurred_at from turn_analyses t
      where t.customer_id = o.customer_id and t.occurred_at <= coalesce(o.as_of, o.occurred_at)
      order by t.occurred_at desc, t.id desc limit 1) t
    where o.task = 'intent' and o.value = 1 and o.occurred_at > ${since}
    order by o.occurred_at, o.id`.execute(database)
  return rows
}
