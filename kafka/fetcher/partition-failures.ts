import { errorOfCode, errorOfWire } from '../errors.ts'
import type { KafkaError } from '../errors.ts'
import type { FetchedPartition } from './fetched-partition.ts'
import { isAssigned } from './fetcher-state.ts'
import type { FetcherState } from './fetcher-state.ts'
import { listOffset } from './offsets.ts'
import { offsetGone } from './position-errors.ts'
import { backOff } from '../cluster/retry.ts'

const OFFSET_NOT_AVAILABLE = 78
/** A batch that is damaged in this many attempts is damaged on the broker’s disk. */
const CORRUPT_ANSWERS_MAX = 5

/**
 * Backs off from a partition after a failure, longer each time; fails it for good if retrying can’t help. Resolves when
 * it may be requested again, or has failed. Other partitions are fetched meanwhile.
 */
export async function backOffFrom(fetcher: FetcherState, partition: FetchedPartition, thrown: unknown): Promise<void> {
  const { signal } = fetcher.closing
  if (signal.aborted || !isAssigned(fetcher, partition)) return
  const error = errorOfWire(thrown, `Fetch of ${partition.topic}-${partition.partition}`)
  const corrupt = error.code === 'CORRUPT_MESSAGE' && partition.failures >= CORRUPT_ANSWERS_MAX
  if (error.kind !== 'retriable' || corrupt) return fail(fetcher, partition, error)
  partition.failing = { since: partition.failing?.since ?? performance.now(), error }
  partition.backingOff = true
  partition.leader = undefined
  fetcher.cluster.invalidate(partition.topic)
  await backOff(partition.failures++, signal)
  partition.backingOff = false
}

/** Finds out whether the offset really is gone: OFFSET_OUT_OF_RANGE does not say which offsets the broker has. */
export async function checkRange(fetcher: FetcherState, partition: FetchedPartition): Promise<void> {
  partition.backingOff = true
  const { topic, partition: number, fetchOffset } = partition
  try {
    const [begin, end] = await Promise.all([
      listOffset(fetcher.cluster, partition, 'earliest'),
      listOffset(fetcher.cluster, partition, 'latest'),
    ])
    // The offset exists after all: a new leader may not have known the end of its log yet.
    if (begin <= fetchOffset && fetchOffset <= end)
      return await backOffFrom(fetcher, partition, errorOfCode(OFFSET_NOT_AVAILABLE, `Fetch of ${topic}-${number}`))
    if (isAssigned(fetcher, partition)) fail(fetcher, partition, offsetGone(partition, begin, end))
  } catch (error) {
    await backOffFrom(fetcher, partition, error)
  }
}

/** Fails this partition for good, without affecting others. */
function fail({ onArrival, arrivals }: FetcherState, partition: FetchedPartition, error: KafkaError): void {
  partition.fatal = error
  onArrival?.(partition.topic, partition.partition)
  arrivals.wakeAll()
}
