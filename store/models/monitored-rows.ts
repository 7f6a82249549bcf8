import type { Reader } from '../database.ts'

/** A row that a model learned from, or that it was compared on before its release. */
export interface ReferenceRow {
  readonly customerId: string
  readonly row: readonly number[]
  readonly text: string | null
  /** When each line of the text was written. */
  readonly lineTimes: readonly Date[] | null
  /** When it was served. */
  readonly at: Date | null
  /** Its label as it is known now. */
  readonly label: number | null
}

/** Returns the newest training rows of a task that were served up to a time, at most `limit`. */
export function referenceRows(
  reader: Reader,
  { task, featureSet, to }: { readonly task: string; readonly featureSet: string; readonly to: Date },
  limit: number,
): Promise<ReferenceRow[]> {
  return reader
    .selectFrom('labelled_rows')
    .select(['customerId', 'row', 'text', 'lineTimes', 'servedAt as at', 'label'])
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

/** Returns the mean label of the training rows of a task that were served before a time; null if there is none. */
export async function meanLabelBefore(
  reader: Reader,
  { task, featureSet }: { readonly task: string; readonly featureSet: string },
  before: Date,
): Promise<number | null> {
  const { mean } = await reader
    .selectFrom('labelled_rows')
    .select(({ fn }) => fn.avg<number | null>('label').as('mean'))
    .where('training', '=', true)
    .where('status', '=', 'labelled')
    .where('task', '=', task)
    .where('featureSet', '=', featureSet)
    .where('servedAt', '<', before)
    .executeTakeFirstOrThrow()
  return mean
}
