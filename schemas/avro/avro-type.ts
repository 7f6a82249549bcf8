import avro, { type Type } from 'avsc'
import { exactInt, exactLong, type Tap } from './exact-integers.ts'
import { readFloats, writeFloats } from './float-arrays.ts'
import { quickString } from './quick-strings.ts'

interface Reader {
  _read(tap: Tap): unknown
  _skip(tap: Tap): void
}
interface Writer {
  _write(tap: Tap, value: unknown): void
}
const keys = quickString

/**
 * avsc trusts counts in the bytes: five bytes that claim 2^31 items make it allocate until the process dies. Every item
 * of our types takes at least one byte, so a count beyond the remaining bytes is invalid.
 */
function blockCount(tap: Tap, itemBytesMin = 1): number {
  let count = tap.readLong()
  if (count < 0) {
    count = -count
    // The size of the block in bytes, which serves readers that skip; nothing here relies on it.
    tap.readLong()
  }
  if (count * itemBytesMin > tap.buf.length - tap.pos)
    throw new Error(`a block of ${count} items in ${tap.buf.length - tap.pos} bytes`)
  return count
}

class BoundedArrayType extends avro.types.ArrayType {
  /** Also called with a resolver as `this`, which has an `itemsType` too. */
  _read(tap: Tap): unknown[] {
    const items = this.itemsType as unknown as Reader
    let count = blockCount(tap)
    const values = new Array<unknown>(count)
    let index = 0
    while (count > 0) {
      while (count-- > 0) values[index++] = items._read(tap)
      count = blockCount(tap)
    }
    return values
  }

  _skip(tap: Tap): void {
    const items = this.itemsType as unknown as Reader
    for (let count = blockCount(tap); count > 0; count = blockCount(tap)) while (count-- > 0) items._skip(tap)
  }
}

/** Array of floats, read and written in whole blocks. */
class FloatArrayType extends BoundedArrayType {
  override _read(tap: Tap): unknown[] {
    let count = blockCount(tap, 4)
    const values = new Array<number>(count)
    let index = 0
    while (count > 0) {
      readFloats(tap, count, values, index)
      index += count
      count = blockCount(tap, 4)
    }
    return values
  }

  _write(tap: Tap, value: unknown): void {
    if (!Array.isArray(value)) throw new Error('no array')
    if (value.length > 0) {
      tap.writeLong(value.length)
      writeFloats(tap, value)
    }
    tap.writeLong(0)
  }
}

class BoundedMapType extends avro.types.MapType {
  _read(tap: Tap): Record<string, unknown> {
    const type = this.valuesType as Reader
    const values: Record<string, unknown> = {}
    for (let count = blockCount(tap); count > 0; count = blockCount(tap)) {
      while (count-- > 0) {
        const key = keys._read(tap)
        const value = type._read(tap)
        // An assignment would change the prototype instead of adding a key.
        if (key === '__proto__')
          Object.defineProperty(values, key, { value, enumerable: true, configurable: true, writable: true })
        else values[key] = value
      }
    }
    return values
  }

  _write(tap: Tap, value: unknown): void {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('no map')
    const entries = Object.entries(value)
    if (entries.length > 0) {
      tap.writeLong(entries.length)
      for (const [key, item] of entries) {
        keys._write(tap, key)
        ;(this.valuesType as unknown as Writer)._write(tap, item)
      }
    }
    tap.writeLong(0)
  }

  _skip(tap: Tap): void {
    for (let count = blockCount(tap); count > 0; count = blockCount(tap)) {
      while (count-- > 0) {
        keys._read(tap)
        ;(this.valuesType as Reader)._skip(tap)
      }
    }
  }
}

/** Replaces types of avsc that trust the bytes too much or are too slow. */
function safeType(schema: unknown, options: unknown): Type | undefined {
  if (schema === 'string') return quickString
  if (schema === 'int') return exactInt
  if (schema === 'long') return exactLong
  if (typeof schema !== 'object' || schema === null || !('type' in schema)) return undefined
  // Logical types of longs (timestamps) are plain numbers of milliseconds to us.
  if (schema.type === 'long') return exactLong
  if (schema.type === 'int') return exactInt
  if (schema.type === 'array' && 'items' in schema && schema.items === 'float')
    return new FloatArrayType(schema as never, options)
  if (schema.type === 'array') return new BoundedArrayType(schema as never, options)
  if (schema.type === 'map') return new BoundedMapType(schema as never, options)
  return undefined
}

/** Compiles an Avro schema (as JSON) for reading and writing. Throws for an invalid schema. */
export function avroType(schema: unknown): Type {
  return avro.Type.forSchema(schema as avro.Schema, { typeHook: safeType as never, omitRecordMethods: true })
}
