import type { KafkaClient } from '../../kafka/client.ts'
import type { Database } from '../../store/database.ts'
import { restartTopic, positionsOf, skipGap, topicIdsOf } from '../../store/sink/sink.ts'
import type { Log } from '../../streams/log.ts'
import type { StreamMetrics } from '../../streams/metrics.ts'
import { idsOf, isReplaced } from '../../streams/input/replaced-topics.ts'

export interface SinkStartOptions {
  readonly client: Pick<KafkaClient, 'describeTopics' | 'listOffset'>
  readonly database: Database
  /** Recreated topics that are to be read from their beginning. */
  readonly accepted: ReadonlySet<string>
  readonly metrics: Pick<StreamMetrics, 'gapFound'>
  readonly log: Log
}

export interface SinkStart {
  readonly offset: number
  readonly topicId: string
}

/**
 * The next offset of a topic in the database. Records that retention has deleted meanwhile are recorded as a gap and
 * skipped; a recreated topic is an error until the operator decides.
 */
export async function sinkStart(
  { client, database, accepted, metrics, log }: SinkStartOptions,
  topic: string,
  partition: number,
): Promise<SinkStart> {
  const reader = `The sink of partition ${partition}`
  const topicId = idsOf([topic], await client.describeTopics([topic])).get(topic)!
  const earliest = await client.listOffset({ topic, partition }, 'earliest')
  const kept = (await positionsOf(database, partition)).get(topic)
  if (kept === undefined) return { offset: earliest, topicId }
  const move = { topic, partition, from: kept, to: earliest, topicId }
  const before = (await topicIdsOf(database, partition)).get(topic)
  if (isReplaced({ reader, topic, before, now: topicId }, accepted)) {
    await restartTopic(database, move)
    log('warn', 'A topic was recreated and is read from its beginning, as ACCEPTED_TOPICS says', { topic, partition })
    return { offset: earliest, topicId }
  }
  if (kept >= earliest) return { offset: kept, topicId }
  await skipGap(database, move, new Date())
  metrics.gapFound('sink', topic, earliest - kept)
  log(
    'error',
    'Records were deleted before they were read; the gap is on record in the table gaps. ' +
      'Lengthen the topic’s retention, or let the sink run more often',
    { topic, partition, from: kept, to: earliest },
  )
  return { offset: earliest, topicId }
}
