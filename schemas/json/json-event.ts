import { TIME_MAX_MS, TIME_MIN_MS } from '../check-event.ts'
import { escaped } from './duplicate-name.ts'
import { timeFromIso } from './iso-time.ts'
import type { Schema, Shape } from '../avro/schema.ts'
import { formatValue } from '../format-value.ts'
import type { Topic } from '../topic.ts'

/** A problem of a value, with its place. */
export interface Problem {
  /** A JSON Pointer (RFC 6901): `/turns/0/text`; empty for the whole value. */
  readonly path: string
  readonly problem: string
}

/** Problem of a required field that is missing. */
export const MISSING = 'It is missing.'

export type FromJson<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem[] }

/**
 * Converts a JSON object to a value of the topic, or reports all that is wrong with it. Times are ISO 8601 with a zone
 * or ms since 1970, bytes base64. Missing fields get the schema’s defaults; unknown fields are rejected.
 */
export function fromJson<T>(topic: Topic<T>, json: unknown): FromJson<T> {
  const problems: Problem[] = []
  const value = convert(topic.schema, json, '', problems)
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: value as T }
}

/**
 * Converts a value of the topic to a JSON object that `fromJson` reads. Numbers that JSON can’t express (NaN,
 * infinities) become null.
 */
export function toJson<T>(topic: Topic<T>, value: T): Record<string, unknown> {
  return toJsonValue(topic.schema.shape, value) as Record<string, unknown>
}

/** Returns `undefined` and adds a problem on failure. */
function convert(schema: Schema<unknown>, json: unknown, path: string, problems: Problem[]): unknown {
  const countBefore = problems.length
  const value = convertShape(schema.shape, json, path, problems)
  if (problems.length === countBefore && schema.rule !== undefined && !schema.rule.holds(value)) {
    problems.push({ path, problem: `It is ${formatValue(json)} and must be ${schema.rule.description}.` })
  }
  return value
}

function convertShape(shape: Shape, json: unknown, path: string, problems: Problem[]): unknown {
  function reject(expected: string): undefined {
    problems.push({ path, problem: `It is ${formatValue(json)} and must be ${expected}.` })
  }
  switch (shape.kind) {
    case 'string':
      if (typeof json !== 'string') return reject('a string')
      return json.includes('\0') || !json.isWellFormed()
        ? reject('a string without NUL characters or lone surrogates')
        : json
    case 'boolean':
      return typeof json === 'boolean' ? json : reject('true or false')
    case 'int':
      return typeof json === 'number' && json === (json | 0) ? json : reject('a whole number of 32 bits')
    case 'long':
      return Number.isSafeInteger(json) ? json : reject('a whole number below 2^53')
    case 'float':
      return typeof json === 'number' && Number.isFinite(Math.fround(json))
        ? json
        : reject('a finite number of 32 bits')
    case 'double':
      return typeof json === 'number' && Number.isFinite(json) ? json : reject('a finite number')
    case 'bytes':
      return typeof json === 'string' && isBase64(json) ? Buffer.from(json, 'base64') : reject('bytes in base64')
    case 'timestamp': {
      const time = typeof json === 'string' ? timeFromIso(json) : json
      const isTime = Number.isSafeInteger(time) && (time as number) >= TIME_MIN_MS && (time as number) < TIME_MAX_MS
      return isTime
        ? time
        : reject('a time from 1900 to 9999: ISO 8601 with its zone (2026-01-31T09:00:00+08:00) or ms since 1970')
    }
    case 'enum':
      return shape.symbols.includes(json as string) ? json : reject(`one of ${shape.symbols.join(', ')}`)
    case 'nullable':
      return json === null ? null : convert(shape.of, json, path, problems)
    case 'array':
      if (!Array.isArray(json)) return reject('an array')
      return json.map((item, index) => convert(shape.items, item, `${path}/${index}`, problems))
    case 'map':
      if (!isObject(json)) return reject('an object')
      return Object.fromEntries(
        Object.entries(json).map(([key, value]) => {
          const inner = `${path}/${escaped(key)}`
          return [
            convertShape({ kind: 'string' }, key, inner, problems) ?? key,
            convert(shape.values, value, inner, problems),
          ]
        }),
      )
    case 'record':
      return isObject(json) ? convertRecord(shape, json, path, problems) : reject('an object')
  }
}

function convertRecord(
  { name, fields }: Shape & { kind: 'record' },
  json: Readonly<Record<string, unknown>>,
  path: string,
  problems: Problem[],
): Record<string, unknown> {
  for (const key of Object.keys(json)) {
    if (!Object.hasOwn(fields, key))
      problems.push({ path: `${path}/${escaped(key)}`, problem: `${name} has no such field.` })
  }
  const value: Record<string, unknown> = {}
  for (const [field, schema] of Object.entries(fields)) {
    const inner = `${path}/${field}`
    if (Object.hasOwn(json, field)) value[field] = convert(schema, json[field], inner, problems)
    else if (schema.fallback !== undefined) value[field] = schema.fallback.value
    else problems.push({ path: inner, problem: MISSING })
  }
  return value
}

function toJsonValue(shape: Shape, value: unknown): unknown {
  switch (shape.kind) {
    case 'float':
    case 'double':
      return Number.isFinite(value) ? value : null
    case 'bytes':
      return (value as Buffer).toString('base64')
    case 'timestamp': {
      const time = new Date(value as number)
      return Number.isNaN(time.getTime()) ? value : time.toISOString()
    }
    case 'nullable':
      return value === null ? null : toJsonValue(shape.of.shape, value)
    case 'array':
      return (value as readonly unknown[]).map((item) => toJsonValue(shape.items.shape, item))
    case 'map':
      return Object.fromEntries(
        Object.entries(value as Readonly<Record<string, unknown>>).map(([key, item]) => [
          key,
          toJsonValue(shape.values.shape, item),
        ]),
      )
    case 'record':
      return Object.fromEntries(
        Object.entries(shape.fields).map(([field, { shape }]) => [
          field,
          toJsonValue(shape, (value as Readonly<Record<string, unknown>>)[field]),
        ]),
      )
    default:
      return value
  }
}

function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text)
}
