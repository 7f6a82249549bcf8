import type { Envelope } from '../../schemas/avro/schema.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import type { Topic } from '../../schemas/topic.ts'
import type { MappingProblem } from '../../schemas/webhooks/unmapped-webhooks.ts'
import { MappingError, type Mapping } from '../../webhooks/mapping/compile-mapping.ts'
import { mappedEvents } from '../../webhooks/mapping/mapped-events.ts'
import { parsePayload, PayloadError } from '../../webhooks/payload.ts'
import { checkedEvent } from '../events/checked-event.ts'

/** A valid event of a payload. */
export interface TopicEvent {
  readonly topic: Topic
  readonly event: Envelope
}

interface MappedPayload {
  readonly events: readonly TopicEvent[]
  readonly problems: readonly MappingProblem[]
}

/** What mapping needs besides the payload. `topics`: those that accept events. */
export interface MappingContext {
  readonly topics: readonly Topic[]
  readonly registry: Registry
  readonly mapping: Mapping
  /** Name of the source, the `source` of events that state none. */
  readonly source: string
  readonly deliveryId: string
  /** ms since 1970. */
  readonly now: number
  readonly variables?: Readonly<Record<string, unknown>>
}

const PROBLEMS_MAX = 20
/** Of each text in a problem. */
const PROBLEM_CHARACTERS_MAX = 500

/** Parses a body and maps it. Never rejects for bad input: whatever is wrong is a problem. */
export async function mapBody(contentType: string, body: Uint8Array, context: MappingContext): Promise<MappedPayload> {
  try {
    return await mapPayload(parsePayload(contentType, body), context)
  } catch (error) {
    if (error instanceof PayloadError) return failed(error)
    throw error
  }
}

/** Maps a payload to events, and validates each as `POST /events/{topic}` does. */
export async function mapPayload(payload: unknown, context: MappingContext): Promise<MappedPayload> {
  let result: unknown
  try {
    result = await context.mapping.evaluate(payload, context.variables)
  } catch (error) {
    if (error instanceof MappingError) return failed(error)
    throw error
  }
  const mapped = mappedEvents(result, context)
  const problems: MappingProblem[] = [...mapped.problems]
  const events: TopicEvent[] = []
  for (const { index, topic: name, event: json } of mapped.events) {
    const topic = context.topics.find((one) => one.name === name)
    if (topic === undefined) {
      const known = context.topics.map((one) => one.name).join(', ')
      const problem = `${JSON.stringify(name)} is not a topic that accepts events. Topics: ${known}.`
      problems.push({ index, topic: name, path: '', problem })
      continue
    }
    const { event, problems: found = [] } = checkedEvent(topic, json, context.registry, context.now)
    if (event !== undefined) events.push({ topic, event })
    problems.push(...found.map(({ path, problem }) => ({ index, topic: name, path, problem })))
  }
  return { events, problems: problems.slice(0, PROBLEMS_MAX).map(shortened) }
}

function failed({ message }: Error): MappedPayload {
  return { events: [], problems: [shortened({ index: null, topic: null, path: '', problem: message })] }
}

/** Makes a problem storable: it quotes names and values of the payload, which may be long or contain NUL characters. */
function shortened({ index, topic, path, problem }: MappingProblem): MappingProblem {
  return { index, topic: topic === null ? null : storable(topic), path: storable(path), problem: storable(problem) }
}

function storable(text: string): string {
  return text.slice(0, PROBLEM_CHARACTERS_MAX).replaceAll('\0', '\ufffd').toWellFormed()
}
