/** An Avro schema (https://avro.apache.org/docs/1.12.0/specification) that also carries the TypeScript type of its values. */
export interface Schema<T> {
  readonly avro: unknown
  /** Only a field that has a default can be added to a released record. */
  readonly fallback?: { readonly value: unknown }
  readonly doc?: string
  /** Type-level only; never present at run time. */
  readonly type?: T
}
export type TypeOf<S> = S extends Schema<infer T> ? T : never

export interface RecordSchema<T> extends Schema<T> {
  readonly name: string
  readonly fields: Readonly<Record<string, Schema<unknown>>>
}

export const string: Schema<string> = { avro: 'string' }
export const boolean: Schema<boolean> = { avro: 'boolean' }
export const int: Schema<number> = { avro: 'int' }
/** A 64-bit integer that must be a safe integer: anything larger is refused, never rounded. */
export const long: Schema<number> = { avro: 'long' }
export const float: Schema<number> = { avro: 'float' }
export const double: Schema<number> = { avro: 'double' }
export const bytes: Schema<Buffer> = { avro: 'bytes' }
/** Milliseconds since the epoch, in event time. */
export const timestamp: Schema<number> = { avro: { type: 'long', logicalType: 'timestamp-millis' } }

/** `null` unless given, so that it may be added to a released record. */
export function nullable<T>(schema: Schema<T>): Schema<T | null> {
  return { avro: ['null', schema.avro], fallback: { value: null } }
}

export function array<T>(items: Schema<T>): Schema<readonly T[]> {
  return { avro: { type: 'array', items: items.avro }, fallback: { value: [] } }
}

export function map<T>(values: Schema<T>): Schema<Readonly<Record<string, T>>> {
  return { avro: { type: 'map', values: values.avro }, fallback: { value: {} } }
}

/** A reader that does not know a symbol yet sees the first one, so the first is the neutral one. */
export function enumeration<const S extends readonly [string, ...string[]]>(name: string, symbols: S): Schema<S[number]> {
  return { avro: { type: 'enum', name, symbols, default: symbols[0] } }
}

export function withDefault<T>(schema: Schema<T>, value: NoInfer<T>): Schema<T> {
  return { ...schema, fallback: { value } }
}

export function documented<T>(doc: string, schema: Schema<T>): Schema<T> {
  return { ...schema, doc }
}

type Fields = Readonly<Record<string, Schema<unknown>>>
type RecordOf<F extends Fields> = { readonly [K in keyof F]: TypeOf<F[K]> }

export function record<F extends Fields>(name: string, doc: string, fields: F): RecordSchema<RecordOf<F>> {
  const avroFields = Object.entries(fields).map(([field, schema]) => ({
    name: field,
    type: schema.avro,
    ...(schema.doc === undefined ? {} : { doc: schema.doc }),
    ...(schema.fallback === undefined ? {} : { default: schema.fallback.value }),
  }))
  return { name, fields, avro: { type: 'record', name, namespace: 'scoreline', doc, fields: avroFields } }
}

const envelope = {
  id: documented('Unique per event; the same id again is the same event again.', string),
  occurredAt: documented('Event time.', timestamp),
  source: documented('The system that emitted the event, e.g. crm, core-banking, simulator.', string),
}

/** A record with what every event has: an id, an event time and a source. */
export function event<F extends Fields>(name: string, doc: string, fields: F): RecordSchema<RecordOf<typeof envelope & F>> {
  return record(name, doc, { ...envelope, ...fields })
}

/** What every event has. */
export type Envelope = { readonly [K in keyof typeof envelope]: TypeOf<(typeof envelope)[K]> }
