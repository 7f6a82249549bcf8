import type { Schema, Shape } from '../avro/schema.ts'

/**
 * Reads stored JSON written by older code, or by newer code before a rollback, as Avro’s schema resolution reads
 * events: missing fields get defaults, unknown ones are dropped, an unknown symbol becomes the neutral one. The writer
 * has validated it, so nothing else is checked. Throws for a missing field without a default.
 */
export function fromStoredJson<T>(schema: Schema<T>, json: unknown): T {
  return resolve(schema.shape, json, '') as T
}

function resolve(shape: Shape, json: unknown, path: string): unknown {
  switch (shape.kind) {
    case 'enum':
      return shape.symbols.includes(json as string) ? json : shape.symbols[0]
    case 'nullable':
      return json === null ? null : resolve(shape.of.shape, json, path)
    case 'array':
      return (json as unknown[]).map((item, index) => resolve(shape.items.shape, item, `${path}/${index}`))
    case 'map': {
      const entries = Object.entries(json as object)
      return Object.fromEntries(
        entries.map(([key, value]) => [key, resolve(shape.values.shape, value, `${path}/${key}`)]),
      )
    }
    case 'record':
      return Object.fromEntries(
        Object.entries(shape.fields).map(([field, { shape: inner, fallback }]) => {
          const place = `${path}/${field}`
          if (Object.hasOwn(json as object, field))
            return [field, resolve(inner, (json as Record<string, unknown>)[field], place)]
          if (fallback === undefined)
            throw new Error(`A stored ${shape.name} has no ${place.slice(1)}, and there is no default for it.`)
          return [field, fallback.value]
        }),
      )
    case 'bytes':
      return typeof json === 'string' ? Buffer.from(json, 'base64') : json
    case 'timestamp':
      return typeof json === 'string' ? Date.parse(json) : json
    default:
      return json
  }
}
