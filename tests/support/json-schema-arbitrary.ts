/**
 * Generates values that fit a JSON Schema, for the part of JSON Schema that the description of the API uses. Anything
 * else is an error.
 */
import fc from 'fast-check'

export interface JsonSchema {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly JsonSchema[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: JsonSchema | boolean
  readonly propertyNames?: JsonSchema
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>
  readonly minProperties?: number
  readonly items?: JsonSchema
  readonly minItems?: number
  readonly maxItems?: number
  readonly pattern?: string
  readonly format?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMaximum?: number
}

/** Long lists and texts take time and find nothing more. */
const ITEMS_MAX = 3
const CHARACTERS_MAX = 40

export function fitting(schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  if (schema.anyOf !== undefined) {
    const { anyOf, ...rest } = schema
    return fc.oneof(...anyOf.map((one) => fitting(merged(rest, one))))
  }
  const types = [schema.type ?? 'object'].flat()
  return fc.oneof(...types.map((type) => fittingType(type, schema)))
}

/** Merges a schema with one of its alternatives. */
function merged(one: JsonSchema, other: JsonSchema): JsonSchema {
  return {
    ...one,
    ...other,
    ...(one.properties === undefined && other.properties === undefined
      ? {}
      : { properties: { ...one.properties, ...other.properties } }),
    ...(one.required === undefined && other.required === undefined
      ? {}
      : { required: [...(one.required ?? []), ...(other.required ?? [])] }),
  }
}

function fittingType(type: string, schema: JsonSchema): fc.Arbitrary<unknown> {
  switch (type) {
    case 'null':
      return fc.constant(null)
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return fc.integer({
        min: Math.max(schema.minimum ?? -1_000, Number.MIN_SAFE_INTEGER),
        max: Math.min(schema.maximum ?? (schema.exclusiveMaximum ?? 1_001) - 1, Number.MAX_SAFE_INTEGER),
      })
    case 'number':
      return fc.double({ min: schema.minimum ?? -1e9, max: schema.maximum ?? 1e9, noNaN: true })
    case 'string':
      return text(schema)
    case 'array':
      return fc.array(fitting(schema.items ?? { type: 'null' }), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? ITEMS_MAX, Math.max(ITEMS_MAX, schema.minItems ?? 0)),
      })
    case 'object':
      return object(schema)
    default:
      throw new Error(`There are no values of ${type} yet.`)
  }
}

function text({ pattern, format, minLength = 0, maxLength = CHARACTERS_MAX }: JsonSchema): fc.Arbitrary<string> {
  if (format === 'date-time')
    return fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }).map((date) => date.toISOString())
  const most = Math.min(maxLength, Math.max(CHARACTERS_MAX, minLength))
  const fits = (value: string) => value.length >= minLength && value.length <= most
  if (pattern === undefined || /^\^?\[\^/.test(pattern)) {
    const allowed = new RegExp(pattern ?? '')
    return fc
      .string({ unit: 'binary', minLength, maxLength: most })
      .filter((value) => fits(value) && allowed.test(value))
  }
  return fc.stringMatching(new RegExp(pattern)).filter(fits)
}

function object({
  properties = {},
  required = [],
  additionalProperties,
  propertyNames,
  minProperties = 0,
}: JsonSchema) {
  const arbitraries = Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, fitting(schema)]))
  const named = fc.record(arbitraries, { requiredKeys: [...required], noNullPrototype: true })
  if (typeof additionalProperties !== 'object')
    return named.filter((value) => Object.keys(value).length >= minProperties)
  const names = fitting({ type: 'string', minLength: 1, ...propertyNames }) as fc.Arbitrary<string>
  const others = fc.dictionary(names, fitting(additionalProperties), { maxKeys: ITEMS_MAX, noNullPrototype: true })
  return fc.tuple(others, named).map(([more, known]) => ({ ...more, ...known }))
}
