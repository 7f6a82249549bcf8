import { Type, type TSchema, type TUnsafe } from 'typebox'
import type { IsTime, RecordSchema, Schema } from '../../schemas/avro/schema.ts'
import { PERSONAL } from './personal.ts'
import { nullable, Time } from './schema-parts.ts'

/** A field's type in a response. Enums are plain strings: a newer version may have stored other symbols. */
type ResponseValue<V> = V extends string | Uint8Array
  ? string
  : V extends number
    ? IsTime<V> extends true
      ? string
      : number
    : V extends readonly (infer Item)[]
      ? readonly ResponseValue<Item>[]
      : V extends object
        ? { readonly [K in keyof V]: ResponseValue<V[K]> }
        : V

/**
 * Returns a record's fields for the schema of a response, with their descriptions: times in ISO 8601, bytes in base64.
 * `without`: fields that the response omits or describes itself.
 */
export function responseFields<T, Left extends keyof T & string = never>(
  { fields }: RecordSchema<T>,
  without: readonly Left[] = [],
): { readonly [K in Exclude<keyof T, Left>]: TUnsafe<ResponseValue<T[K]>> } {
  const kept = Object.entries(fields).filter(([field]) => !(without as readonly string[]).includes(field))
  return Object.fromEntries(kept.map(([field, schema]) => [field, responseField(schema)])) as never
}

type Described = TSchema & { readonly type: string; readonly description?: string }

function responseField(schema: Schema<unknown>): Described {
  const type = typeOf(schema)
  const doc = schema.doc ?? (schema.shape.kind === 'nullable' ? schema.shape.of.doc : undefined)
  const { personal } = schema
  return {
    ...type,
    ...(doc !== undefined && { description: [doc, type.description].join(' ').trimEnd() }),
    ...(personal !== undefined && { [PERSONAL]: personal }),
  } as Described
}

function typeOf({ shape }: Schema<unknown>): Described {
  switch (shape.kind) {
    case 'string':
    case 'enum':
    case 'bytes':
      return Type.String()
    case 'boolean':
      return Type.Boolean()
    case 'int':
    case 'long':
      return Type.Integer()
    case 'float':
    case 'double':
      return Type.Number()
    case 'timestamp':
      return Time
    case 'nullable':
      return nullable(typeOf(shape.of)) as never
    case 'array':
      return Type.Array(responseField(shape.items))
    case 'map':
      return Type.Record(Type.String(), responseField(shape.values))
    case 'record':
      return Type.Object(
        Object.fromEntries(Object.entries(shape.fields).map(([field, inner]) => [field, responseField(inner)])),
      )
  }
}
