import type { Type } from 'avsc'
import { avroType } from './avro-type.ts'
import { EventError } from '../event-error.ts'
import type { Registry } from '../release/registry.ts'
import { NotUtf8Error } from './quick-strings.ts'
import type { RecordSchema } from './schema.ts'
import type { Topic } from '../topic.ts'

/**
 * Encodes values of a topic: the Confluent frame (a zero byte, the schema id as a big-endian int32), then Avro binary.
 * https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format
 */
export interface Codec<T> {
  /** Throws `EventError` INVALID that names the field for a value that does not fit the schema. */
  encode(value: T): Buffer
  /**
   * Writes the same bytes into `buffer` from `position` on. Returns the position after them, or minus the number of
   * missing bytes.
   */
  encodeInto(value: T, buffer: Buffer, position: number): number
  /**
   * Reads all bytes from `start` (inclusive) to `end` (exclusive). Throws `EventError` that says why they can't be
   * read.
   */
  decode(bytes: Buffer, start?: number, end?: number): T
}

export type Resolver = ReturnType<Type['createResolver']>

const FRAME_BYTES = 5

const types = new WeakMap<RecordSchema<unknown>, Type>()

export function typeOf(schema: RecordSchema<unknown>): Type {
  let type = types.get(schema)
  if (type === undefined) types.set(schema, (type = avroType(schema.avro)))
  return type
}

const codecs = new WeakMap<Registry, Map<Topic, Codec<unknown>>>()

/**
 * Returns the codec of a topic with the ids of that registry, cached. Throws if the topic’s current schema is not
 * released there.
 */
export function codecOf<T>(topic: Topic<T>, registry: Registry): Codec<T> {
  let ofRegistry = codecs.get(registry)
  if (ofRegistry === undefined) codecs.set(registry, (ofRegistry = new Map()))
  let codec = ofRegistry.get(topic as Topic)
  if (codec === undefined) ofRegistry.set(topic as Topic, (codec = createCodec(topic as Topic, registry)))
  return codec as Codec<T>
}

function createCodec(topic: Topic, registry: Registry): Codec<unknown> {
  const type = typeOf(topic.schema)
  const ownId = registry.idOf(topic)
  const resolvers = new Map<number, Resolver>()

  function resolverOf(id: number): Resolver {
    let resolver = resolvers.get(id)
    if (resolver !== undefined) return resolver
    const writer = registry.byId(id)
    if (writer === undefined) throw new EventError('UNKNOWN_SCHEMA', `It names id ${id} in ${topic.name}.`)
    try {
      resolver = type.createResolver(avroType(writer.schema))
    } catch (cause) {
      const detail = `Id ${id} is ${writer.subject} version ${writer.version}: ${(cause as Error).message}.`
      throw new EventError('INCOMPATIBLE_SCHEMA', detail, { cause })
    }
    resolvers.set(id, resolver)
    return resolver
  }

  function encodeInto(value: unknown, buffer: Buffer, position: number): number {
    const end = write(type, value, buffer, position + FRAME_BYTES, topic.name)
    if (end < 0) return end
    buffer[position] = 0
    buffer.writeInt32BE(ownId, position + 1)
    return end
  }

  return {
    encodeInto,
    encode: (value) => inScratch((buffer) => encodeInto(value, buffer, 0)),
    decode(bytes, start = 0, end = bytes.length) {
      if (end - start < FRAME_BYTES || bytes[start] !== 0) throw framingError(bytes, start, end)
      const id = bytes.readInt32BE(start + 1)
      const resolver = id === ownId ? undefined : resolverOf(id)
      try {
        return read(type, bytes, start + FRAME_BYTES, end, resolver)
      } catch (cause) {
        if (cause instanceof NotUtf8Error)
          throw new EventError('NOT_UTF8', `A field of ${topic.name} has ${cause.message}.`, { cause })
        throw new EventError('UNDECODABLE', `As ${topic.name} with schema id ${id}: ${(cause as Error).message}.`, {
          cause,
        })
      }
    },
  }
}

export function write(type: Type, value: unknown, buffer: Buffer, position: number, what: string): number {
  try {
    return type.encode(value, buffer, position)
  } catch (cause) {
    const wrong: string[] = []
    type.isValid(value, {
      errorHook: (path, part) => wrong.push(`${[what, ...path].join('.')} is ${formatValue(part)}`),
    })
    throw new EventError('INVALID', `${wrong.join('; ') || `${what}: ${(cause as Error).message}`}.`, { cause })
  }
}

export function read(type: Type, bytes: Buffer, start: number, end: number, resolver: Resolver | undefined): unknown {
  const { value, offset } = type.decode(bytes, start, resolver) as { value: unknown; offset: number }
  // A value that extends into the next record is cut short too.
  if (offset < 0 || offset > end) throw new Error('the value is cut short')
  if (offset !== end) throw new Error(`${end - offset} bytes are left over`)
  return value
}

function framingError(bytes: Buffer, start: number, end: number): EventError {
  if (end <= start) return new EventError('EMPTY', 'The value has no bytes.')
  return new EventError('NOT_FRAMED', `It begins with ${hex(bytes, start, Math.min(end, start + FRAME_BYTES))}.`)
}

const SCRATCH_BYTES_MAX = 1 << 20
let scratch = Buffer.allocUnsafeSlow(1 << 14)

/** Writes into one reused buffer, so that the size of a value need not be known beforehand, and returns a copy. */
export function inScratch(write: (buffer: Buffer) => number): Buffer {
  let buffer = scratch
  let end = write(buffer)
  if (end < 0) {
    buffer = Buffer.allocUnsafeSlow((buffer.length - end) * 2)
    end = write(buffer)
    if (buffer.length <= SCRATCH_BYTES_MAX) scratch = buffer
  }
  const copy = Buffer.allocUnsafe(end)
  buffer.copy(copy, 0, 0, end)
  return copy
}

export function hex(bytes: Buffer, start: number, end: number): string {
  return bytes.toString('hex', start, end) || 'nothing'
}

function formatValue(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return text.length > 100 ? `${text.slice(0, 100)}…` : text
}
