import { KafkaError } from '../errors.ts'
import type { FetchedPartition } from './fetched-partition.ts'

/**
 * Returns the error for an offset that the log does not have. Continuing at its beginning or end instead would silently
 * lose or repeat records.
 */
export function offsetGone(
  { topic, partition, fetchOffset }: FetchedPartition,
  begin: number,
  end: number,
): KafkaError {
  const message =
    `${topic}-${partition}: the offset ${fetchOffset} is gone or was never written; the log begins at ${begin} and ends at ${end}. ` +
    'Records were deleted before they were read: choose another position, and lengthen the topic’s retention'
  return new KafkaError(message, 'OFFSET_OUT_OF_RANGE', 'fatal')
}

export function topicReplaced({ topic, partition, topicId, fetchOffset }: FetchedPartition, newId: string): KafkaError {
  const message =
    `${topic}-${partition}: the topic was deleted and created again, and the offset ${fetchOffset} of the old one (id ${topicId}) means nothing ` +
    `in the new one (id ${newId}). Read it from its beginning, and rebuild what was derived from the old one`
  return new KafkaError(message, 'TOPIC_REPLACED', 'fatal')
}
