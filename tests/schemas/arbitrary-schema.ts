import fc from 'fast-check'

const names = fc.constantFrom('A', 'B')
const primitives = fc.constantFrom('string', 'int', 'long', 'float', 'double', 'bytes', 'boolean')
const enums = fc.record({
  type: fc.constant('enum'),
  name: fc.constantFrom('E', 'F'),
  symbols: fc.constantFrom(['x'], ['x', 'y'], ['y', 'z']),
})
const enumsWithDefault = enums.map((schema) => ({ ...schema, default: schema.symbols[0] }))

/** Generates small Avro records with few names, so that two of them are often almost alike. */
export const arbitrarySchema: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  type: fc.oneof(
    { maxDepth: 3 },
    primitives,
    enums,
    enumsWithDefault,
    tie('type').map((items) => ({ type: 'array', items })),
    tie('type').map((values) => ({ type: 'map', values })),
    primitives.map((type) => ['null', type]),
  ),
  field: fc.oneof(
    tie('type').map((type) => ({ type })),
    primitives.map((type) => ({ type: ['null', type], default: null })),
  ),
  record: fc.record({
    type: fc.constant('record'),
    name: fc.constant('R'),
    fields: fc
      .uniqueArray(fc.record({ name: names, field: tie('field') }), { selector: ({ name }) => name, maxLength: 2 })
      .map((fields) => renamed(fields.map(({ name, field }) => ({ name, ...(field as object) })))),
  }),
})).record

/** A name may be defined only once in a schema. */
function renamed(fields: unknown[]): unknown[] {
  let count = 0
  return fields.map((field) =>
    JSON.parse(JSON.stringify(field), (key, value: unknown) =>
      key === 'name' && /^[EF]$/.test(String(value)) && count++ > 0 ? `${String(value)}${count}` : value,
    ),
  )
}
