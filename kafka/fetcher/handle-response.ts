import { errorOfCode } from '../errors.ts'
import type { PartitionResponse } from './fetch-request.ts'
import type { FetchedPartition } from './fetched-partition.ts'
import type { FetcherState } from './fetcher-state.ts'
import { backOffFrom, checkRange } from './partition-failures.ts'

const OFFSET_OUT_OF_RANGE = 1

/**
 * Processes the answer for one partition; its failure affects no other partition. Returns whether anything came. An
 * answer to a request from another offset (`requestedOffset`) is ignored: records in between would be lost, or transactions
 * announced as aborted that have already ended, so that the producer's next one would be dropped.
 */
export function handlePartitionResponse(
  fetcher: FetcherState,
  partition: FetchedPartition,
  answer: PartitionResponse,
  requestedOffset: number,
): boolean {
  const { topic, partition: number } = partition
  if (partition.fetchOffset !== requestedOffset) {
    if (answer.errorCode === 0) clearFailures(partition)
    return false
  }
  if (answer.errorCode !== 0) {
    if (answer.errorCode === OFFSET_OUT_OF_RANGE) retryAfter(fetcher, checkRange(fetcher, partition))
    else retryAfterPause(fetcher, partition, errorOfCode(answer.errorCode, `Fetch of ${topic}-${number}`))
    return false
  }
  const bufferedBefore = partition.bufferedBytes
  const offsetBefore = partition.fetchOffset
  let moved = false
  try {
    moved = partition.accept(answer)
    clearFailures(partition)
    partition.lastResponseAt = Date.now()
  } catch (error) {
    // Batches before the unreadable one are still delivered.
    moved = partition.fetchOffset !== offsetBefore
    retryAfterPause(fetcher, partition, error)
  }
  fetcher.bufferedBytes += partition.bufferedBytes - bufferedBefore
  if (moved) {
    fetcher.arrivals.notify()
    fetcher.onArrival?.(topic, number)
  }
  return moved
}

/** Resets the failures after an answer without an error, whether or not it brought records. */
export function clearFailures(partition: FetchedPartition): void {
  partition.failures = 0
  partition.failing = undefined
}

export function retryAfterPause(fetcher: FetcherState, partition: FetchedPartition, error: unknown): void {
  retryAfter(fetcher, backOffFrom(fetcher, partition, error))
}

function retryAfter(fetcher: FetcherState, pause: Promise<void>): void {
  void pause.then(() => fetcher.sendFetches(fetcher))
}
