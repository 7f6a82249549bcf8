import type { Database, Reader } from '../database.ts'
import type { ScriptStatus } from './scripts.ts'

/** A review of a script by a person. */
export interface ScriptReview {
  readonly number: number
  readonly decision: string
  readonly decidedBy: string
  readonly reason: string | null
  readonly decidedAt: Date
}

declare module '../tables.ts' {
  interface Tables {
    script_reviews: ScriptReview & { readonly scriptId: string }
  }
}

/** Returns all reviews of a script, newest first. */
export async function reviewsOf(database: Reader, scriptId: string): Promise<ScriptReview[]> {
  return database
    .selectFrom('script_reviews')
    .select(['number', 'decision', 'decidedBy', 'reason', 'decidedAt'])
    .where('scriptId', '=', scriptId)
    .orderBy('number', 'desc')
    .execute()
}

/** Records a review and sets the status of the script. Reviews of the same script are serialised. */
export async function saveReview(
  database: Database,
  scriptId: string,
  review: Omit<ScriptReview, 'number' | 'decision'> & { readonly decision: ScriptStatus },
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const { decision } = review
    await transaction.updateTable('scripts').set({ status: decision }).where('id', '=', scriptId).execute()
    const [newest] = await reviewsOf(transaction, scriptId)
    await transaction
      .insertInto('script_reviews')
      .values({ ...review, scriptId, number: (newest?.number ?? 0) + 1 })
      .execute()
  })
}
