import { createHash } from 'node:crypto'
import type { Topic } from '../../schemas/topic.ts'
import { unmappedWebhooks, type UnmappedWebhook } from '../../schemas/webhooks/unmapped-webhooks.ts'
import { openTopicsOf } from '../events/open-topics.ts'
import { publishProblem } from '../events/publish-problem.ts'
import type { ApiPorts } from '../ports.ts'
import { mapBody } from './map-payload.ts'
import type { ActiveSource } from './webhook-sources.ts'

export type AcceptPorts = Pick<ApiPorts, 'topics' | 'registry' | 'publish'>

/** A verified webhook, for the first time or from the unmapped ones. */
export interface Delivery {
  readonly deliveryId: string
  readonly contentType: string
  readonly body: Buffer
  /** What an earlier attempt left, if it is replayed. */
  readonly earlier?: { readonly acceptedIds: readonly string[]; readonly attempts: number }
}

export interface Acceptance {
  /** Number of events that were published. */
  readonly events: number
  readonly isMapped: boolean
}

/**
 * Maps a delivery and publishes its events. If something can't be mapped, the valid events are published all the same,
 * and then the delivery is kept with the reasons. Rejects with a problem if Kafka does not confirm: the sender or the
 * caller tries again, and the ids of the events make the repetition harmless.
 */
export async function acceptPayload(
  { topics, registry, publish }: AcceptPorts,
  source: ActiveSource,
  delivery: Delivery,
): Promise<Acceptance> {
  const now = Date.now()
  const { deliveryId, contentType, body, earlier } = delivery
  const { events, problems } = await mapBody(contentType, body, {
    ...{ topics: openTopicsOf(topics), registry, now },
    ...{ mapping: source.mapping, source: source.name, deliveryId },
  })
  const accepted = new Set(earlier?.acceptedIds)
  const fresh = events.filter(({ event }) => !accepted.has(event.id))
  const published = Map.groupBy(fresh, ({ topic }) => topic)
  const send = [...published].map(([topic, list]) =>
    publish(
      topic,
      list.map(({ event }) => event),
    ),
  )
  await Promise.all(send).catch(reject)
  const isMapped = problems.length === 0
  if (isMapped && earlier === undefined) return { events: fresh.length, isMapped }
  const kept: UnmappedWebhook = {
    id: idOf(source.name, deliveryId),
    occurredAt: now,
    source: 'api',
    webhook: source.name,
    ...{ deliveryId, contentType, body, problems },
    mappingVersion: source.version,
    acceptedIds: [...new Set([...accepted, ...events.map(({ event }) => event.id)])],
    attempts: earlier === undefined ? 0 : earlier.attempts + 1,
    state: isMapped ? 'replayed' : 'pending',
  }
  await publish(unmappedWebhooks as Topic, [kept]).catch(reject)
  return { events: fresh.length, isMapped }
}

function reject(error: unknown): never {
  throw publishProblem(error as Error)
}

/** A repeated delivery of the same payload is the same entry. */
function idOf(source: string, deliveryId: string): string {
  return createHash('sha256')
    .update(JSON.stringify([source, deliveryId]))
    .digest('hex')
}
