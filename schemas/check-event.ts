import type { Envelope, Schema } from './schema.ts'
import { EventError } from './event-error.ts'
import type { Topic } from './topic.ts'

/** An event takes no more bytes than that. */
export const EVENT_BYTES_MAX = 1 << 20

const DAY_MS = 86_400_000
const EARLIEST_MS = Date.UTC(1900, 0, 1)
const CURRENCY = /^[A-Z]{3}$/

/** Refuses an event whose fields fit the schema and yet can't be true. */
type Check = (value: Readonly<Record<string, unknown>>) => void

const checks = new WeakMap<Topic, Check>()

/**
 * Checks an event from outside beyond its types. `key`: the record's, `null` where it has none; `writtenAt`: when the record was
 * written, ms. Throws `EventError`.
 */
export function checkEvent(
  topic: Topic,
  event: Envelope,
  { key, writtenAt }: { readonly key: string | null; readonly writtenAt: number },
): void {
  let check = checks.get(topic)
  if (check === undefined) checks.set(topic, (check = compile(topic)))
  check(event as unknown as Readonly<Record<string, unknown>>)
  if (event.occurredAt < EARLIEST_MS || event.occurredAt > writtenAt + DAY_MS) {
    throw new EventError(
      'TIME_OUT_OF_RANGE',
      `occurredAt is ${event.occurredAt}, the record was written at ${writtenAt} (ms since 1970).`,
    )
  }
  const expected = topic.keyOf(event)
  if (key !== expected)
    throw new EventError(
      'KEY_MISMATCH',
      `The key is ${JSON.stringify(key)}, the payload’s ${topic.key} is ${JSON.stringify(expected)}.`,
    )
}

function compile(topic: Topic): Check {
  const fields = Object.entries(topic.schema.fields)
  const numbers = fields.filter(([, schema]) => holdsFloat(schema)).map(([name]) => name)
  const names = fields.filter(([name]) => name === 'id' || name === 'customerId' || name === 'accountId').map(([name]) => name)
  const hasCurrency = fields.some(([name]) => name === 'currency')
  const amountIsSigned = topic.name.endsWith('transactions')
  const amounts = amountIsSigned ? [] : fields.filter(([name]) => name === 'amountMinor').map(([name]) => name)

  return (event) => {
    for (const name of names) if (event[name] === '') throw new EventError('INVALID', `${name} is empty.`)
    for (const name of numbers) requireFinite(event[name], name)
    for (const name of amounts)
      if ((event[name] as number) < 0) throw new EventError('INVALID', `${name} is ${String(event[name])}; it can’t be negative.`)
    if (hasCurrency && event['currency'] !== null && !CURRENCY.test(event['currency'] as string)) {
      throw new EventError('INVALID', `currency is ${JSON.stringify(event['currency'])}; it must be an ISO 4217 code.`)
    }
  }
}

function holdsFloat({ avro }: Schema<unknown>): boolean {
  return /"(double|float)"/.test(JSON.stringify(avro))
}

function requireFinite(value: unknown, path: string): void {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new EventError('NOT_FINITE', `${path} is ${value}.`)
  } else if (value !== null && typeof value === 'object' && !ArrayBuffer.isView(value)) {
    for (const [name, inner] of Object.entries(value)) requireFinite(inner, `${path}.${name}`)
  }
}
