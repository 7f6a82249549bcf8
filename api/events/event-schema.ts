import { TIME_MAX_MS, TIME_MIN_MS } from '../../schemas/check-event.ts'
import type { RecordSchema, Schema } from '../../schemas/avro/schema.ts'
import { PERSONAL } from '../http/personal.ts'
import { NO_NUL, Time } from '../http/schema-parts.ts'

type Json = Readonly<Record<string, unknown>>
/** The largest finite 32-bit float. */
const FLOAT_MAX = (2 - 2 ** -23) * 2 ** 127
const BASE64 = '^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$'
const DAY = '((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)'
const HOUR = '(([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?|24:00(:00([.]0+)?)?)'
const LEAP_YEAR = '((19|[2-9][0-9])(0[48]|[2468][048]|[13579][26])|([2468][048]|[3579][26])00)'
/** A date, or a date and time with its zone. */
const ISO_TIME = `^((19|[2-9][0-9])[0-9]{2}-${DAY}|${LEAP_YEAR}-02-29)(T${HOUR}(Z|[+-]([01][0-9]|2[0-3]):?[0-5][0-9]))?$`

type Fields = Readonly<Record<string, Schema<unknown>>>
export interface RecordJson extends Json {
  readonly required: readonly string[]
  readonly properties: Json
}

/**
 * Returns the JSON Schema of what `fromJson` of schemas/json/json-event.ts accepts, for the API's description only:
 * `fromJson` does the validation.
 */
export function eventSchema({ fields, name, doc }: RecordSchema<unknown>): RecordJson {
  return { title: name, ...(doc === undefined ? {} : { description: doc }), ...recordSchema(fields, 'taken') }
}

/** Returns the JSON Schema of the output of `toJson`: all fields are present, without the constraints on input. */
export function responseSchema({ fields, name, doc }: RecordSchema<unknown>): RecordJson {
  return { title: name, ...(doc === undefined ? {} : { description: doc }), ...recordSchema(fields, 'given') }
}

type Direction = 'taken' | 'given'

function recordSchema(fields: Fields, direction: Direction): RecordJson {
  const entries = Object.entries(fields)
  return {
    type: 'object',
    additionalProperties: false,
    required: entries
      .filter(([, field]) => direction === 'given' || field.fallback === undefined)
      .map(([name]) => name),
    properties: Object.fromEntries(entries.map(([name, field]) => [name, fieldSchema(field, direction)])),
  }
}

function fieldSchema(schema: Schema<unknown>, direction: Direction): Json {
  if (direction === 'given')
    return {
      ...shapeSchema(schema, direction),
      ...(schema.doc === undefined ? {} : { description: schema.doc }),
      ...(schema.personal === undefined ? {} : { [PERSONAL]: schema.personal }),
    }
  const rule = schema.rule === undefined ? undefined : `It must be ${schema.rule.description}.`
  const description = [schema.doc, rule].filter((part) => part !== undefined).join(' ')
  return {
    ...shapeSchema(schema, direction),
    ...schema.json,
    ...(description === '' ? {} : { description }),
    ...(schema.fallback === undefined ? {} : { default: schema.fallback.value }),
  }
}

function shapeSchema({ shape }: Schema<unknown>, direction: Direction): Json {
  switch (shape.kind) {
    case 'string':
      return { type: 'string', pattern: NO_NUL }
    case 'boolean':
      return { type: 'boolean' }
    case 'int':
      return { type: 'integer', minimum: -(2 ** 31), maximum: 2 ** 31 - 1 }
    case 'long':
      return { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER }
    case 'float':
      return { type: 'number', minimum: -FLOAT_MAX, maximum: FLOAT_MAX }
    case 'double':
      return { type: 'number' }
    case 'bytes':
      return { type: 'string', contentEncoding: 'base64', pattern: BASE64 }
    case 'timestamp':
      if (direction === 'given') return { ...Time }
      return {
        type: ['string', 'integer'],
        pattern: ISO_TIME,
        minimum: TIME_MIN_MS,
        exclusiveMaximum: TIME_MAX_MS,
        description: 'ISO 8601 with a time zone, or ms since 1970.',
      }
    case 'enum':
      return { type: 'string', enum: shape.symbols }
    case 'nullable': {
      const inner = fieldSchema(shape.of, direction)
      return 'type' in inner && !('enum' in inner)
        ? { ...inner, type: [inner['type'], 'null'].flat() }
        : { anyOf: [inner, { type: 'null' }] }
    }
    case 'array':
      return { type: 'array', items: fieldSchema(shape.items, direction) }
    case 'map':
      return {
        type: 'object',
        propertyNames: { pattern: NO_NUL },
        additionalProperties: fieldSchema(shape.values, direction),
      }
    case 'record':
      return recordSchema(shape.fields, direction)
  }
}
