import { checkWritable } from '../../store/sql/check-writable.ts'
import { openDatabase, type Database } from '../../store/database.ts'
import { freshDatabase, waitFor } from '../support/services.ts'

let url: string
let drop: () => Promise<void>
let database: Database
beforeEach(async () => {
  ;({ url, drop } = await freshDatabase())
  database = openDatabase({ url, poolMax: 2, applicationName: 'under-test', statementTimeoutMs: 300 })
})
afterEach(async () => {
  await database.destroy()
  await drop()
})

test('safe integers are numbers, others are refused rather than rounded', async () => {
  const { rows } = await database.pool.query(
    'select 9007199254740991::bigint as largest, (-5)::bigint as less, null::bigint as none',
  )
  expect(rows).toEqual([{ largest: Number.MAX_SAFE_INTEGER, less: -5, none: null }])
  await expect(database.pool.query('select 9007199254740992::bigint as rounded')).rejects.toThrow('9007199254740992')
})

test('features are lists of numbers, including empty lists and unknown values', async () => {
  const { rows } = await database.pool.query(
    `select '{}'::real[] as empty, '{1.5,NaN,-Infinity,1e-45}'::real[] as some, null::real[] as none, '{"a,b",c}'::text[] as words`,
  )
  expect(rows).toEqual([{ empty: [], some: [1.5, Number.NaN, -Infinity, 1e-45], none: null, words: ['a,b', 'c'] }])
})

test('equal numbers are read once, and can’t be changed for other readers', async () => {
  const { rows } = await database.pool.query<{ list: number[] }>(
    `select array[number % 2, 0.5]::real[] as list from generate_series(1, 4) number`,
  )
  expect(rows.map(({ list }) => list)).toEqual([
    [1, 0.5],
    [0, 0.5],
    [1, 0.5],
    [0, 0.5],
  ])
  expect(rows[0]!.list).toBe(rows[2]!.list)
  expect(() => rows[0]!.list.push(1)).toThrow('not extensible')
  await database.pool.query(`select array[number]::real[] from generate_series(1, 100) number`)
})

test('the server ends a slow statement, and the connection is reused', async () => {
  await expect(database.pool.query('select pg_sleep(5)')).rejects.toThrow('statement timeout')
  await checkWritable(database)
})

test('connections that broke are opened anew', async () => {
  await checkWritable(database)
  const killer = openDatabase({ url, poolMax: 1 })
  await killer.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'under-test' and datname = current_database()`,
  )
  await killer.destroy()
  await waitFor(() => checkWritable(database).then(() => true), { what: 'an answer on a new connection' })
})

test('a database that is not there is an error, not a wait', async () => {
  const nowhere = openDatabase({ url: 'postgres://nobody@127.0.0.1:1/none' })
  await expect(checkWritable(nowhere)).rejects.toThrow('ECONNREFUSED')
  await nowhere.destroy()
})
