import { Recommendation, recommendations } from '../../schemas/recommendations/recommendations.ts'
import type { Database } from '../database.ts'
import { sinkWriter } from '../sink/writer.ts'
import { rowsOf, type RowOf } from '../sql/record-rows.ts'

const recommendationRows = rowsOf(Recommendation, { without: ['source'] })
export type StoredRecommendation = RowOf<typeof recommendationRows>

declare module '../tables.ts' {
  interface Tables {
    recommendations: StoredRecommendation
    recommendation_history: StoredRecommendation
  }
}

/** Stores every list ever published, and the last one of each organisation. */
export const recommendationsWriter = sinkWriter({
  topic: recommendations,
  rows: recommendationRows,
  tables: [
    { name: 'recommendation_history', key: ['id'], keep: 'first' },
    { name: 'recommendations', key: ['customerId'], keep: 'last' },
  ],
})

/** Returns the current list of an organisation. */
export async function recommendationOf(
  database: Database,
  customerId: string,
): Promise<StoredRecommendation | undefined> {
  const query = database
    .selectFrom('recommendations')
    .select(recommendationRows.fields)
    .where('customerId', '=', customerId)
  return recommendationRows.read(await query.execute())[0]
}
