import type { Reader } from '../database.ts'

/** A row of numbers that a model learned from. */
export interface ReferenceRow {
  readonly customerId: string
  readonly row: readonly number[]
  readonly text: string | null
  /** When each line of the text was written. */
  readonly lineTimes: readonly Date[] | null
  /** When it was served. */
  readonly at: Date | null
}

/** Returns the newest training rows of a task that were served up to a time, at most `limit`. */
export function referenceRows(
  reader: Reader,
  { task, featureSet, to }: { readonly task: string; readonly featureSet: string; readonly to: Date },
  limit: number,
): Promise<ReferenceRow[]> {
  return reader
    .selectFrom('labelled_rows')
    .select(['customerId', 'row', 'text', 'lineTimes', 'servedAt as at'])
    .where('training', '=', true)
    .where('status', '=', 'labelled')
    .where('task', '=', task)
    .where('featureSet', '=', featureSet)
    .where('servedAt', '<=', to)
    .orderBy('servedAt', 'desc')
    .orderBy('labelId', 'desc')
    .limit(limit)
    .execute()
}
