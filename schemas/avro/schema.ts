import type { PersonalKind } from '../persons.ts'

/**
 * An Avro schema (https://avro.apache.org/docs/1.12.0/specification) that also carries the TypeScript type of its
 * values.
 */
export interface Schema<T> {
  readonly avro: unknown
  /** The same structure for code that walks values: checks, JSON, the catalogue of topics. */
  readonly shape: Shape
  /** Only a field that has a default can be added to a released record. */
  readonly fallback?: { readonly value: unknown }
  readonly doc?: string
  /** The kind of personal data that it holds; not part of the Avro schema. */
  readonly personal?: PersonalKind
  /** A rule for valid values besides the type; not part of the Avro schema. */
  readonly rule?: Rule<T>
  /** The part of the rule that JSON Schema can express. */
  readonly json?: Readonly<Record<string, unknown>>
  /** Type-level only; never present at run time. */
  readonly type?: T
}
export type TypeOf<S> = S extends Schema<infer T> ? T : never

export type Shape =
  | { readonly kind: 'string' | 'boolean' | 'int' | 'long' | 'float' | 'double' | 'bytes' | 'timestamp' }
  | { readonly kind: 'enum'; readonly symbols: readonly string[] }
  | { readonly kind: 'nullable'; readonly of: Schema<unknown> }
  | { readonly kind: 'array'; readonly items: Schema<unknown> }
  | { readonly kind: 'map'; readonly values: Schema<unknown> }
  | { readonly kind: 'record'; readonly name: string; readonly fields: Fields }

export interface Rule<T> {
  /** Ends the sentence “It must be …”. */
  readonly description: string
  /** Method syntax on purpose: a schema of some value is still a schema of unknown values. */
  holds(value: T): boolean
}

export interface RecordSchema<T> extends Schema<T> {
  readonly name: string
  readonly fields: Fields
}

type Fields = Readonly<Record<string, Schema<unknown>>>
type RecordOf<F extends Fields> = { readonly [K in keyof F]: TypeOf<F[K]> }

export const string: Schema<string> = { avro: 'string', shape: { kind: 'string' } }
export const boolean: Schema<boolean> = { avro: 'boolean', shape: { kind: 'boolean' } }
export const int: Schema<number> = { avro: 'int', shape: { kind: 'int' } }
/** A 64-bit integer that must be a safe integer: anything larger is refused, never rounded. */
export const long: Schema<number> = { avro: 'long', shape: { kind: 'long' } }
export const float: Schema<number> = { avro: 'float', shape: { kind: 'float' } }
export const double: Schema<number> = { avro: 'double', shape: { kind: 'double' } }
export const bytes: Schema<Buffer> = { avro: 'bytes', shape: { kind: 'bytes' } }
/**
 * Milliseconds since the epoch. Any number is assignable; the brand, which no value has, lets types distinguish times
 * from other numbers.
 */
export type Timestamp = number & { readonly unit?: 'ms since 1970' }
/** Whether values of this type are times. */
export type IsTime<V> = keyof Timestamp extends keyof V ? true : false
/** Milliseconds since the epoch, in event time. */
export const timestamp: Schema<Timestamp> = {
  avro: { type: 'long', logicalType: 'timestamp-millis' },
  shape: { kind: 'timestamp' },
}

/** Makes a schema nullable. The default is `null`, so that the field may be added to a released record. */
export function nullable<T>(schema: Schema<T>): Schema<T | null> {
  return { avro: ['null', schema.avro], shape: { kind: 'nullable', of: schema }, fallback: { value: null } }
}

export function array<T>(items: Schema<T>): Schema<readonly T[]> {
  return { avro: { type: 'array', items: items.avro }, shape: { kind: 'array', items }, fallback: { value: [] } }
}

export function map<T>(values: Schema<T>): Schema<Readonly<Record<string, T>>> {
  return { avro: { type: 'map', values: values.avro }, shape: { kind: 'map', values }, fallback: { value: {} } }
}

/** Declares an enum. A reader that does not know a symbol sees the first one, so the first is the neutral one. */
export function enumeration<const S extends readonly [string, ...string[]]>(
  name: string,
  symbols: S,
): Schema<S[number]> {
  return { avro: { type: 'enum', name, symbols, default: symbols[0] }, shape: { kind: 'enum', symbols } }
}

export function withDefault<T>(schema: Schema<T>, value: NoInfer<T>): Schema<T> {
  return { ...schema, fallback: { value } }
}

export function documented<T>(doc: string, schema: Schema<T>): Schema<T> {
  return { ...schema, doc }
}

/** Marks a field with personal data of the customer, which the API masks for those who may not see it. */
export function personal<T>(kind: PersonalKind, schema: Schema<T>): Schema<T> {
  return { ...schema, personal: kind }
}

/**
 * Adds a rule to a schema: external values that break it are rejected. `words` end the sentence “It must be …”. `json`:
 * the part of the rule that JSON Schema can express.
 */
export function withRule<T>(
  description: string,
  schema: Schema<T>,
  holds: (value: T) => boolean,
  json?: Readonly<Record<string, unknown>>,
): Schema<T> {
  return {
    ...schema,
    rule: { description, holds },
    ...(json === undefined ? {} : { json: { ...schema.json, ...json } }),
  }
}

export function record<F extends Fields>(name: string, doc: string, fields: F): RecordSchema<RecordOf<F>> {
  const avroFields = Object.entries(fields).map(([field, schema]) => ({
    name: field,
    type: schema.avro,
    ...(schema.doc === undefined ? {} : { doc: schema.doc }),
    ...(schema.fallback === undefined ? {} : { default: schema.fallback.value }),
  }))
  const avro = { type: 'record', name, namespace: 'scoreline', doc, fields: avroFields }
  return { name, fields, avro, doc, shape: { kind: 'record', name, fields } }
}

/**
 * An id becomes part of keys: of Kafka records, of state records, of PostgreSQL indexes. These count bytes and hold
 * several ids at once; an index entry has at most 2,704 bytes.
 */
export const IDENTIFIER_BYTES_MAX = 512

/** Id of a thing: an event, a customer, a visit. */
export const identifier = withRule(
  `1 to ${IDENTIFIER_BYTES_MAX} bytes of UTF-8 without control characters`,
  string,
  (id) => id.length > 0 && hasBytesAtMost(id, IDENTIFIER_BYTES_MAX) && !/[\u0000-\u001f\u007f]/.test(id),
  // JSON Schema counts characters.
  { minLength: 1, maxLength: IDENTIFIER_BYTES_MAX, pattern: '^[^\\u0000-\\u001f\\u007f]*$' },
)

/** A name used for lookups; may be empty. */
const shortName = withRule(
  `at most ${IDENTIFIER_BYTES_MAX} bytes of UTF-8`,
  string,
  (name) => hasBytesAtMost(name, IDENTIFIER_BYTES_MAX),
  { maxLength: IDENTIFIER_BYTES_MAX },
)

function hasBytesAtMost(text: string, most: number): boolean {
  // A UTF-16 code unit takes at most three bytes.
  return text.length * 3 <= most || Buffer.byteLength(text) <= most
}

const envelope = {
  id: documented('Unique per event; an event with a repeated id is a duplicate.', identifier),
  occurredAt: documented('Event time.', timestamp),
  source: documented('The system that emitted the event, e.g. crm, core-banking, simulator.', shortName),
}

/** Declares a record with the fields of every event: an id, an event time and a source. */
export function event<F extends Fields>(
  name: string,
  doc: string,
  fields: F,
): RecordSchema<RecordOf<typeof envelope & F>> {
  return record(name, doc, { ...envelope, ...fields })
}

/** The fields of every event. */
export type Envelope = { readonly [K in keyof typeof envelope]: TypeOf<(typeof envelope)[K]> }
