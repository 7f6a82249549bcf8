import type { RecordSchema, Schema } from '../schemas/schema.ts'

type Json = Readonly<Record<string, unknown>>

/** What `fromJson` of schemas/json-event.ts takes, as JSON Schema: for the API's description. The check itself is done there. */
export function eventSchema({ fields, name, doc }: RecordSchema<unknown>): Json {
  return { title: name, ...(doc === undefined ? {} : { description: doc }), ...recordSchema(fields) }
}

function recordSchema(fields: Readonly<Record<string, Schema<unknown>>>): Json {
  const entries = Object.entries(fields)
  return {
    type: 'object',
    additionalProperties: false,
    required: entries.filter(([, field]) => field.fallback === undefined).map(([name]) => name),
    properties: Object.fromEntries(entries.map(([name, field]) => [name, fieldSchema(field)])),
  }
}

function fieldSchema(schema: Schema<unknown>): Json {
  const rule = schema.rule === undefined ? undefined : `It must be ${schema.rule.words}.`
  const description = [schema.doc, rule].filter((part) => part !== undefined).join(' ')
  return {
    ...shapeSchema(schema),
    ...schema.json,
    ...(description === '' ? {} : { description }),
    ...(schema.fallback === undefined ? {} : { default: schema.fallback.value }),
  }
}

function shapeSchema({ shape }: Schema<unknown>): Json {
  switch (shape.kind) {
    case 'string':
    case 'boolean':
      return { type: shape.kind }
    case 'int':
    case 'long':
      return { type: 'integer' }
    case 'float':
    case 'double':
      return { type: 'number' }
    case 'bytes':
      return { type: 'string', contentEncoding: 'base64' }
    case 'timestamp':
      return { type: ['string', 'integer'], description: 'ISO 8601 with its zone, or ms since 1970.' }
    case 'enum':
      return { type: 'string', enum: shape.symbols }
    case 'nullable': {
      const inner = fieldSchema(shape.of)
      return 'type' in inner && !('enum' in inner)
        ? { ...inner, type: [inner['type'], 'null'].flat() }
        : { anyOf: [inner, { type: 'null' }] }
    }
    case 'array':
      return { type: 'array', items: fieldSchema(shape.items) }
    case 'map':
      return { type: 'object', additionalProperties: fieldSchema(shape.values) }
    case 'record':
      return recordSchema(shape.fields)
  }
}
