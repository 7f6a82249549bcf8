import { sql, type Transaction } from 'kysely'
import type { Database } from './database.ts'
import type { Tables } from './tables.ts'

/** One look at everything: positions and rows belong together. */
export interface Served {
  /** How far each topic's partition is written, by `topic/partition`. */
  readonly positions: ReadonlyMap<string, number>
  scoreHistory(
    scores: readonly { readonly id: string; readonly occurredAt: number }[],
  ): Promise<ReadonlyMap<string, { readonly probability: number | null; readonly row: readonly number[] }>>
  features(customerIds: readonly string[]): Promise<ReadonlyMap<string, readonly number[] | null>>
  assessments(opportunityIds: readonly string[]): Promise<ReadonlyMap<string, { readonly id: string; readonly verdict: string }>>
  /** By `scope:owner`. */
  priorities(): Promise<ReadonlyMap<string, { readonly entries: unknown; readonly openCount: number }>>
}

/** Runs `look` on one snapshot of the database, for a verifier. */
export function lookAtServed<Result>(database: Database, look: (served: Served) => Promise<Result>): Promise<Result> {
  return database
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (transaction) => look(await servedIn(transaction)))
}

interface Wanted {
  readonly occurred_at: Date
  readonly id: string
}

async function servedIn(transaction: Transaction<Tables>): Promise<Served> {
  const positions = await transaction.selectFrom('sink_positions').select(['topic', 'partition', 'next_offset']).execute()
  return {
    positions: new Map(positions.map(({ topic, partition, next_offset }) => [`${topic}/${partition}`, next_offset])),
    async scoreHistory(scores) {
      // A join row by row, by the primary key: a list of ids alone would read the whole history for each chunk.
      const times = scores.map(({ occurredAt }) => new Date(occurredAt))
      const ids = scores.map(({ id }) => id)
      const rows = await transaction
        .selectFrom('score_history')
        .innerJoin(
          sql<Wanted>`unnest(${times}::timestamptz[], ${ids}::text[])`.as<'wanted'>(sql`wanted(occurred_at, id)`),
          (join) =>
            join.onRef('wanted.occurred_at', '=', 'score_history.occurred_at').onRef('wanted.id', '=', 'score_history.id'),
        )
        .select(['score_history.id', 'probability', 'row'])
        .execute()
      return new Map(rows.map(({ id, probability, row }) => [id, { probability, row }]))
    },
    async features(customerIds) {
      const rows = await transaction
        .selectFrom('customers')
        .select(['customer_id', 'values'])
        .where('customer_id', 'in', customerIds)
        .execute()
      return new Map(rows.map(({ customer_id, values }) => [customer_id, values]))
    },
    async assessments(opportunityIds) {
      const rows = await transaction
        .selectFrom('assessments')
        .select(['opportunity_id', 'id', 'verdict'])
        .where('opportunity_id', 'in', opportunityIds)
        .execute()
      return new Map(rows.map(({ opportunity_id, id, verdict }) => [opportunity_id, { id, verdict }]))
    },
    async priorities() {
      const rows = await transaction.selectFrom('priorities').select(['scope', 'owner', 'entries', 'open_count']).execute()
      return new Map(
        rows.map(({ scope, owner, entries, open_count }) => [`${scope}:${owner}`, { entries, openCount: open_count }]),
      )
    },
  }
}
