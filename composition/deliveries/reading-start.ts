import type { KafkaClient } from '../../kafka/client.ts'
import type { Database } from '../../store/database.ts'
import { deliveryPosition, moveDeliveryPosition, skipDeliveryGap } from '../../store/deliveries/positions.ts'
import { idsOf, isReplaced } from '../../streams/input/replaced-topics.ts'
import type { Log } from '../../streams/log.ts'
import type { StreamMetrics } from '../../streams/metrics.ts'

export interface ReadingStartOptions {
  readonly client: Pick<KafkaClient, 'describeTopics' | 'listOffset'>
  readonly database: Database
  readonly partition: number
  /** Recreated topics that are to be read from their beginning. */
  readonly accepted: ReadonlySet<string>
  readonly metrics: Pick<StreamMetrics, 'gapFound'>
  readonly log: Log
}

export interface ReadingStart {
  readonly offset: number
  readonly topicId: string
}

/**
 * Where reading into the queue goes on. At first at the beginning of the topic: channels take only what was published
 * since they were added. Records that retention has deleted are put on record as a gap; a recreated topic is an error
 * until the operator decides.
 */
export async function readingStart(options: ReadingStartOptions, topic: string): Promise<ReadingStart> {
  const { client, database, partition, accepted, metrics, log } = options
  const topicId = idsOf([topic], await client.describeTopics([topic])).get(topic)!
  const earliest = await client.listOffset({ topic, partition }, 'earliest')
  const kept = await deliveryPosition(database, topic, partition)
  if (kept === undefined) return { offset: earliest, topicId }
  const range = { topic, partition, from: kept.nextOffset, to: earliest, topicId }
  const reader = `The queue of deliveries of partition ${partition}`
  if (isReplaced({ reader, topic, before: kept.topicId ?? undefined, now: topicId }, accepted)) {
    await moveDeliveryPosition(database, range)
    log('warn', 'A topic was recreated and is read from its beginning, as ACCEPTED_TOPICS says', { topic, partition })
    return { offset: earliest, topicId }
  }
  if (kept.nextOffset >= earliest) return { offset: kept.nextOffset, topicId }
  await skipDeliveryGap(database, range, new Date())
  metrics.gapFound('deliveries', topic, earliest - kept.nextOffset)
  log(
    'error',
    'Records were deleted before they were delivered; the gap is on record in the table gaps. ' +
      'Lengthen the topic’s retention, or let the deliveries run more often',
    { topic, partition, from: kept.nextOffset, to: earliest },
  )
  return { offset: earliest, topicId }
}
