import fc from 'fast-check'
import { fromJson, toJson } from '../../../schemas/json/json-event.ts'
import {
  array,
  enumeration,
  map,
  nullable,
  record,
  string,
  withDefault,
  int,
  timestamp,
  bytes,
} from '../../../schemas/avro/schema.ts'
import { fromStoredJson } from '../../../schemas/json/stored-json.ts'
import { topics } from '../../../subjects/subjects.ts'
import { arbitraryValue } from '../arbitrary-value.ts'

const Older = record('Thing', '', { name: string, gone: withDefault(string, 'x') })
const Newer = record('Thing', '', {
  name: string,
  note: nullable(string),
  count: withDefault(int, 3),
  mood: enumeration('Mood', ['neutral', 'glad']),
  parts: array(Older),
  byName: map(Older),
})

test('older values are read with defaults, without unknown fields', () => {
  expect(
    fromStoredJson(
      array(Newer),
      [{ name: 'a', gone: 'y', mood: 'cross' }].map((one) => ({ ...one, parts: [{ name: 'p', z: 1 }] })),
    ),
  ).toEqual([{ name: 'a', note: null, count: 3, mood: 'neutral', parts: [{ name: 'p', gone: 'x' }], byName: {} }])
  expect(fromStoredJson(Older, { name: 'a', note: 'newer' })).toEqual({ name: 'a', gone: 'x' })
})

test('a missing required field is named by its place', () => {
  const broken = { name: 'a', mood: 'glad', parts: [{ gone: 'y' }] }
  expect(() => fromStoredJson(Newer, broken)).toThrow(
    'A stored Thing has no parts/0/name, and there is no default for it.',
  )
})

test('bytes and times come back as they were', () => {
  const Timed = record('Timed', '', { at: timestamp, data: bytes })
  expect(fromStoredJson(Timed, { at: '2026-01-31T00:00:00.000Z', data: 'AQI=' })).toEqual({
    at: Date.UTC(2026, 0, 31),
    data: Buffer.from([1, 2]),
  })
})

test.each(topics.map((topic) => [topic.name, topic] as const))(
  'values of %s come back as from JSON at the door',
  (_name, topic) => {
    fc.assert(
      fc.property(arbitraryValue(topic.schema), (value) => {
        const json = JSON.parse(JSON.stringify(toJson(topic, value))) as unknown
        const atTheDoor = fromJson(topic, json)
        if (atTheDoor.ok) expect(fromStoredJson(topic.schema, json)).toEqual(atTheDoor.value)
      }),
      { numRuns: 20 },
    )
  },
)
