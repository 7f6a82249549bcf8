import type { KafkaClient } from '../../kafka/client.ts'
import type { Database } from '../../store/database.ts'
import { advancePosition, positionOf, skipGap, type PositionKeeper } from '../../store/positions.ts'
import { idsOf, isReplaced } from '../../streams/input/replaced-topics.ts'
import type { Log } from '../../streams/log.ts'
import type { StreamMetrics } from '../../streams/metrics.ts'

/** A part that reads topics and stores its positions in the database. */
export interface Reader {
  readonly keeper: PositionKeeper
  /** Name for the operator, such as `The sink`. */
  readonly displayName: string
}

export interface ReadingStartOptions {
  readonly client: Pick<KafkaClient, 'describeTopics' | 'listOffset'>
  readonly database: Database
  readonly partition: number
  /** Recreated topics that may be read from their beginning. */
  readonly accepted: ReadonlySet<string>
  readonly metrics: Pick<StreamMetrics, 'gapFound'>
  readonly log: Log
}

export interface ReadingStart {
  readonly offset: number
  readonly topicId: string
}

/**
 * Returns the position of a reader in a topic from the database, or the earliest offset if there is none. Records that
 * retention has deleted meanwhile are recorded as a gap and skipped; a recreated topic is an error until the operator
 * decides.
 */
export async function readingStart(
  { keeper, displayName }: Reader,
  { client, database, partition, accepted, metrics, log }: ReadingStartOptions,
  topic: string,
): Promise<ReadingStart> {
  const topicId = idsOf([topic], await client.describeTopics([topic])).get(topic)!
  const earliest = await client.listOffset({ topic, partition }, 'earliest')
  const kept = await positionOf(database, keeper, topic, partition)
  if (kept === undefined) return { offset: earliest, topicId }
  const range = { topic, partition, from: kept.nextOffset, to: earliest, topicId }
  const reader = `${displayName} of partition ${partition}`
  if (isReplaced({ reader, topic, before: kept.topicId ?? undefined, now: topicId }, accepted)) {
    await advancePosition(database, keeper, range)
    log('warn', 'A topic was recreated and is read from its beginning, as ACCEPTED_TOPICS says', { topic, partition })
    return { offset: earliest, topicId }
  }
  if (kept.nextOffset >= earliest) return { offset: kept.nextOffset, topicId }
  await skipGap(database, keeper, range, new Date())
  metrics.gapFound(keeper, topic, earliest - kept.nextOffset)
  log(
    'error',
    'Records were deleted before they were read; the gap is on record in the table gaps. ' +
      `Lengthen the topic’s retention, or let the ${keeper} run more often`,
    { topic, partition, from: kept.nextOffset, to: earliest },
  )
  return { offset: earliest, topicId }
}
