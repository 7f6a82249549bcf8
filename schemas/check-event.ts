import { DAY_MS } from './durations.ts'
import { EventError } from './event-error.ts'
import type { Envelope, Schema } from './avro/schema.ts'
import { formatValue } from './format-value.ts'
import type { Topic } from './topic.ts'

/** Maximum size of an encoded event in bytes, checked before decoding. */
export const EVENT_BYTES_MAX = 1 << 20

/** 1900-01-01: nothing that happened to a living customer is older. */
export const TIME_MIN_MS = -2_208_988_800_000
/** 10000-01-01: later times no longer fit into ISO 8601 with four digits. */
export const TIME_MAX_MS = 253_402_300_800_000

/** Throws `EventError` for an invalid value of the right type. */
type Check = (value: unknown) => void

const checks = new WeakMap<Topic, Check>()

/**
 * Checks an external event beyond its types. `key`: the record’s, `null` if it has none; `writtenAt`: the record’s
 * timestamp, ms. Throws `EventError` INVALID, NOT_FINITE, TIME_OUT_OF_RANGE or KEY_MISMATCH.
 */
export function checkEvent(
  topic: Topic,
  event: Envelope,
  { key, writtenAt }: { readonly key: string | null; readonly writtenAt: number },
): void {
  let check = checks.get(topic)
  if (check === undefined) checks.set(topic, (check = compile(topic)))
  check(event)
  const { occurredAt } = event
  // The absolute limits hold too, because a record’s timestamp may be any value.
  if (occurredAt < TIME_MIN_MS || occurredAt > writtenAt + DAY_MS || occurredAt >= TIME_MAX_MS) {
    const detail = `occurredAt is ${occurredAt}, the record was written at ${writtenAt} (ms since 1970).`
    throw new EventError('TIME_OUT_OF_RANGE', detail)
  }
  checkKey(topic, event, key)
}

/** Throws `EventError` KEY_MISMATCH unless the record’s key is the one that its event names. */
export function checkKey(topic: Topic, event: Envelope, key: string | null): void {
  const expected = topic.keyOf(event)
  if (key !== expected) {
    throw new EventError(
      'KEY_MISMATCH',
      `The key is ${formatValue(key)}, the payload’s ${topic.key} is ${formatValue(expected)}.`,
    )
  }
}

/** Compiles the check of a topic. Fields that accept every value have none and cost no time. */
function compile(topic: Topic): Check {
  const others = Object.entries(topic.schema.fields).filter(([name]) => name !== 'occurredAt')
  return recordCheck(Object.fromEntries(others), '') ?? (() => {})
}

function checkOf(schema: Schema<unknown>, path: string): Check | undefined {
  const { rule } = schema
  const typeCheck = checkOfShape(schema, path)
  if (rule === undefined) return typeCheck
  return (value) => {
    typeCheck?.(value)
    if (!rule.holds(value))
      throw new EventError('INVALID', `${path} is ${formatValue(value)}; it must be ${rule.description}.`)
  }
}

function checkOfShape({ shape }: Schema<unknown>, path: string): Check | undefined {
  switch (shape.kind) {
    case 'float':
    case 'double':
      return (value) => {
        if (!Number.isFinite(value)) throw new EventError('NOT_FINITE', `${path} is ${formatValue(value)}.`)
      }
    case 'string':
      return (value) => requireStorable(value as string, path)
    case 'timestamp':
      return (value) => {
        if ((value as number) >= TIME_MIN_MS && (value as number) < TIME_MAX_MS) return
        throw new EventError(
          'INVALID',
          `${path} is ${formatValue(value)}; it must lie between 1900 and 9999 (ms since 1970).`,
        )
      }
    case 'nullable': {
      const check = checkOf(shape.of, path)
      return check && ((value) => void (value === null || check(value)))
    }
    case 'array': {
      const check = checkOf(shape.items, `${path}[]`)
      return check && ((values) => void (values as readonly unknown[]).forEach(check))
    }
    case 'map': {
      const check = checkOf(shape.values, `${path}{}`)
      return (values) => {
        for (const [key, value] of Object.entries(values as Readonly<Record<string, unknown>>)) {
          requireStorable(key, path)
          check?.(value)
        }
      }
    }
    case 'record':
      return recordCheck(shape.fields, `${path}.`)
    default:
      return undefined
  }
}

function recordCheck(fields: Readonly<Record<string, Schema<unknown>>>, prefix: string): Check | undefined {
  const checked = Object.entries(fields).flatMap(([name, schema]) => {
    const check = checkOf(schema, `${prefix}${name}`)
    return check === undefined ? [] : [{ name, check }]
  })
  if (checked.length === 0) return undefined
  return (record) => {
    for (const { name, check } of checked) check((record as Readonly<Record<string, unknown>>)[name])
  }
}

/** Rejects a text with a NUL character: PostgreSQL can’t store one, and such an event would stop the sink for good. */
function requireStorable(text: string, path: string): void {
  if (text.includes('\0')) throw new EventError('INVALID', `${path} contains a NUL character.`)
}
