/** Access for tests to the run’s Kafka and PostgreSQL. */
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

const require = (name: string): string => {
  const value = process.env[name]
  if (!value)
    throw new Error(
      `${name} is not set: run the tests with jest's global setup, and without SCORELINE_TEST_SERVICES=none`,
    )
  return value
}

/** Returns `host:port` of the run’s brokers. */
export const brokers = (): string[] => require('KAFKA_BROKERS').split(',')

/** Returns a name that no other test, and no other run on the same servers, uses: for topics, groups, databases. */
export const uniqueName = (prefix: string): string => `${prefix}-${randomBytes(6).toString('hex')}`

const copyDatabase = async (template: string): Promise<{ url: string; drop: () => Promise<void> }> => {
  const server = require('DATABASE_URL')
  const name = uniqueName('test')
  const execute = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: server })
    await client.connect()
    try {
      await client.query(statement)
    } finally {
      await client.end()
    }
  }
  await execute(`CREATE DATABASE "${name}" TEMPLATE "${template}"`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => execute(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`) }
}

/** Creates an empty database for the test. Drop it in `afterAll`, whether its connections are closed or not. */
export const freshDatabase = (): Promise<{ url: string; drop: () => Promise<void> }> => copyDatabase('template0')

/** Creates a database with every migration. */
export const migratedDatabase = (): Promise<{ url: string; drop: () => Promise<void> }> =>
  copyDatabase(require('DATABASE_TEMPLATE'))

/**
 * Waits until the condition returns something other than false, null or undefined, and returns it. Throws after the
 * timeout, naming `what`, with the last error as its cause.
 */
export const waitFor = async <T>(
  condition: () => T | Promise<T>,
  { timeoutMs = 30_000, intervalMs = 25, what }: { timeoutMs?: number; intervalMs?: number; what: string },
): Promise<Exclude<NonNullable<T>, false>> => {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    let failure: unknown
    try {
      const value = await condition()
      if (value !== false && value !== null && value !== undefined) return value as Exclude<NonNullable<T>, false>
    } catch (error) {
      failure = error
    }
    if (performance.now() > deadline) throw new Error(`waited ${timeoutMs} ms in vain for ${what}`, { cause: failure })
    await sleep(intervalMs)
  }
}
