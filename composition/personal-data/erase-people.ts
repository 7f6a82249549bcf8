import { randomUUID } from 'node:crypto'
import { DAY_MS } from '../../schemas/durations.ts'
import type { Database } from '../../store/database.ts'
import { withFormer } from '../../store/customers/customer-merges.ts'
import { erasePersons, type ActOf } from '../../store/operations/personal-data-acts.ts'
import { personDigest } from '../../streams/erasure/person-digest.ts'
import { personTables } from '../../subjects/subjects.ts'

export const REFUSE_DAYS_MAX = 3_650

/** People per transaction: a single pass over each table erases all of them. */
const PEOPLE_PER_TRANSACTION = 1_000

export interface ErasureRequest extends ActOf {
  /** Ids of customers; unknown ones are no error. Whoever was merged into one of them is erased too. */
  readonly ids: readonly string[]
  /** Days for which records about the people are dropped, from now on. */
  readonly refuseDays: number
}

export interface ErasureResult {
  /** Digests of the people, in the order of the request, each once. */
  readonly digests: readonly string[]
  readonly refusedUntil: Date
  /** Rows that were deleted or emptied, by table. */
  readonly rows: Readonly<Record<string, number>>
}

/**
 * Erases people from the database, and tells the processors by way of the outbox to erase them from their state and from
 * compacted topics. An erasure that was interrupted can be repeated: a second one is no error.
 */
export async function erasePeople(
  database: Database,
  { ids, refuseDays, doneBy, reason }: ErasureRequest,
): Promise<ErasureResult> {
  const now = Date.now()
  const refusedUntil = now + refuseDays * DAY_MS
  const persons = (await withFormer(database, ids)).map((id) => ({
    id,
    erasure: { id: randomUUID(), occurredAt: now, source: 'scoreline/erasure', digest: personDigest(id), refusedUntil },
  }))
  const rows: Record<string, number> = {}
  for (let from = 0; from < persons.length; from += PEOPLE_PER_TRANSACTION) {
    const batch = persons.slice(from, from + PEOPLE_PER_TRANSACTION)
    const erased = await erasePersons(database, personTables, batch, { doneBy, reason })
    for (const [table, count] of Object.entries(erased)) rows[table] = (rows[table] ?? 0) + count
  }
  return { digests: persons.map(({ erasure: { digest } }) => digest), refusedUntil: new Date(refusedUntil), rows }
}
