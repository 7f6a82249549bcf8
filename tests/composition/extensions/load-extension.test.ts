import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { copyOfExample, extensionOf } from './faulty-extensions.ts'

const manifest = (fields: string, imports = '') =>
  `import { ${imports} } from 'scoreline/extensions'\nexport const extension = { name: 'bank', ${fields} }\n`

const faulty: readonly (readonly [string, string, RegExp])[] = [
  [
    'is no TypeScript',
    'export const extension = {',
    /bank\/index\.ts is refused: it can't be loaded: .*\(.*index\.ts:1\)/,
  ],
  ['imports what does not exist', "import 'scoreline/extras'", /it can't be loaded: .*extras/],
  ['throws', "throw new Error('no licence')", /it can't be loaded: no licence/],
  ['has no manifest', 'export default {}', /it exports no `extension`\. Export its manifest/],
  ['has an unknown list', manifest('procesors: []'), /an unknown field procesors\. It may have: name, topics/],
  ['has no list', manifest('topics: {}'), /`extension\.topics` must be a list/],
  [
    'has half a processor',
    manifest("processors: [{ name: 'x' }]"),
    /`extension\.processors\[0\]\.version` must be a value of type number/,
  ],
  ['has a name with a blank', "export const extension = { name: 'my bank' }", /must be a word of small letters/],
  ['has the name of a subject', "export const extension = { name: 'visits' }", /the subject visits: the name is taken/],
  [
    'has the detector of the platform',
    manifest(
      "detectors: [detector({ kind: 'no-jitter', group: 'visit', means: '', cannotKnow: '', weights: { false: 0, invalid: 0 }, parameters: {}, detect: () => [] })]",
      'detector',
    ),
    /the detector no-jitter: the name is taken\. Choose another one/,
  ],
  [
    'has the topic of the platform',
    manifest(
      "topics: [topic({ name: 'visits', schema: event('X', '', {}), key: '', keyOf: () => '', retention: 'compacted', role: 'input', producer: '' })]",
      'event, topic',
    ),
    /the topic visits: the name is taken/,
  ],
  [
    'has a mapping that is refused',
    manifest("webhookSources: { crm: { scheme: 'standard_webhooks', secrets: ['A'], mapping: '$now()' } }"),
    /The webhook source crm is refused: The mapping is refused: \$now is not allowed/,
  ],
]

test.each(faulty)(
  'an extension that %s is refused at the start, with the file and what to do',
  async (_, index, fault) => {
    const { code, out, err } = await extensionOf(index).scoreline('topics')
    expect({ code, out, err }).toEqual({ code: 1, out: '', err: expect.stringMatching(fault) })
  },
)

test('a folder that does not exist, or is empty, is refused', async () => {
  const extension = extensionOf('')
  rmSync(join(extension.folder, 'index.ts'))
  expect(await extension.scoreline('topics')).toMatchObject({
    code: 1,
    err: expect.stringContaining('it has no index.ts or index.js'),
  })
  rmSync(extension.folder, { recursive: true })
  expect(await extension.scoreline('topics')).toMatchObject({
    code: 1,
    err: expect.stringContaining('there is no such folder'),
  })
})

test('a processor whose topic is in no list is refused, and a help needs no extension', async () => {
  const extension = copyOfExample()
  extension.edit('index.ts', 'topics: [loyaltyPoints, loyaltyLevels]', 'topics: [loyaltyPoints]')
  expect(await extension.scoreline('topics')).toMatchObject({
    code: 1,
    err: expect.stringContaining('that no list has: loyalty-levels'),
  })
  expect(await extension.scoreline('topics', '--help')).toMatchObject({ code: 0, err: '' })
})
