import { createHash } from 'node:crypto'
import type { Envelope } from '../schemas/avro/schema.ts'
import { alerts, type Alert } from '../schemas/customers/alerts.ts'
import type { Channel } from '../schemas/deliveries/channels.ts'
import { toJson } from '../schemas/json/json-event.ts'
import { potentialCustomers, type PotentialCustomer } from '../schemas/loans/potential-customers.ts'
import type { Topic } from '../schemas/topic.ts'

/** What a channel sends of an event. */
export interface Message {
  /** The same for the same event, however often it is read or sent: receivers drop what they know. */
  readonly id: string
  /** Name of the topic that it comes from. */
  readonly topic: string
  readonly type: string
  /** Of an alert. */
  readonly kind: string | null
  /** Messages of one record arrive in order. */
  readonly record: string
  /** ms since 1970. */
  readonly occurredAt: number
  /** JSON as Standard Webhooks has it: type, timestamp, data. Kept as it is, since the signature is of its bytes. */
  readonly body: string
}

/** A topic whose events go out, and what is sent of them. */
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

/** One for each of `deliveredTopics`. */
export const sources = [alertSource, potentialSource] as unknown as readonly Source<Envelope>[]

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

/** Event ids are unique within their topic only, and may have any characters: a header takes ASCII. */
export function messageIdOf(topic: string, eventId: string): string {
  return `msg_${createHash('sha256').update(`${topic}\0${eventId}`).digest('hex').slice(0, 32)}`
}

/** A channel as it is now, and since when it takes messages. */
export interface ActiveChannel {
  readonly name: string
  readonly version: number
  /** ms since 1970: what was published before is not sent. */
  readonly since: number
  readonly value: ChannelValue
}

export type ChannelValue = Pick<
  Channel,
  'kind' | 'topics' | 'alertKinds' | 'withdrawals' | 'webhook' | 'email' | 'retired'
>

/** Whether the channel takes a message that was published at that time. */
export function takes({ since, value }: ActiveChannel, { topic, type, kind }: Message, publishedAt: number): boolean {
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

/** The channels in use, from all of their versions: each takes messages since it was added, or last taken up again. */
export function activeChannels(versions: readonly ChannelVersion[]): ActiveChannel[] {
  const active = new Map<string, ActiveChannel>()
  for (const { key: name, version, value, changedAt } of versions.toSorted((a, b) => a.version - b.version)) {
    if (value.retired) active.delete(name)
    else active.set(name, { name, version, value, since: active.get(name)?.since ?? changedAt.getTime() })
  }
  return [...active.values()]
}
