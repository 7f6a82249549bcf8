import type { KafkaClient } from '../client.ts'
import { backOff } from '../cluster/retry.ts'
import { isCommitted } from './commit-outcome.ts'
import type { CommittedPlaces } from './committed-places.ts'
import { KafkaError, UnclearCommitError } from '../errors.ts'
import type { RecordPlace } from './pending-send.ts'
import type { PendingWrite } from './pending-writes.ts'
import type { RenewableProducer } from './renewable-producer.ts'

export interface WriteCommitter {
  readonly client: KafkaClient
  readonly producer: RenewableProducer
  /** Gets the producer's acknowledged batches. */
  readonly places: CommittedPlaces
  /** How long the log may be read to find the outcome of an unanswered commit, in milliseconds. */
  readonly outcomeTimeoutMs: number
  readonly closing: AbortSignal
}

/** Commits the writes in one transaction; returns the places of each write's records. */
export async function commitWrites(
  committer: WriteCommitter,
  writes: readonly PendingWrite[],
): Promise<readonly (readonly RecordPlace[])[]> {
  const { producer, places } = committer
  const transaction = await producer.ready()
  places.clear()
  transaction.begin()
  for (const { topic, records } of writes) {
    for (const { partition, timestampMs, key, value, headers } of records)
      transaction.append(topic, partition, timestampMs, key, value, headers)
  }
  await transaction.flush()
  const found = places.of(writes)
  try {
    await transaction.commit()
  } catch (error) {
    if (!(error instanceof UnclearCommitError)) throw error
    await resolveOutcome(committer, writes[0]!.topic, found[0]![0]!, error)
  }
  producer.committed()
  return found
}

/**
 * Resolves if an unclear commit succeeded after all. Initialising the id again ends its transaction if it is still
 * open; then the log shows the outcome.
 */
async function resolveOutcome(
  { client, producer, outcomeTimeoutMs, closing }: WriteCommitter,
  topic: string,
  place: RecordPlace,
  unclear: UnclearCommitError,
): Promise<void> {
  const deadline = performance.now() + outcomeTimeoutMs
  for (let attempt = 0; performance.now() < deadline && !closing.aborted; attempt++) {
    try {
      await producer.drop()
      await producer.ready()
    } catch {
      await backOff(attempt)
      continue
    }
    const committed = await isCommitted(client, { topic, ...place }, deadline)
    if (committed === true) return
    if (committed === false)
      throw new KafkaError(`${unclear.message}. It was not`, 'NOT_COMMITTED', 'retriable', { cause: unclear })
  }
  throw unclear
}
