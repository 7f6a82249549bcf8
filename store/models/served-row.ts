import { sql, type AliasedRawBuilder } from 'kysely'

/**
 * The numbers that a score's model saw: its own row, or the features of the customer that it refers to. The newest are
 * with the customer, all of them in the history; empty where the sink has not written them yet.
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
