import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { startDatabase, type Database } from '../../deploy/database.ts'
import { findFreePort, LOOPBACK } from '../../deploy/ports.ts'
import { isRunning, markProcess, waitForEnd } from '../../deploy/processes.ts'
import { makeTemporaryDirectory } from '../support/test-services.ts'

const query = async (url: string, text: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}

/** Starts a server from a process that is then killed before it can stop it. */
const startAndDie = async (directory: string): Promise<number> => {
  const script = `
    const { startDatabase } = await import(${JSON.stringify(join(import.meta.dirname, '../../deploy/database.ts'))})
    const { pid } = await startDatabase({ directory: ${JSON.stringify(directory)}, throwAway: true })
    console.log(pid)
    process.stdin.resume().once('end', () => process.exit())`
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['pipe', 'pipe', 'inherit'] })
  const mark = markProcess(parent.pid!)!
  const [printed] = (await once(parent.stdout, 'data')) as [Buffer]
  parent.kill('SIGKILL')
  await waitForEnd(mark, 5_000)
  return Number(printed.toString())
}

describe('the local database', () => {
  let parent: string
  let directory: string
  const running: Database[] = []
  const start = async (port?: number): Promise<Database> => {
    const database = await startDatabase({ directory, throwAway: true, ...(port === undefined ? {} : { port }) })
    running.push(database)
    return database
  }

  beforeEach(() => {
    parent = makeTemporaryDirectory('database-test')
    directory = join(parent, 'postgres')
  })

  afterEach(async () => {
    await Promise.all(running.splice(0).map((database) => database.stop()))
    rmSync(parent, { recursive: true, force: true })
  })

  test('a start that was interrupted launches nothing', async () => {
    const signal = AbortSignal.abort(new Error('interrupted'))
    await expect(startDatabase({ directory, throwAway: true, signal })).rejects.toThrow('interrupted')
    expect(existsSync(join(directory, 'postgres.log'))).toBe(false)
  })

  test('keeps its rows and its password over a restart', async () => {
    const first = await start()
    await query(first.url, `CREATE TABLE visit (note text); INSERT INTO visit VALUES ('客户需要贷款')`)
    const mark = markProcess(first.pid)!
    await first.stop()
    expect(isRunning(mark)).toBe(false)

    const second = await start()
    expect(new URL(second.url).password).toBe(new URL(first.url).password)
    expect(await query(second.url, 'SELECT note, upper($$é$$) AS upper FROM visit')).toEqual([
      { note: '客户需要贷款', upper: 'É' },
    ])
  })

  test('sorts text the same on every machine, in UTF-8 and UTC', async () => {
    const { url } = await start()
    const [settings] = await query(
      url,
      `SELECT pg_encoding_to_char(encoding) AS encoding, datlocprovider AS provider, datlocale AS locale, current_setting('timezone') AS zone
       FROM pg_database WHERE datname = current_database()`,
    )
    expect(settings).toEqual({ encoding: 'UTF8', provider: 'b', locale: 'C.UTF-8', zone: 'UTC' })
  })

  test('requires its password, which only its user may read', async () => {
    const { url } = await start()
    const wrong = new URL(url)
    wrong.password = 'wrong'
    await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow('password authentication failed')
    expect(statSync(join(directory, 'password')).mode & 0o777).toBe(0o600)
    expect(new URL(url).password.length).toBeGreaterThanOrEqual(32)
  })

  test('starts below a folder that other users may not enter', async () => {
    directory = join(parent, 'closed', 'below', 'postgres')
    mkdirSync(join(parent, 'closed'), { mode: 0o700 })
    const { url } = await start()
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect(statSync(join(parent, 'closed')).mode & 0o777).toBe(0o700)
  })

  test('names the variable that moves it when its port is taken', async () => {
    const port = await findFreePort()
    const taken = createServer().listen(port, LOOPBACK)
    await once(taken, 'listening')
    try {
      await expect(start(port)).rejects.toThrow(`port ${port} for PostgreSQL is taken: set DATABASE_PORT`)
    } finally {
      taken.close()
    }
  })

  test.each(['with the note of who started it', 'by its own pid file alone'])(
    'stops one that a killed process has left running, %s',
    async (how) => {
      const left = markProcess(await startAndDie(directory))!
      expect(isRunning(left)).toBe(true)
      if (how.includes('alone')) rmSync(join(directory, 'running.json'))
      const { url } = await start()
      expect(isRunning(left)).toBe(false)
      expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    },
  )

  test('starts again after an interrupted first start', async () => {
    mkdirSync(join(directory, 'data.unfinished', 'base'), { recursive: true })
    const { url } = await start()
    expect(await query(url, 'SELECT current_database() AS name')).toEqual([{ name: 'scoreline' }])
    expect(existsSync(join(directory, 'data.unfinished'))).toBe(false)
  })

  test('refuses a directory whose server belongs to a living process', async () => {
    await start()
    await expect(start()).rejects.toThrow(`already in use by process ${process.pid}`)
  })
})
