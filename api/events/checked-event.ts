import { codecOf } from '../../schemas/avro/codec.ts'
import type { Envelope } from '../../schemas/avro/schema.ts'
import { checkEvent, EVENT_BYTES_MAX } from '../../schemas/check-event.ts'
import { EventError } from '../../schemas/event-error.ts'
import { fromJson } from '../../schemas/json/json-event.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import type { Topic } from '../../schemas/topic.ts'

interface EventProblem {
  /** JSON Pointer (RFC 6901) to the value. */
  readonly path: string
  /** An event error code; absent if the JSON does not fit the schema. */
  readonly code?: string
  readonly problem: string
}

/** Exactly one of both is set. */
interface CheckedEvent {
  readonly event?: Envelope
  readonly problems?: readonly EventProblem[]
}

/**
 * Validates one event from outside, as every door to the topics does: it accepts exactly what the processors accept.
 * `now`: ms since the epoch.
 */
export function checkedEvent(topic: Topic, json: unknown, registry: Registry, now: number): CheckedEvent {
  const converted = fromJson(topic, json)
  if (!converted.ok) return { problems: converted.problems }
  const event = converted.value as Envelope
  try {
    checkEvent(topic, event, { key: topic.keyOf(event), writtenAt: now })
    const { length } = codecOf(topic, registry).encode(event)
    if (length > EVENT_BYTES_MAX)
      throw new EventError('TOO_LARGE', `It has ${length} bytes; at most ${EVENT_BYTES_MAX} are allowed.`)
    return { event }
  } catch (error) {
    if (!(error instanceof EventError)) throw error
    const path = error.code === 'TIME_OUT_OF_RANGE' ? '/occurredAt' : ''
    return { problems: [{ path, code: error.code, problem: error.message }] }
  }
}
