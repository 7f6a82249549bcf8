import fc from 'fast-check'
import { TIME_MAX_MS, TIME_MIN_MS } from '../../schemas/check-event.ts'
import type { Schema } from '../../schemas/avro/schema.ts'

export interface ValueConstraints {
  /** By default, NaN and infinities are generated too. */
  readonly finite?: boolean
}

const texts = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom('', '客户希望了解贷款利率，下周再约时间面谈。', '𠮷野家 🏦', 'x'.repeat(300)),
)

/** Generates every value that fits the types of the schema, regardless of its rules. */
export function arbitraryValue(schema: Schema<unknown>, constraints: ValueConstraints = {}): fc.Arbitrary<unknown> {
  const { shape } = schema
  const noNonFinite = { noNaN: constraints.finite === true, noDefaultInfinity: constraints.finite === true }
  switch (shape.kind) {
    case 'string':
      return texts
    case 'boolean':
      return fc.boolean()
    case 'int':
      return fc.integer()
    case 'long':
      return fc.maxSafeInteger()
    case 'float':
      return fc.float(noNonFinite)
    case 'double':
      return fc.double(noNonFinite)
    case 'bytes':
      return fc.uint8Array({ maxLength: 50 }).map((bytes) => Buffer.from(bytes))
    case 'timestamp':
      return fc.integer({ min: TIME_MIN_MS, max: TIME_MAX_MS - 1 })
    case 'enum':
      return fc.constantFrom(...shape.symbols)
    case 'nullable':
      return fc.option(arbitraryValue(shape.of, constraints))
    case 'array':
      return fc.array(arbitraryValue(shape.items, constraints), { maxLength: 5 })
    case 'map':
      return fc.dictionary(texts, arbitraryValue(shape.values, constraints), { maxKeys: 5, noNullPrototype: true })
    case 'record': {
      const fields = Object.entries(shape.fields).map(([name, field]) => [name, arbitraryValue(field, constraints)])
      return fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>, { noNullPrototype: true })
    }
  }
}
