import { sameSchema } from '../../../schemas/avro/same-schema.ts'

const schema = {
  type: 'record',
  name: 'A',
  namespace: 'n',
  fields: [
    { name: 'doc', type: 'string', doc: 'A field that is called doc.' },
    { name: 'b', type: { type: 'map', values: 'int' }, default: {} },
  ],
}
type Field = (typeof schema.fields)[number]
const withField = (index: number, changes: object) => ({
  ...schema,
  fields: schema.fields.map((field: Field, at) => (at === index ? { ...field, ...changes } : field)),
})

test.each<[string, unknown]>([
  ['itself', structuredClone(schema)],
  ['with other words', { ...withField(0, { doc: 'Said better.' }), doc: 'A.' }],
  ['with its keys in another order', { fields: schema.fields, namespace: 'n', name: 'A', type: 'record' }],
])('a schema is the same %s', (_, other) => {
  expect(sameSchema(schema, other)).toBe(true)
})

test.each<[string, unknown]>([
  ['name', { ...schema, name: 'B' }],
  ['namespace', { ...schema, namespace: 'm' }],
  ['field name', withField(0, { name: 'dok' })],
  ['type', withField(0, { type: 'bytes' })],
  ['logical type', withField(0, { type: { type: 'string', logicalType: 'uuid' } })],
  ['default', withField(1, { default: { doc: 1 } })],
  ['order of fields', { ...schema, fields: schema.fields.toReversed() }],
  ['schema at all', undefined],
])('a schema is another with another %s', (_, other) => {
  expect(sameSchema(schema, other)).toBe(false)
})
