import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { copyOfExample } from './faulty-extensions.ts'

const NOT_RELEASED = /not released\. Run `scoreline extensions release`/

test('the example is released as it is', async () => {
  const { code, out, err } = await copyOfExample().scoreline('extensions', 'check')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out.trimEnd().split('\n')).toEqual([
    'loyalty',
    '  topics: loyalty-points, loyalty-levels',
    '  feature sets: loyalty@1',
    '  processors: loyalty-level@1',
    '  detectors: at-night',
    '  webhook sources: loyalty-app',
  ])
})

test('a field with a default starts only after its release, under an id of its own', async () => {
  const extension = copyOfExample()
  extension.edit(
    'loyalty-topics.ts',
    "  points: documented('Coll",
    "  shop: nullable(identifier),\n  points: documented('Coll",
  )
  extension.edit('loyalty-topics.ts', 'int, topic', 'int, nullable, topic')
  expect(await extension.scoreline('topics')).toMatchObject({ code: 1, err: expect.stringMatching(NOT_RELEASED) })
  const released = await extension.scoreline('extensions', 'release')
  expect(released).toMatchObject({ code: 0, out: expect.stringContaining('Released: loyalty-points-value version 2.') })
  expect(await extension.scoreline('extensions', 'check')).toMatchObject({ code: 0 })
  const { schemas } = JSON.parse(readFileSync(join(extension.folder, 'released.json'), 'utf8')) as {
    schemas: readonly { readonly id: number; readonly subject: string; readonly version: number }[]
  }
  expect(schemas.map(({ id, subject, version }) => [id, subject, version])).toEqual([
    [1_000_000, 'loyalty-points-value', 1],
    [1_000_001, 'loyalty-levels-value', 1],
    [1_000_002, 'loyalty-points-value', 2],
  ])
})

const refused: readonly (readonly [string, string, string, string, RegExp])[] = [
  [
    'a field of an event',
    'loyalty-topics.ts',
    '  points: doc',
    '  pts: doc',
    /LoyaltyPoints\.pts.* Add fields with a default/,
  ],
  [
    'a record of state',
    'loyalty-level.ts',
    '{ level: string }',
    '{ name: string }',
    /PublishedLevel\.name.*Raise the version of the processor/,
  ],
  ['a feature', 'loyalty-features.ts', "unit: 'times'", "unit: 'shops'", /Raise the version of the feature set/],
]

test.each(refused)('a change of %s that stored data do not allow is refused', async (_, file, from, to, fault) => {
  const extension = copyOfExample()
  extension.edit(file, from, to)
  if (file === 'loyalty-level.ts') {
    extension.edit(file, "put(published, '', { level })", "put(published, '', { name: level })")
    extension.edit(file, ')?.level', ')?.name')
  }
  for (const words of [['topics'], ['extensions', 'release']])
    expect(await extension.scoreline(...words)).toMatchObject({ code: 1, err: expect.stringMatching(fault) })
})

test('a fold whose numbers change needs a new version', async () => {
  const extension = copyOfExample()
  extension.edit('loyalty-features.ts', '=> points > 0', '=> points > 100')
  const changed = await extension.scoreline('extensions', 'check')
  expect(changed).toMatchObject({
    code: 1,
    err: expect.stringMatching(/loyalty-level@1: \S+ differ from what this version computed.*Raise the version/),
  })
  extension.edit('loyalty-level.ts', 'version: 1', 'version: 2')
  extension.edit('loyalty-features.ts', "'loyalty', 1", "'loyalty', 2")
  expect(await extension.scoreline('extensions', 'release')).toMatchObject({ code: 0 })
  expect(await extension.scoreline('extensions', 'check')).toMatchObject({ code: 0 })
})

test('a sample that says nothing is refused, with its line', async () => {
  const extension = copyOfExample()
  extension.write('sample-events.jsonl', '{"topic": "loyalty-pints", "event": {}}\n')
  const { err } = await extension.scoreline('extensions', 'check')
  expect(err).toMatch(/sample-events\.jsonl:1 is refused: there is no topic "loyalty-pints"/)
})
