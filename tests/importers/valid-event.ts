import { checkEvent } from '../../schemas/check-event.ts'
import { codecOf } from '../../schemas/codec.ts'
import { releasedRegistry } from '../../schemas/registry.ts'
import type { Envelope } from '../../schemas/schema.ts'
import { topicNamed } from '../../schemas/topics.ts'

/** Throws, naming the field, unless the topic would take the event and give it back as it is, with no field beside the schema's. */
export function mustBeValid(topicName: string, event: Envelope): void {
  const topic = topicNamed(topicName)
  if (topic === undefined) throw new Error(`${topicName} is no topic.`)
  const surplus = Object.keys(event).filter((field) => !(field in topic.schema.fields))
  if (surplus.length > 0) throw new Error(`${topicName} has no ${surplus.join(', ')}: ${JSON.stringify(event)}`)
  codecOf(topic, releasedRegistry).encode(event)
  checkEvent(topic, event, { key: topic.keyOf(event), writtenAt: Date.now() + 365 * 86_400_000 })
}
