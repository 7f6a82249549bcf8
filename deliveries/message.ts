import { createHash } from 'node:crypto'
import type { Envelope } from '../schemas/avro/schema.ts'
import { alerts, type Alert } from '../schemas/customers/alerts.ts'
import type { Channel } from '../schemas/deliveries/channels.ts'
import { toJson } from '../schemas/json/json-event.ts'
import { potentialCustomers, type PotentialCustomer } from '../schemas/loans/potential-customers.ts'
import { modelActsTopic, type ModelAct } from '../schemas/models/model-acts.ts'
import type { Topic } from '../schemas/topic.ts'

/** The message that channels send about an event. */
export interface Message {
  /** Stable for an event, however often it is read or sent, so that receivers can drop duplicates. */
  readonly id: string
  /** Name of the topic of the event. */
  readonly topic: string
  readonly type: string
  /** Kind of the alert; null for other messages. */
  readonly kind: string | null
  /** Ordering key: messages of one record arrive in order. */
  readonly record: string
  /** Milliseconds since 1970. */
  readonly occurredAt: number
  /**
   * Payload in JSON as in Standard Webhooks: type, timestamp, data. Stored verbatim, since the signature covers its
   * bytes.
   */
  readonly body: string
}

/** A topic whose events are delivered, and the metadata of their messages. */
interface Source<T> {
  readonly topic: Topic<T>
  about(event: T): Pick<Message, 'type' | 'kind' | 'record'>
}

const alertSource: Source<Alert> = {
  topic: alerts,
  about: ({ raised, kind, customerId }) => ({
    type: raised ? 'alert.raised' : 'alert.withdrawn',
    kind,
    record: customerId,
  }),
}

const potentialSource: Source<PotentialCustomer> = {
  topic: potentialCustomers,
  about: ({ customerId }) => ({ type: 'potential-customer.changed', kind: null, record: customerId }),
}

const modelActSource: Source<ModelAct> = {
  topic: modelActsTopic,
  about: ({ act, task }) => ({ type: `model.${act}`, kind: null, record: task }),
}

/** One source for each of `deliverableTopics`. */
export const sources = [alertSource, potentialSource, modelActSource] as unknown as readonly Source<Envelope>[]

export function messageOf({ topic, about }: Source<Envelope>, event: Envelope): Message {
  const data = Object.fromEntries(Object.entries(toJson(topic, event)).filter(([field]) => field !== 'source'))
  const { type, kind, record } = about(event)
  const { occurredAt } = event
  const body = bodyOf(type, occurredAt, data)
  return { id: messageIdOf(topic.name, event.id), topic: topic.name, type, kind, record, occurredAt, body }
}

export function bodyOf(type: string, at: number, data: unknown): string {
  return JSON.stringify({ type, timestamp: new Date(at).toISOString(), data })
}

/**
 * Returns a message id. Event ids are unique only within their topic and may contain any characters, while a header
 * takes ASCII.
 */
export function messageIdOf(topic: string, eventId: string): string {
  return `msg_${createHash('sha256').update(`${topic}\0${eventId}`).digest('hex').slice(0, 32)}`
}

/** The active version of a channel, and the time since when it takes messages. */
export interface ActiveChannel {
  readonly name: string
  readonly version: number
  /** Milliseconds since 1970; messages published before are not sent. */
  readonly since: number
  readonly value: ChannelValue
}

export type ChannelValue = Pick<
  Channel,
  'kind' | 'topics' | 'alertKinds' | 'withdrawals' | 'webhook' | 'email' | 'retired'
>

/** Whether the channel takes a message published at that time. */
export function accepts({ since, value }: ActiveChannel, { topic, type, kind }: Message, publishedAt: number): boolean {
  if (publishedAt < since || !(value.topics as readonly string[]).includes(topic)) return false
  if (type === 'alert.withdrawn' && !value.withdrawals) return false
  return kind === null || value.alertKinds.length === 0 || (value.alertKinds as readonly string[]).includes(kind)
}

interface ChannelVersion {
  readonly key: string
  readonly version: number
  readonly value: ChannelValue
  readonly changedAt: Date
}

/**
 * Returns the active channels from all of their versions. A channel takes messages since it was added, or since it was
 * last reactivated.
 */
export function activeChannels(versions: readonly ChannelVersion[]): ActiveChannel[] {
  const active = new Map<string, ActiveChannel>()
  for (const { key: name, version, value, changedAt } of versions.toSorted((a, b) => a.version - b.version)) {
    if (value.retired) active.delete(name)
    else active.set(name, { name, version, value, since: active.get(name)?.since ?? changedAt.getTime() })
  }
  return [...active.values()]
}
