import { Type } from 'typebox'
import { toJson } from '../../schemas/json/json-event.ts'
import type { Topic } from '../../schemas/topic.ts'
import { responseSchema, type RecordJson } from '../events/event-schema.ts'
import { personal } from '../http/personal.ts'
import { nullable } from '../http/schema-parts.ts'
import type { LiveEvent } from '../ports.ts'

/** A published message as clients receive it. */
export interface LiveMessage {
  readonly topic: string
  /** Among pending messages with the same key, only the last is sent. */
  readonly key: string | undefined
  readonly data: Record<string, unknown>
}

/** Omitted fields by topic: rows and model texts are long, and /customers/{id} has them. */
const OMITTED_FIELDS: Readonly<Record<string, readonly string[]>> = { scores: ['row', 'text'] }

export function messageOf({ topic, value }: LiveEvent): LiveMessage {
  const data = toJson(topic, value)
  for (const field of OMITTED_FIELDS[topic.name] ?? []) delete data[field]
  return { topic: topic.name, key: topic.name === 'priorities' ? topic.keyOf(value) : undefined, data }
}

/** Returns the ids of the customers that a message is about. */
export function customersOf({ data: { customerId, entries } }: LiveMessage): string[] {
  const lines = Array.isArray(entries) ? (entries as readonly Record<string, unknown>[]) : [{ customerId }]
  return lines.flatMap((line) => (typeof line['customerId'] === 'string' ? [line['customerId']] : []))
}

/** Returns the data with each customer's name next to the id; null if unknown. */
export function withNames(
  { data }: LiveMessage,
  nameOf: (customerId: string) => string | null,
): Record<string, unknown> {
  const { entries, customerId } = data
  if (Array.isArray(entries)) {
    const lines = entries as readonly Record<string, unknown>[]
    return { ...data, entries: lines.map((line) => ({ ...line, customerName: nameOf(String(line['customerId'])) })) }
  }
  return typeof customerId === 'string' ? { ...data, customerName: nameOf(customerId) } : data
}

const CustomerName = personal('names', nullable(Type.String(), 'null if unknown.'))

/** Returns the JSON Schema of what `withNames` returns for a topic. */
export function messageSchema({ name, schema }: Topic): RecordJson {
  const fields = Object.entries(schema.fields).filter(([field]) => !(OMITTED_FIELDS[name] ?? []).includes(field))
  const message = responseSchema({ ...schema, fields: Object.fromEntries(fields) })
  const { entries } = message.properties as { readonly entries?: { readonly items: RecordJson } }
  if (entries === undefined) return namedSchema(message)
  return {
    ...message,
    properties: { ...message.properties, entries: { ...entries, items: namedSchema(entries.items) } },
  }
}

function namedSchema(record: RecordJson): RecordJson {
  if (!('customerId' in record.properties)) return record
  return {
    ...record,
    required: [...record.required, 'customerName'],
    properties: { ...record.properties, customerName: CustomerName },
  }
}

/** Formats a server-sent event. `JSON.stringify` writes no line breaks, so one `data` line is enough. */
export function frame(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}
