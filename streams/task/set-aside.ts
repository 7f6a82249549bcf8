import { RecordTooLargeError } from '../../kafka/errors.ts'
import type { Processor } from '../../processors/processor.ts'
import { EventError } from '../../schemas/event-error.ts'
import type { RecordRef } from '../input/dead-letter.ts'
import type { Log } from '../log.ts'
import { firstFailing, firstOf, recordAt } from './narrowing.ts'
import type { ReevaluationStep } from './re-evaluation.ts'
import type { CollectedExclusions, TransactionWork } from './transaction-work.ts'

export interface CulpritSearch {
  readonly processor: Processor
  readonly partition: number
  readonly log: Log
  /** Tries to write the transaction without committing it. Returns the failure, or `undefined`. */
  readonly failure: (work: TransactionWork, exclusions: CollectedExclusions) => Promise<unknown>
}

/**
 * Finds the single re-evaluated key or record whose results can't be written, and adds it to `left`. Throws `error` if
 * there is no such key or record.
 */
export async function setAside(
  search: CulpritSearch,
  work: TransactionWork,
  exclusions: CollectedExclusions,
  error: unknown,
): Promise<void> {
  const { reevaluation } = work
  if (
    reevaluation !== undefined &&
    (await search.failure(reevaluationOnly(work, reevaluation), exclusions)) !== undefined
  )
    return setKeyAside(search, work, reevaluation, exclusions, error)
  if (work.count === 0) throw error
  return setRecordAside(search, work, exclusions, error)
}

async function setKeyAside(
  search: CulpritSearch,
  work: TransactionWork,
  reevaluation: ReevaluationStep,
  exclusions: CollectedExclusions,
  error: unknown,
): Promise<void> {
  const keys = reevaluation.keys.filter((key) => !exclusions.keys.has(key))
  const found = await firstFailing(keys.length, (first) =>
    search.failure(reevaluationOnly(work, { ...reevaluation, keys: keys.slice(0, first) }), exclusions),
  )
  if (found === undefined) throw error
  exclusions.keys.set(keys[found.index]!, describe(found.cause))
}

async function setRecordAside(
  search: CulpritSearch,
  work: TransactionWork,
  exclusions: CollectedExclusions,
  error: unknown,
): Promise<void> {
  const { processor, partition, log } = search
  const about = { processor: processor.name, partition }
  const found = await firstFailing(work.count, (first) =>
    search.failure({ ...work, runs: firstOf(work.runs, first), count: first }, exclusions),
  )
  if (found === undefined) {
    log('warn', 'A transaction failed and is tried again', { ...about, error })
    throw error
  }
  const record = recordAt(work.runs, found.index)
  const isSame = (one: RecordRef) => one.batch === record.batch && one.index === record.index
  log('error', 'A record is set aside', {
    ...about,
    topic: record.batch.topic,
    offset: record.batch.offsets[record.index],
    error: found.cause,
  })
  if (exclusions.cut.some(isSame)) throw error
  // The record is set aside already, so its dead letter can't be written either.
  if (exclusions.records.some((one) => isSame(one.record))) exclusions.cut.push(record)
  else exclusions.records.push({ record, error: causeOf(processor, found.cause) })
}

function reevaluationOnly(work: TransactionWork, reevaluation: ReevaluationStep): TransactionWork {
  return { ...work, runs: [], count: 0, reevaluation }
}

function causeOf(processor: Processor, cause: unknown): EventError {
  const tooLarge = cause instanceof RecordTooLargeError
  return new EventError(tooLarge ? 'OUTPUT_TOO_LARGE' : 'NOT_WRITTEN', `${processor.name}: ${describe(cause)}`, {
    cause,
  })
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
