import fc from 'fast-check'
import { avroType } from '../../../schemas/avro/avro-type.ts'
import { incompatibilities } from '../../../schemas/avro/evolution.ts'
import { conflicts } from '../../../schemas/release/release.ts'
import { releasedSchemas } from '../../../schemas/release/released.ts'
import { releasedRegistry, subjectOf } from '../../../schemas/release/registry.ts'
import { sameSchema } from '../../../schemas/avro/same-schema.ts'
import {
  array,
  double,
  enumeration,
  int,
  long,
  map,
  nullable,
  record,
  string,
  withDefault,
  type Schema,
} from '../../../schemas/avro/schema.ts'
import { topics } from '../../../subjects/subjects.ts'
import { arbitrarySchema } from '../arbitrary-schema.ts'

const HOW_TO_RELEASE = 'run `node generators/release-schemas.ts` and commit schemas/release/released.ts'

describe('the released schemas', () => {
  test(`are the current ones; otherwise ${HOW_TO_RELEASE}`, () => {
    const newest = (subject: string) => releasedRegistry.versions(subject).at(-1)?.schema
    const changed = topics.filter((topic) => !sameSchema(newest(subjectOf(topic)), topic.schema.avro))
    expect(changed.map(({ name }) => `The schema of ${name} is not released: ${HOW_TO_RELEASE}.`)).toEqual([])
  })

  test('can read each other within a subject, from the first version to the last', () => {
    const subjects = releasedRegistry.subjects().map((subject) => releasedRegistry.versions(subject))
    const found = subjects.flatMap((versions) =>
      versions.flatMap(({ schema }, index) =>
        versions.slice(0, index).flatMap((earlier) => conflicts(earlier, schema)),
      ),
    )
    expect(found).toEqual([])
  })

  test('have an id each, and versions without a gap', () => {
    expect(new Set(releasedSchemas.map(({ id }) => id)).size).toBe(releasedSchemas.length)
    for (const subject of releasedRegistry.subjects()) {
      const versions = releasedRegistry.versions(subject)
      expect(versions.map(({ version }) => version)).toEqual(versions.map((_, index) => index + 1))
    }
  })
})

const Line = record('Line', '', { amount: double })
const Thing = thing({})

function thing(changes: Record<string, Schema<unknown> | undefined>, name = 'Thing') {
  const fields = {
    id: string,
    count: int,
    size: nullable(double),
    kind: enumeration('Kind', ['other', 'big']),
    lines: array(Line),
    scores: map(double),
    ...changes,
  }
  return record(
    name,
    '',
    Object.fromEntries(Object.entries(fields).filter(([, schema]) => schema !== undefined)) as never,
  )
}

/** Returns the incompatibilities of the new schema as a reader of the old one’s records, and vice versa. */
function bothWays(changed: ReturnType<typeof thing>) {
  return {
    oldByNew: incompatibilities(Thing.avro, changed.avro),
    newByOld: incompatibilities(changed.avro, Thing.avro),
  }
}

const reordered = record('Thing', '', Object.fromEntries(Object.entries(Thing.fields).toReversed())) as typeof Thing

const sizedKind = (symbols: readonly [string, ...string[]]): Schema<string> => enumeration('Kind', symbols)
const kindWithoutDefault = (...symbols: string[]): Schema<string> => ({
  avro: { type: 'enum', name: 'Kind', symbols },
  shape: { kind: 'enum', symbols },
})

describe('a change of a schema', () => {
  test.each<[string, ReturnType<typeof thing>]>([
    ['none', thing({})],
    ['a field that may be null', thing({ note: nullable(string) })],
    ['a field with a default', thing({ level: withDefault(int, 3) })],
    ['a list', thing({ tags: array(string) })],
    ['a field that may be null is gone', thing({ size: undefined })],
    ['another symbol', thing({ kind: sizedKind(['other', 'big', 'huge']) })],
    ['a symbol less, where there is a default', thing({ kind: sizedKind(['other']) })],
    [
      'a field with a default within a list',
      thing({ lines: array(record('Line', '', { amount: double, note: nullable(string) })) }),
    ],
    ['the order of the fields', reordered],
  ])('is taken: %s', (_, changed) => {
    expect(bothWays(changed)).toEqual({ oldByNew: [], newByOld: [] })
  })

  test.each<[string, ReturnType<typeof thing>, readonly string[], readonly string[]]>([
    ['a field without a default', thing({ note: string }), ['Thing.note: is not written and has no default'], []],
    [
      'a field without a default is gone',
      thing({ id: undefined }),
      [],
      ['Thing.id: is not written and has no default'],
    ],
    [
      'a renamed field',
      thing({ count: undefined, number: int }),
      ['Thing.number: is not written and has no default'],
      ['Thing.count: is not written and has no default'],
    ],
    [
      'another type',
      thing({ count: string }),
      ['Thing.count: int is read as string'],
      ['Thing.count: string is read as int'],
    ],
    ['a wider number, which old readers can’t read', thing({ count: long }), [], ['Thing.count: long is read as int']],
    ['a field that may now be null', thing({ count: nullable(int) }), [], ['Thing.count: null is read as int']],
    ['a field that may be null no more', thing({ size: double }), ['Thing.size: null is read as double'], []],
    [
      'another type of a field that may be null',
      thing({ size: nullable(string) }),
      ['Thing.size: double is none of its types'],
      ['Thing.size: string is none of its types'],
    ],
    [
      'a renamed enum',
      thing({ kind: enumeration('Size', ['other', 'big']) }),
      ['Thing.kind: enum scoreline.Kind is read as enum scoreline.Size'],
      ['Thing.kind: enum scoreline.Size is read as enum scoreline.Kind'],
    ],
    [
      'a symbol less, where there is no default',
      thing({ kind: kindWithoutDefault('other') }),
      ['Thing.kind: big is no symbol of scoreline.Kind and there is no default for it'],
      [],
    ],
    [
      'a renamed record',
      thing({}, 'Item'),
      ['Item: record scoreline.Thing is read as record scoreline.Item'],
      ['Thing: record scoreline.Item is read as record scoreline.Thing'],
    ],
    [
      'another type within a list',
      thing({ lines: array(record('Line', '', { amount: string })) }),
      ['Thing.lines[].amount: double is read as string'],
      ['Thing.lines[].amount: string is read as double'],
    ],
    [
      'another type within a map',
      thing({ scores: map(string) }),
      ['Thing.scores{}: double is read as string'],
      ['Thing.scores{}: string is read as double'],
    ],
    [
      'a list instead of a map',
      thing({ scores: array(double) }),
      ['Thing.scores: map is read as array'],
      ['Thing.scores: array is read as map'],
    ],
    [
      'several at once',
      thing({ note: string, level: int }),
      ['Thing.note: is not written and has no default', 'Thing.level: is not written and has no default'],
      [],
    ],
  ])('is refused: %s', (_, changed, oldByNew, newByOld) => {
    expect(bothWays(changed)).toEqual({ oldByNew, newByOld })
  })

  test('is refused exactly if the bytes could not be read', () => {
    const outcomes = { readable: 0, unreadable: 0 }
    fc.assert(
      fc.property(arbitrarySchema, arbitrarySchema, (writer, reader) => {
        let isReadable = true
        try {
          avroType(reader).createResolver(avroType(writer))
        } catch {
          isReadable = false
        }
        outcomes[isReadable ? 'readable' : 'unreadable']++
        expect(incompatibilities(writer, reader).length === 0).toBe(isReadable)
      }),
      { numRuns: 500, seed: 17 },
    )
    expect(Math.min(outcomes.readable, outcomes.unreadable)).toBeGreaterThan(50)
  })
})
