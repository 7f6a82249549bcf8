import { createRegistry, releasedRegistry, subjectOf } from '../../../schemas/release/registry.ts'
import { releasedSchemas } from '../../../schemas/release/released.ts'
import { event, nullable, string } from '../../../schemas/avro/schema.ts'
import { topic } from '../../../schemas/topic.ts'
import { topics } from '../../../subjects/subjects.ts'

const First = event('Thing', '', { a: string })
const Second = event('Thing', '', { a: string, b: nullable(string) })
const schemas = [
  { id: 12, subject: 'things-value', version: 2, schema: Second.avro },
  { id: 11, subject: 'things-value', version: 1, schema: First.avro },
  { id: 13, subject: 'others-value', version: 1, schema: event('Other', '', {}).avro },
]
const registry = createRegistry(schemas)
const things = (schema: unknown) =>
  topic({
    name: 'things',
    schema,
    key: 'id',
    keyOf: () => '',
    retention: 'compacted',
    role: 'input',
    producer: '',
  } as never)

test('a topic’s id is that of its current schema, even if a newer one is registered', () => {
  expect(registry.idOf(things(Second))).toBe(12)
  expect(registry.idOf(things(First))).toBe(11)
})

test('a schema that is not registered has no id', () => {
  expect(() => registry.idOf(things(event('Thing', '', {})))).toThrow(
    'The current schema of things is no version of things-value',
  )
  expect(() => createRegistry([]).idOf(things(First))).toThrow('run `node generators/release-schemas.ts`')
})

test('subjects come in order of name, versions in order of age', () => {
  expect(registry.subjects()).toEqual(['others-value', 'things-value'])
  expect(registry.versions('things-value').map(({ version }) => version)).toEqual([1, 2])
  expect(registry.versions('unknown-value')).toEqual([])
  expect(registry.byId(13)?.subject).toBe('others-value')
  expect(registry.byId(14)).toBeUndefined()
})

test('every topic of the platform is released', () => {
  for (const topic of topics)
    expect(releasedRegistry.byId(releasedRegistry.idOf(topic))?.subject).toBe(subjectOf(topic))
  expect(releasedRegistry.all).toBe(releasedSchemas)
})
