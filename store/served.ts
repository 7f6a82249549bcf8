import type { Transaction } from 'kysely'
import type { Database } from './database.ts'
import type { Tables } from './tables.ts'

/** One look at everything: positions and rows belong together. */
export interface Served {
  /** How far each topic's partition is written, by `topic/partition`. */
  readonly positions: ReadonlyMap<string, number>
  scoreHistory(
    ids: readonly string[],
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

async function servedIn(transaction: Transaction<Tables>): Promise<Served> {
  const positions = await transaction.selectFrom('sink_positions').select(['topic', 'partition', 'next_offset']).execute()
  return {
    positions: new Map(positions.map(({ topic, partition, next_offset }) => [`${topic}/${partition}`, next_offset])),
    async scoreHistory(ids) {
      const rows = await transaction
        .selectFrom('score_history')
        .select(['id', 'probability', 'row'])
        .where('id', 'in', ids)
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
