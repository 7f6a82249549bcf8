import { checkEvent } from '../../schemas/check-event.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { fromJson } from '../../schemas/json/json-event.ts'
import { releasedRegistry } from '../../schemas/release/registry.ts'
import type { Envelope } from '../../schemas/avro/schema.ts'
import { topicNamed } from '../../subjects/subjects.ts'

/**
 * Throws, naming the field, unless the event survives a round trip through a line of an event file and its topic
 * accepts it.
 */
export function mustBeValid(topicName: string, event: Envelope): void {
  const topic = topicNamed(topicName)
  if (topic === undefined) throw new Error(`${topicName} is no topic.`)
  const line = JSON.stringify(event)
  const read = fromJson(topic, JSON.parse(line))
  if (!read.ok) throw new Error(`${topicName} ${line}: ${JSON.stringify(read.problems)}`)
  const codec = codecOf(topic, releasedRegistry)
  if (!codec.encode(read.value).equals(codec.encode(event)))
    throw new Error(`${topicName} ${line} comes back as ${JSON.stringify(read.value)}`)
  checkEvent(topic, event, { key: topic.keyOf(event), writtenAt: event.occurredAt })
}
