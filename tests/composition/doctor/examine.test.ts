/** The whole on a real broker and PostgreSQL: healthy, and with one thing after another broken. */
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureTopics } from '../../../composition/kafka.ts'
import { examine } from '../../../composition/doctor/examine.ts'
import { exitCodeOf } from '../../../composition/doctor/report.ts'
import { keepVerification } from '../../../composition/verify/last-verification.ts'
import { readConfig, type Config } from '../../../config.ts'
import { findFreePort } from '../../../deploy/ports.ts'
import { createAdmin } from '../../../kafka/admin/admin.ts'
import { visits } from '../../../schemas/visits/visits.ts'
import { openDatabase, type Database } from '../../../store/database.ts'
import { brokers, migratedDatabase, uniqueName, waitFor } from '../../support/services.ts'

const PREFIX = `${uniqueName('doctor')}.`
const admin = createAdmin({ brokers: brokers(), clientId: 'doctor-test' })
const undo: (() => Promise<unknown>)[] = [() => admin.close()]
let environment: Record<string, string>
let database: Database

beforeAll(async () => {
  const { url, drop } = await migratedDatabase()
  database = openDatabase({ url, poolMax: 1 })
  undo.unshift(drop)
  undo.unshift(() => database.destroy())
  environment = {
    KAFKA_BROKERS: brokers().join(','),
    DATABASE_URL: url,
    TOPIC_PREFIX: PREFIX,
    DATA_DIRECTORY: mkdtempSync(join(tmpdir(), 'doctor-')),
  }
  await makeTopics()
}, 60_000)
afterAll(async () => {
  for (const step of undo) await step()
})

const configOf = (changes: Readonly<Record<string, string>> = {}): Config => readConfig({ ...environment, ...changes })

const makeTopics = () =>
  ensureTopics({
    config: configOf(),
    log: () => {},
    print: () => {},
    stopped: new AbortController().signal,
    fail: (error) => console.error(error),
  })

/** Runs every check, and returns what is not ok, as `check: found`. */
async function troubles(
  changes: Readonly<Record<string, string>> = {},
  injected: Parameters<typeof examine>[1] = {},
): Promise<string[]> {
  const outcomes = await examine(configOf(changes), injected)
  return outcomes.flatMap(({ check, findings }) =>
    findings.filter(({ status }) => status !== 'ok').map(({ status, found }) => `${status} ${check}: ${found}`),
  )
}

/** What this deployment lacks when nothing is broken: no process runs it. */
const IDLE = ['warning groups: No process runs the processors.']
const about = (check: string) => (line: string) => line.includes(` ${check}: `)

test('a deployment that is prepared and not started has one warning', async () => {
  keepVerification(configOf(), { at: new Date().toISOString(), what: 'customers/0', differences: 0 })
  const full = { diskOf: () => Promise.resolve({ freeBytes: 2 ** 38, totalBytes: 2 ** 39 }) }
  expect(await troubles({}, full)).toEqual(IDLE)
  expect(exitCodeOf(await examine(configOf(), full))).toBe(1)
}, 60_000)

test('a wrong port of one broker is named, and everything else is still checked', async () => {
  const port = await findFreePort()
  const found = await troubles({ KAFKA_BROKERS: `127.0.0.1:${port},${brokers().join(',')}` })
  expect(found.filter(about('brokers'))).toEqual([
    expect.stringContaining(`error brokers: 127.0.0.1:${port} can't be used`),
  ])
  expect(found).toEqual(expect.arrayContaining(IDLE))
}, 60_000)

test('without any broker the rest is checked, and what needs Kafka says so', async () => {
  const found = await troubles({ KAFKA_BROKERS: `127.0.0.1:${await findFreePort()}` })
  expect(found.filter(about('topics'))).toEqual(['warning topics: Not checked.'])
  expect(found.filter(about('postgres'))).toEqual([])
}, 60_000)

test('a database that does not answer is an error that does not repeat its password', async () => {
  const url = new URL(environment['DATABASE_URL']!)
  url.port = String(await findFreePort())
  url.password = 'correct-horse'
  const outcomes = await examine(configOf({ DATABASE_URL: url.href }))
  expect(JSON.stringify(outcomes)).not.toContain('correct-horse')
  expect(outcomes.find(({ check }) => check === 'postgres')!.findings[0]).toMatchObject({ status: 'error' })
  expect(outcomes.find(({ check }) => check === 'migrations')!.findings[0]).toMatchObject({ found: 'Not checked.' })
}, 60_000)

test('other partitions than configured are errors of each topic', async () => {
  const found = (await troubles({ TOPIC_PARTITIONS: '7' })).filter(about('topics'))
  expect(found).toContain(`error topics: ${PREFIX}visits has 4 partitions, and 7 are configured.`)
}, 60_000)

test('more copies than brokers are an error', async () => {
  expect(await troubles({ TOPIC_REPLICATION: '9' })).toEqual(
    expect.arrayContaining([expect.stringMatching(/^error brokers: TOPIC_REPLICATION is 9/)]),
  )
}, 60_000)

test('a changed retention and a missing topic are found, and mended by `scoreline topics`', async () => {
  const name = PREFIX + visits.name
  await admin.ensureTopics([{ name, partitions: 4, configs: { 'retention.ms': '1000' } }])
  await waitFor(async () => (await troubles()).some((line) => line.includes(`${name} has retention.ms=1000, not `)), {
    what: 'the changed retention',
    intervalMs: 500,
  })
  await admin.deleteTopics([name])
  expect(await troubles()).toContain(`error topics: 1 topics are missing: ${name}.`)
  await makeTopics()
  expect((await troubles()).filter(about('topics'))).toEqual([])
}, 120_000)

test('a missing migration is named', async () => {
  await database.pool.query("delete from kysely_migration where name = '0034-label-holds'")
  expect((await troubles()).filter(about('migrations'))).toEqual([
    'error migrations: 1 migrations are pending: 0034-label-holds.',
  ])
}, 60_000)

test('missing grants are named table by table', async () => {
  const role = `doctor_${uniqueName('r').replaceAll('-', '_')}`
  await database.pool.query(`create role ${role} login password 'plain'`)
  undo.unshift(() => database.pool.query(`drop owned by ${role}; drop role ${role}`))
  await database.pool.query(`grant select on all tables in schema public to ${role}`)
  const url = new URL(environment['DATABASE_URL']!)
  url.username = role
  url.password = 'plain'
  const found = (await troubles({ DATABASE_URL: url.href })).filter(about('database rights'))
  expect(found[0]).toMatch(/^error database rights: Rights are missing on \d+ tables: .*\(DELETE, INSERT, UPDATE\)/)
}, 60_000)

test('clocks that differ are found at the broker and at PostgreSQL', async () => {
  const found = await troubles({}, { nowMs: () => Date.now() - 5 * 60_000 })
  for (const clock of ['broker clock', 'postgres clock'])
    expect(found.filter(about(clock))).toEqual([
      expect.stringMatching(/^error .* is (299|300|301)\.\d s ahead of this/),
    ])
}, 60_000)

test('a full disk is an error', async () => {
  const found = await troubles({}, { diskOf: () => Promise.resolve({ freeBytes: 1_000_000, totalBytes: 2 ** 40 }) })
  expect(found.filter(about('disk'))).toEqual(['error disk: 1 MiB of 1024.0 GiB are free for DATA_DIRECTORY.'])
}, 60_000)

test('a registry and an issuer are asked, and the password of the registry is not shown', async () => {
  const server = createServer((request, response) => {
    const isAllowed = request.headers.authorization === `Basic ${Buffer.from('li:s3cret-word').toString('base64')}`
    response.writeHead(isAllowed ? 200 : 401).end('["visits-value"]')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  try {
    const access = {
      ACCESS: 'required',
      OIDC_ISSUER: `http://127.0.0.1:${port}/realm`,
      OIDC_AUDIENCE: 'scoreline',
    }
    const outcomes = await examine(
      configOf({ ...access, SCHEMA_REGISTRY_URL: `http://li:s3cret-word@127.0.0.1:${port}` }),
    )
    const findingOf = (name: string) => outcomes.find(({ check }) => check === name)!.findings[0]!
    expect(findingOf('schema registry').found).toBe(`http://127.0.0.1:${port}/subjects answers with 1 subjects.`)
    expect(findingOf('openid issuer')).toMatchObject({ status: 'error' })
    expect(JSON.stringify(outcomes)).not.toContain('s3cret-word')
    const refused = await troubles({ SCHEMA_REGISTRY_URL: `http://li:another@127.0.0.1:${port}` })
    expect(refused.filter(about('schema registry'))).toEqual([expect.stringContaining('answers with 401')])
  } finally {
    server.close()
  }
}, 60_000)

test('dead letters are counted by cause, without what is in them', async () => {
  const person = 'Zhang Wei 13800138000'
  await database.pool.query(
    `insert into dead_letters (id, processor, topic, partition, "offset", code, message, key, value, occurred_at)
      values ('d-1', 'customers', 'visits', 0, 0, 'UNDECODABLE', $1, $2, $2, now())`,
    [person, Buffer.from(person)],
  )
  const outcomes = await examine(configOf())
  const { findings } = outcomes.find(({ check }) => check === 'dead letters')!
  expect(findings[0]!.found).toBe('1 dead letters of customers within a day: UNDECODABLE.')
  expect(JSON.stringify(outcomes)).not.toMatch(/Zhang|138001/)
}, 60_000)
