/**
 * Makes typical changes in a copy of the project, and checks how many files each takes and that types and layers accept
 * them.
 */
import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'

const PROJECT = join(import.meta.dirname, '../..')
/** Folders that are no sources, or large. */
const LEFT_OUT = ['node_modules', '.git', '.scoreline', 'coverage', 'dist', '.temp', 'lib', 'target']

const run = promisify(execFile)

const copy = mkdtempSync(join(tmpdir(), 'changes-'))
cpSync(PROJECT, copy, {
  recursive: true,
  filter: (path) => !LEFT_OUT.includes(relative(PROJECT, path).split('/').pop()!),
})
symlinkSync(join(PROJECT, 'node_modules'), join(copy, 'node_modules'))

/** Creates a change, which records the files that it touches. */
const change = () => {
  const touched = new Set<string>()
  return {
    touched,
    add(path: string, text: string) {
      mkdirSync(join(copy, dirname(path)), { recursive: true })
      writeFileSync(join(copy, path), text, { flag: 'wx' })
      touched.add(path)
    },
    edit(path: string, from: string, to: string) {
      const before = readFileSync(join(copy, path), 'utf8')
      expect(before.split(from)).toHaveLength(2)
      writeFileSync(
        join(copy, path),
        before.replace(from, () => to),
      )
      touched.add(path)
    },
    /** Adds an import, and an entry at the head of a list in one of the subject’s files. */
    list(path: string, kind: string, name: string, from: string) {
      const before = readFileSync(join(copy, path), 'utf8')
      const listed = before.replace(`  ${kind}: [`, `  ${kind}: [${name}, `)
      expect(listed).not.toBe(before)
      writeFileSync(join(copy, path), `import { ${name} } from '${from}'\n${listed}`)
      touched.add(path)
    },
  }
}

const inCopy = (...command: string[]) =>
  run(process.execPath, command, { cwd: copy, env: { ...process.env, SCORELINE_TEST_SERVICES: 'none', CI: '' } }).catch(
    ({ stdout, stderr }: { stdout: string; stderr: string }) => {
      throw new Error(`${command.join(' ')} fails:\n${stdout}\n${stderr}`)
    },
  )

test('a topic takes two files', () => {
  const { add, list, touched } = change()
  add(
    'schemas/visits/parking.ts',
    `import { event, identifier, type TypeOf } from '../avro/schema.ts'
import { topic } from '../topic.ts'

export const Parking = event('Parking', 'A salesperson parked near a customer.', { customerId: identifier, salespersonId: identifier })

export const parking = topic<TypeOf<typeof Parking>>({
  name: 'parking',
  schema: Parking,
  key: 'customerId',
  keyOf: ({ customerId }) => customerId,
  retention: { days: 30 },
  role: 'input',
  producer: 'cars',
})
`,
  )
  list('subjects/visits.ts', 'topics', 'parking', '../schemas/visits/parking.ts')
  expect(touched.size).toBeLessThanOrEqual(2)
})

test('a processor takes two files', () => {
  const { add, list, touched } = change()
  add(
    'processors/visits/parked-nearby.ts',
    `import { numericState } from '../../features/keyed-state.ts'
import { alerts } from '../../schemas/customers/alerts.ts'
import { parking } from '../../schemas/visits/parking.ts'
import { input, noFeatures, processor } from '../processor.ts'

const seen = numericState('seen', 1)

export const parkedNearby = processor<{ readonly at: number }>({
  name: 'parked-nearby',
  version: 1,
  purpose: 'Counts how often salespeople park near a customer.',
  inputs: [
    input(parking, (state) => {
      state.put(seen, '', Float64Array.of(1 + (state.get(seen, '')?.[0] ?? 0)))
    }),
  ],
  outputs: [alerts],
  state: [seen],
  decisionState: [],
  features: noFeatures,
  *subjects() {},
  row: () => undefined,
  decide() {},
})
`,
  )
  list('subjects/visits.ts', 'processors', 'parkedNearby', '../processors/visits/parked-nearby.ts')
  expect(touched.size).toBeLessThanOrEqual(2)
})

test('a setting that people edit takes three files', () => {
  const { add, list, touched } = change()
  add(
    'schemas/visits/radius.ts',
    `import { event, identifier, int, string, type TypeOf } from '../avro/schema.ts'
import { between } from '../rules.ts'
import { globalTopic } from '../topic.ts'

const Radius = event('Radius', 'How near counts as nearby.', {
  team: identifier,
  version: int,
  metres: between(1, 1_000),
  changedBy: string,
})

export const radii = globalTopic<TypeOf<typeof Radius>>({
  name: 'radii',
  schema: Radius,
  key: 'team',
  keyOf: ({ team }) => team,
  versionOf: ({ version }) => version,
  producer: 'API',
})
`,
  )
  add(
    'processors/visits/radius-setting.ts',
    `import { versionedSetting } from '../../schemas/platform/versioned-setting.ts'
import { radii } from '../../schemas/visits/radius.ts'

export const radiusSetting = versionedSetting({
  name: 'radius',
  path: '/radii',
  doc: 'How near counts as nearby, in metres.',
  topic: radii,
  key: 'team',
  defaults: new Map([['all', { metres: 200 }]]),
})
`,
  )
  list('subjects/visits.ts', 'topics', 'radii', '../schemas/visits/radius.ts')
  list('subjects/visits.ts', 'settings', 'radiusSetting', '../processors/visits/radius-setting.ts')
  expect(touched.size).toBeLessThanOrEqual(3)
})

test('a kind of evidence against visits takes two files', () => {
  const { add, edit, touched } = change()
  add(
    'processors/visits/evidence/on-sunday.ts',
    `import { DAY_MS } from '../../../schemas/durations.ts'
import { detector } from './detector.ts'

export const onSunday = detector({
  kind: 'on-sunday',
  group: 'visit',
  means: 'The visit was on a Sunday.',
  cannotKnow: 'Whether the customer works on Sundays.',
  weights: { false: 0.05, invalid: 0 },
  parameters: {},
  *detect(visits) {
    for (const visit of visits)
      if (visit.at !== null && Math.floor(visit.at / DAY_MS) % 7 === 3)
        yield { visit, score: 1, text: 'It was a Sunday.', with: null }
  },
})
`,
  )
  const list = 'processors/visits/evidence/detectors.ts'
  edit(
    list,
    'export const detectors: readonly Detector[] = [\n',
    'export const detectors: readonly Detector[] = [\n  onSunday,\n',
  )
  edit(list, 'import type { Detector }', "import { onSunday } from './on-sunday.ts'\nimport type { Detector }")
  expect(touched.size).toBeLessThanOrEqual(2)
})

test('a page of the dashboard takes two files, and a text in each language', () => {
  const { add, edit, touched } = change()
  add(
    'dashboard/src/visits/parked.tsx',
    `import type { Page } from '../page.ts'

export const parked: Page = { path: 'parked', title: 'visits.parkedNearby', View: () => <p>…</p> }
`,
  )
  for (const [language, text] of [
    ['en', 'Parked nearby'],
    ['ru', 'Рядом'],
    ['zh', '附近停放'],
  ] as const)
    edit(`dashboard/src/words/${language}/visits.ts`, '  visits: ', `  parkedNearby: '${text}',\n  visits: `)
  const list = join(copy, 'dashboard/src/pages.ts')
  const before = readFileSync(list, 'utf8')
  const listed = before.replace('overview,', 'overview, parked,')
  expect(listed).not.toBe(before)
  writeFileSync(list, `import { parked } from './visits/parked.tsx'\n${listed}`)
  touched.add('dashboard/src/pages.ts')
  expect(touched.size).toBeLessThanOrEqual(2 + 3)
})

test('a table and its list take four files', () => {
  const { add, list, touched } = change()
  const number = String(readdirSync(join(copy, 'store/migrations')).length + 1).padStart(4, '0')
  add(
    `store/migrations/${number}-parking.ts`,
    `import { sql, type Kysely, type Migration } from 'kysely'

export default {
  async up(database: Kysely<never>) {
    const columns =
      'id text primary key, occurred_at timestamptz not null, customer_id text not null, salesperson_id text not null'
    await sql.raw('create table parking (' + columns + ')').execute(database)
  },
} satisfies Migration
`,
  )
  add(
    'store/visits/parking.ts',
    `import { Parking, parking } from '../../schemas/visits/parking.ts'
import type { Database } from '../database.ts'
import { sinkWriter } from '../sink/writer.ts'
import { rowsOf, type RowOf } from '../sql/record-rows.ts'

const parkingRows = rowsOf(Parking, { without: ['source'] })
type StoredParking = RowOf<typeof parkingRows>

declare module '../tables.ts' {
  interface Tables {
    parking: StoredParking
  }
}

export const parkingWriter = sinkWriter({
  topic: parking,
  rows: parkingRows,
  tables: [{ name: 'parking', key: ['id'], keep: 'first' }],
})

export function parkingOf(database: Database, customerId: string): Promise<StoredParking[]> {
  return database.selectFrom('parking').select(parkingRows.fields).where('customerId', '=', customerId).execute()
}
`,
  )
  add(
    'api/visits/parking.ts',
    `import { Type } from 'typebox'
import { parkingOf } from '../../store/visits/parking.ts'
import { Name, Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'

const Parked = Type.Object({ id: Type.String(), customerId: Type.String(), salespersonId: Type.String(), occurredAt: Time })

export function parkingRoute(server: Server, { database }: ApiPorts): void {
  server.get(
    '/customers/:id/parking',
    {
      config: { access: 'read-sales' },
      schema: {
        tags: ['sales'],
        summary: 'Who parked near a customer',
        params: Type.Object({ id: Name }),
        response: { 200: Type.Object({ items: Type.Array(Parked) }) },
      },
    },
    async ({ params: { id } }) => {
      const rows = await parkingOf(database, id)
      return { items: rows.map(({ occurredAt, ...rest }) => ({ ...rest, occurredAt: occurredAt.toISOString() })) }
    },
  )
}
`,
  )
  list('subjects/visits.ts', 'writers', 'parkingWriter', '../store/visits/parking.ts')
  list('subjects/visits.ts', 'routes', 'parkingRoute', '../api/visits/parking.ts')
  expect(touched.size).toBeLessThanOrEqual(4)
})

test('a command takes two files', () => {
  const { add, edit, touched } = change()
  add(
    'commands/inspect/parked.ts',
    `import type { DefineCommand } from '../define-command.ts'

export const defineParked: DefineCommand = (command, context) => {
  command.action(() => context().print('Nobody.'))
}
`,
  )
  const list = 'commands/commands.ts'
  edit(
    list,
    'export const commands: readonly Subcommand[] = [\n',
    `export const commands: readonly Subcommand[] = [
  {
    name: 'parked',
    summary: 'print who parked nearby',
    load: async () => (await import('./inspect/parked.ts')).defineParked,
  },\n`,
  )
  expect(touched.size).toBeLessThanOrEqual(2)
})

test('nothing else has to know of them', async () => {
  const script = `
    const { processors, routes, settings, topics, writers } = await import('./subjects/subjects.ts')
    const names = (list) => list.map(({ name }) => name)
    const tables = writers.flatMap((writer) => names(writer.tables))
    const named = { processors: names(processors), routes: names(routes), settings: names(settings) }
    console.log(JSON.stringify({ ...named, tables, topics: names(topics) }))`
  const { stdout } = await inCopy('--input-type=module', '--eval', script)
  expect(JSON.parse(stdout)).toEqual({
    processors: expect.arrayContaining(['parked-nearby']),
    routes: expect.arrayContaining(['parkingRoute']),
    settings: expect.arrayContaining(['radius']),
    tables: expect.arrayContaining(['parking']),
    topics: expect.arrayContaining(['parking', 'radii']),
  })
}, 60_000)

test('types and layers accept them', async () => {
  // Leaves out tests, benchmarks and soak campaigns, since the change does not touch them.
  const { exclude } = JSON.parse(readFileSync(join(PROJECT, 'tsconfig.json'), 'utf8')) as { exclude: string[] }
  const sources = { extends: './tsconfig.json', exclude: [...exclude, 'tests', 'bench', 'soak'] }
  writeFileSync(join(copy, 'tsconfig.sources.json'), JSON.stringify(sources))
  await inCopy('node_modules/typescript/bin/tsc', '-p', 'tsconfig.sources.json')
  await inCopy('node_modules/typescript/bin/tsc', '-p', 'dashboard')
  const jest = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--silent', 'tests/layers.test.ts']
  const { stderr } = await inCopy('--disable-warning=ExperimentalWarning', ...jest)
  expect(stderr).toMatch(/PASS .*tests\/layers\.test\.ts/)
}, 480_000)
