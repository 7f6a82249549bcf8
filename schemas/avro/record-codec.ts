import { avroType } from './avro-type.ts'
import { hex, inScratch, read, typeOf, write, type Resolver } from './codec.ts'
import { canonicalSchema } from './same-schema.ts'
import type { RecordSchema } from './schema.ts'

/** A state record. Failures are plain `Error`s: such bytes never come from outside. */
export interface RecordCodec<T> {
  encode(value: T): Buffer
  decode(bytes: Buffer): T
}

/**
 * Creates a codec for state records. Each record begins with the id of the schema that wrote it, one or two bytes; new
 * ones get `own`. Records of other writers, older and newer, are read by Avro’s schema resolution: missing fields get
 * their defaults, unknown ones are dropped.
 *
 * @param writers Schemas of all writers by id, Avro as JSON. Throws if records of one of them can’t be read.
 */
export function recordCodec<T>(
  schema: RecordSchema<T>,
  own: number,
  writers: ReadonlyMap<number, unknown>,
): RecordCodec<T> {
  const type = typeOf(schema as RecordSchema<unknown>)
  const resolvers = new Map<number, Resolver>()
  for (const [id, writer] of writers)
    if (id !== own) resolvers.set(id, resolverFor(schema as RecordSchema<unknown>, writer))
  return {
    encode: (value) => inScratch((buffer) => write(type, value, buffer, writeId(buffer, own), schema.name)),
    decode(bytes) {
      const id = recordIdOf(bytes)
      const resolver = id === own ? undefined : resolvers.get(id)
      if (id !== own && resolver === undefined)
        throw new Error(
          `A ${schema.name} begins with ${hex(bytes, 0, 1)}, and the state names no schema ${id} of such records.`,
        )
      try {
        return read(type, bytes, idBytes(id), bytes.length, resolver) as T
      } catch (cause) {
        throw new Error(`A ${schema.name} can’t be read: ${(cause as Error).message}.`, { cause })
      }
    },
  }
}

/** Larger ids set the highest bit of the first byte, and a second byte follows. */
const ONE_BYTE_IDS = 0x80
export const RECORD_IDS_MAX = 0x7fff

/** Returns the id of the schema that wrote a state record; −1 for no bytes. */
export function recordIdOf(bytes: Buffer): number {
  if (bytes.length === 0) return -1
  const first = bytes[0]!
  return first < ONE_BYTE_IDS ? first : ((first & 0x7f) << 8) | (bytes[1] ?? 0)
}

/** Returns a state record without its schema id. */
export function withoutSchemaId(bytes: Buffer): Buffer {
  return bytes.subarray(idBytes(recordIdOf(bytes)))
}

function idBytes(id: number): number {
  return id < ONE_BYTE_IDS ? 1 : 2
}

function writeId(buffer: Buffer, id: number): number {
  if (id < ONE_BYTE_IDS) {
    buffer[0] = id
    return 1
  }
  buffer[0] = ONE_BYTE_IDS | (id >>> 8)
  buffer[1] = id & 0xff
  return 2
}

const resolversOf = new WeakMap<RecordSchema<unknown>, Map<string, Resolver>>()

/** Returns the resolver for a writer’s schema, created once for all tasks. */
function resolverFor(schema: RecordSchema<unknown>, writer: unknown): Resolver {
  let known = resolversOf.get(schema)
  if (known === undefined) resolversOf.set(schema, (known = new Map()))
  const text = canonicalSchema(writer)
  let resolver = known.get(text)
  if (resolver === undefined) known.set(text, (resolver = typeOf(schema).createResolver(avroType(writer))))
  return resolver
}

export interface CommonFields {
  /** Reduces a record written with the other schema. */
  ofWriter(bytes: Buffer): Buffer
  /** Reduces a record written with the schema at hand. */
  ofReader(bytes: Buffer): Buffer
}

/**
 * Returns functions that reduce records of two writers to the fields that both know, for comparison. Records come
 * without ids.
 */
export function commonFields(schema: RecordSchema<unknown>, writer: unknown): CommonFields {
  const own = typeOf(schema)
  const other = avroType(writer)
  const toOwn = own.createResolver(other)
  const toOther = other.createResolver(own)
  const asOther = (bytes: Buffer) => other.toBuffer(read(other, bytes, 0, bytes.length, toOther))
  return { ofReader: asOther, ofWriter: (bytes) => asOther(own.toBuffer(read(own, bytes, 0, bytes.length, toOwn))) }
}
