import type { Database, Reader } from '../database.ts'
import { storableJson } from '../sql/stored-text.ts'

/** Who sent the record of a dead letter again, when and why. */
export interface Redrive {
  readonly by: string
  readonly at: Date
  readonly reason: string
}

/** Where a record was written first: the same for all processors that could not process it. */
export interface RecordPlace {
  readonly topic: string
  readonly partition: number
  readonly offset: number
}

/** Redrives are among the changes by people (`bi_changes`), as the only version of the record’s place. */
export const REDRIVE = 'redrive'

export function placeKey({ topic, partition, offset }: RecordPlace): string {
  return `${topic}/${partition}/${offset}`
}

/** Returns the redrives of records that were sent again, by the key of their place. */
export async function redrivesOf(
  database: Reader,
  places: readonly RecordPlace[],
): Promise<ReadonlyMap<string, Redrive>> {
  if (places.length === 0) return new Map()
  const rows = await database
    .selectFrom('setting_versions')
    .select(['key', 'changedBy', 'changedAt', 'reason'])
    .where('setting', '=', REDRIVE)
    .where('key', 'in', places.map(placeKey))
    .execute()
  return new Map(
    rows.map(({ key, changedBy: by, changedAt: at, reason }) => [key, { by, at, reason: reason ?? '' }] as const),
  )
}

/**
 * Records a redrive and sends the record, unless that was done before; a redrive of the same record at the same time
 * waits. Returns whether it was sent. If sending fails nothing is recorded, and the error is thrown.
 */
export async function redriveOnce(
  database: Database,
  place: RecordPlace & { readonly id: string; readonly code: string },
  { by, reason }: Pick<Redrive, 'by' | 'reason'>,
  send: () => Promise<void>,
): Promise<boolean> {
  return database.transaction().execute(async (transaction) => {
    const value = storableJson({ deadLetter: place.id, code: place.code })
    const added = await transaction
      .insertInto('setting_versions')
      .values({ setting: REDRIVE, key: placeKey(place), version: 1, value, changedBy: by, reason, checked: null })
      .onConflict((conflict) => conflict.doNothing())
      .returning('key')
      .executeTakeFirst()
    if (added === undefined) return false
    await send()
    return true
  })
}
