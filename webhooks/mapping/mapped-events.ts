import { createHash } from 'node:crypto'
import type { MappingProblem } from '../../schemas/webhooks/unmapped-webhooks.ts'

/** An event that a mapping made, before it is validated. */
export interface MappedEvent {
  /** Position in the result of the mapping, from 0. */
  readonly index: number
  readonly topic: string
  readonly event: Readonly<Record<string, unknown>>
}

export interface MappedEvents {
  readonly events: readonly MappedEvent[]
  readonly problems: readonly MappingProblem[]
}

const MAPPED_EVENTS_MAX = 1_000

/**
 * Reads the result of a mapping: `{"topic", "event"}`, a list of them, or nothing. Events without `id` or `source` get
 * them: an id is derived from the delivery and the event's place in it, so that a repeated delivery has the same ids.
 */
export function mappedEvents(result: unknown, origin: { readonly source: string; readonly deliveryId: string }) {
  const list: readonly unknown[] = Array.isArray(result)
    ? result
    : result === undefined || result === null
      ? []
      : [result]
  if (list.length > MAPPED_EVENTS_MAX) {
    const problem = `The payload maps to ${list.length} events; at most ${MAPPED_EVENTS_MAX} are accepted.`
    return { events: [], problems: [{ index: null, topic: null, path: '', problem }] } satisfies MappedEvents
  }
  const problems: MappingProblem[] = []
  const events: MappedEvent[] = []
  const counts = new Map<string, number>()
  for (const [index, item] of list.entries()) {
    const { topic, event } = isObject(item) ? item : {}
    if (typeof topic !== 'string' || !isObject(event)) {
      const problem = `It is ${JSON.stringify(item).slice(0, 200)} and must be {"topic": "…", "event": {…}}.`
      problems.push({ index, topic: null, path: '', problem })
      continue
    }
    // A change of the mapping may add or drop events of other records; it must not change the ids of those that stay.
    const place = JSON.stringify([topic, event['customerId'] ?? null, event['occurredAt'] ?? null])
    const ordinal = counts.get(place) ?? 0
    counts.set(place, ordinal + 1)
    const id = eventId(origin, place, ordinal)
    events.push({ index, topic, event: { id, source: origin.source, ...event } })
  }
  return { events, problems } satisfies MappedEvents
}

/** Returns the id of an event of a delivery, the same for every attempt of the sender. */
function eventId({ source, deliveryId }: { source: string; deliveryId: string }, place: string, ordinal: number) {
  const digest = createHash('sha256')
    .update(JSON.stringify([source, deliveryId, place, ordinal]))
    .digest('base64url')
  return `webhook/${digest}`
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
