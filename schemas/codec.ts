import avro, { type Type } from 'avsc'
import { EventError } from './event-error.ts'
import type { Registry } from './registry.ts'
import type { RecordSchema } from './schema.ts'
import type { Topic } from './topic.ts'

/** Values of a topic as bytes: the Confluent frame (a zero byte, the schema id as int32, big endian) and Avro binary behind it. */
export interface Codec<T> {
  encode(value: T): Buffer
  /** The bytes from `start` (inclusive) to `end` (exclusive). Throws `EventError` that says why they can't be read. */
  decode(bytes: Buffer, start: number, end: number): T
}

const FRAME_BYTES = 5
type Resolver = ReturnType<Type['createResolver']>

const types = new WeakMap<RecordSchema<unknown>, Type>()

function typeOf(schema: RecordSchema<unknown>): Type {
  let type = types.get(schema)
  if (type === undefined) types.set(schema, (type = avro.Type.forSchema(schema.avro as avro.Schema)))
  return type
}

const codecs = new WeakMap<Registry, WeakMap<Topic, Codec<unknown>>>()

export function codecOf<T>(topic: Topic<T>, registry: Registry): Codec<T> {
  let ofRegistry = codecs.get(registry)
  if (ofRegistry === undefined) codecs.set(registry, (ofRegistry = new WeakMap()))
  let codec = ofRegistry.get(topic as Topic)
  if (codec === undefined) ofRegistry.set(topic as Topic, (codec = createCodec(topic as Topic, registry)))
  return codec as Codec<T>
}

function createCodec(topic: Topic, registry: Registry): Codec<unknown> {
  const type = typeOf(topic.schema)
  const ownId = registry.idOf(topic)
  const resolvers = new Map<number, { readonly writer: Type; readonly resolver: Resolver | undefined }>()
  resolvers.set(ownId, { writer: type, resolver: undefined })
  const scratch = new Scratch()

  function resolverOf(id: number) {
    let known = resolvers.get(id)
    if (known !== undefined) return known
    const released = registry.byId(id)
    if (released === undefined)
      throw new EventError('UNKNOWN_SCHEMA', `It names the id ${id}; register that schema, or write with a released one.`)
    const writer = avro.Type.forSchema(released.schema as avro.Schema)
    try {
      known = { writer, resolver: type.createResolver(writer) }
    } catch (error) {
      throw new EventError(
        'INCOMPATIBLE_SCHEMA',
        `Id ${id} is ${released.subject} version ${released.version}: ${(error as Error).message}`,
      )
    }
    resolvers.set(id, known)
    return known
  }

  return {
    encode: (value) => scratch.write(type, value, ownId),
    decode(bytes, start, end) {
      if (end - start < FRAME_BYTES || bytes[start] !== 0) {
        throw new EventError(
          'NOT_FRAMED',
          `It begins with ${bytes.toString('hex', start, Math.min(end, start + FRAME_BYTES)) || 'nothing'}.`,
        )
      }
      const id = bytes.readInt32BE(start + 1)
      const { writer, resolver } = resolverOf(id)
      return read(writer, resolver, bytes.subarray(start + FRAME_BYTES, end), `schema id ${id}`)
    },
  }
}

/** A record without a frame: for what only its writer reads back. */
export function recordCodec<T>(schema: RecordSchema<T>): { encode(value: T): Buffer; decode(bytes: Buffer): T } {
  const type = typeOf(schema)
  return {
    encode: (value) => type.toBuffer(value),
    decode: (bytes) => read(type, undefined, bytes, schema.name) as T,
  }
}

function read(writer: Type, resolver: Resolver | undefined, bytes: Buffer, what: string): unknown {
  let result: { value: unknown; offset: number }
  try {
    result = writer.decode(bytes, 0, resolver) as typeof result
  } catch (error) {
    throw new EventError('UNDECODABLE', `As ${what}: ${(error as Error).message}.`)
  }
  if (result.offset < 0) throw new EventError('UNDECODABLE', `As ${what}: the value is cut short.`)
  if (result.offset !== bytes.length)
    throw new EventError('UNDECODABLE', `As ${what}: ${bytes.length - result.offset} bytes are left over.`)
  return result.value
}

/** One buffer for all encoding, so that the size of a value need not be known beforehand; what is handed out is a copy. */
class Scratch {
  #buffer = Buffer.allocUnsafeSlow(4_096)

  write(type: Type, value: unknown, id: number): Buffer {
    let end = type.encode(value, this.#buffer, FRAME_BYTES)
    if (end < 0) {
      this.#buffer = Buffer.allocUnsafeSlow((FRAME_BYTES - end + this.#buffer.length) * 2)
      end = type.encode(value, this.#buffer, FRAME_BYTES)
    }
    this.#buffer[0] = 0
    this.#buffer.writeInt32BE(id, 1)
    return Buffer.from(this.#buffer.subarray(0, end))
  }
}
