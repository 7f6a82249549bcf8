import { readFileSync } from 'node:fs'
import { release, sourceOf } from '../../../schemas/release/release.ts'
import { releasedSchemas, type ReleasedSchema } from '../../../schemas/release/released.ts'
import { documented, event, int, nullable, string, type RecordSchema } from '../../../schemas/avro/schema.ts'
import { topic, type Topic } from '../../../schemas/topic.ts'
import { topics } from '../../../subjects/subjects.ts'

const A = event('A', '', { a: string })
const WiderA = event('A', '', { a: string, b: nullable(string) })
const BrokenA = event('A', '', { a: string, c: int })
const B = event('B', '', {})

function topicOf(name: string, schema: RecordSchema<unknown>): Topic {
  return topic({ name, schema, key: 'id', keyOf: () => '', retention: 'compacted', role: 'input', producer: '' })
}

const first: ReleasedSchema[] = [
  { id: 4, subject: 'a-value', version: 1, schema: A.avro },
  { id: 9, subject: 'gone-value', version: 1, schema: B.avro },
]

test('released schemas are unchanged', () => {
  expect(release(first, [topicOf('a', A)])).toEqual({ schemas: first, added: [], refusals: [] })
})

test('a changed schema gets a version, a new topic its first, each under an unused id', () => {
  const added = [
    { id: 10, subject: 'b-value', version: 1, schema: B.avro },
    { id: 11, subject: 'a-value', version: 2, schema: WiderA.avro },
  ]
  const topics = [topicOf('b', B), topicOf('a', WiderA)]
  expect(release(first, topics)).toEqual({ schemas: [...first, ...added], added, refusals: [] })
  expect(release([...first, ...added], topics).added).toEqual([])
})

test('better words need no version', () => {
  const worded = event('A', 'Something with a name.', { a: documented('The name.', string) })
  expect(release(first, [topicOf('a', worded)]).added).toEqual([])
})

test('a change that old readers or old data don’t survive is refused, against every earlier version', () => {
  const second: ReleasedSchema[] = [...first, { id: 10, subject: 'a-value', version: 2, schema: WiderA.avro }]
  expect(release(second, [topicOf('a', BrokenA)]).refusals).toEqual([
    'a-value version 1 can’t be read with the new schema: A.c: is not written and has no default.',
    'a-value version 2 can’t be read with the new schema: A.c: is not written and has no default.',
  ])
  expect(release(first, [topicOf('a', event('A', '', {}))]).refusals).toEqual([
    'a-value version 1 can’t read what the new schema writes: A.a: is not written and has no default.',
  ])
})

test('the generated source equals the file in the repository, line for line', () => {
  const text = readFileSync(new URL('../../../schemas/release/released.ts', import.meta.url), 'utf8')
  expect(text).toBe(sourceOf(releasedSchemas))
  expect(release(releasedSchemas, topics).refusals).toEqual([])
})
