import { sql, type AliasedRawBuilder } from 'kysely'

/** A score with what its model saw. */
export interface ServedScore {
  readonly probability: number
  readonly row: readonly number[]
  readonly text: string | null
  readonly lineTimes: readonly Date[] | null
}

type StoredScore = Omit<ServedScore, 'probability'> & { readonly probability: number | null }

/** Leaves out what can't be scored again: a score may be stored before the features that it refers to. */
export function withRows<Score extends StoredScore>(scores: readonly Score[]): (Score & ServedScore)[] {
  return scores.filter((score): score is Score & ServedScore => score.probability !== null && score.row.length > 0)
}

/**
 * Selects the numbers that a score's model saw: the score's own row, or the customer's features that it refers to. The
 * newest features are stored with the customer, all of them in the history. The row is empty until the sink has written
 * the features.
 */
export function servedRow(table: 'scores' | 'score_history'): AliasedRawBuilder<readonly number[], 'row'> {
  const score = sql.table(table)
  const ofCustomer = sql`(select c."values" from customers c
    where c.customer_id = ${score}.customer_id and c.features_id = ${score}.features_id)`
  const ofHistory = sql`(select f."values" from feature_history f
    where f.occurred_at = ${score}.occurred_at and f.id = ${score}.features_id)`
  const places = table === 'scores' ? [ofCustomer, ofHistory] : [ofHistory]
  return sql<readonly number[]>`coalesce(${sql.join(places)}, ${score}."row")`.as('row')
}
