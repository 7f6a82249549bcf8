import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { migrate } from '../../../store/migrate.ts'
import { grantBiRole, revokeBiRole } from '../../../store/operations/bi-roles.ts'
import { openDatabase } from '../../../store/database.ts'
import { put, scoreOf, storeUnderTest } from '../store-under-test.ts'
import { scores } from '../../../schemas/models/scores.ts'
import { migratedDatabase } from '../../support/services.ts'

const password = 'correct-horse-battery'
/** Roles belong to the server, and so to all tests that run at once. */
let name: string
const left: string[] = []
beforeEach(() => {
  name = `bi_${randomBytes(6).toString('hex')}`
})
afterEach(async () => {
  for (const role of left.splice(0)) await store.database.pool.query(`drop owned by ${role}; drop role ${role}`)
})
// After the hook above, which needs the database.
const store = storeUnderTest()

const grant = (changes: object = {}) =>
  grantBiRole(store.database, { name, password, statementTimeoutS: 60, ...changes })

async function asRole<T>(read: (client: pg.Client) => Promise<T>, changes: Partial<URL> = {}): Promise<T> {
  const url = Object.assign(new URL(store.url), { username: name, password, ...changes })
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  try {
    return await read(client)
  } finally {
    await client.end()
  }
}

test('the role reads every view and nothing else, whatever it sets', async () => {
  left.push(name)
  await put(store.database, scores, [scoreOf(1)])
  const { views } = await grant()
  const { rows: relations } = await store.database.pool.query<{ relation: string; kind: string }>(
    `select relname as relation, relkind as kind from pg_class
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v')`,
  )
  const readable = relations.filter(({ relation }) => relation.startsWith('bi_'))
  expect(readable.length).toBe(views)
  expect(relations.length).toBeGreaterThan(views + 40)
  await asRole(async (client) => {
    const { rows } = await client.query('select task, subject_id, probability from bi_scores')
    expect(rows).toEqual([{ task: 'conversion', subject_id: 'o1', probability: 0.1 }])
    await client.query('set default_transaction_read_only = off')
    for (const { relation } of relations) {
      const read = client.query(`select * from "${relation}" limit 1`)
      if (relation.startsWith('bi_')) await read
      else await expect(read).rejects.toThrow('permission denied')
      await expect(client.query(`delete from "${relation}"`)).rejects.toThrow(/permission denied|cannot delete/)
    }
    for (const statement of [
      'create table public.mine (x int)',
      'create schema mine',
      'create role more',
      `create function public.mine() returns int language sql as 'select 1'`,
      `select pg_read_file('PG_VERSION')`,
      `select pg_ls_dir('.')`,
      'select rolpassword from pg_authid',
      'set role pg_read_all_data',
      `copy bi_scores to program 'cat'`,
    ])
      await expect(client.query(statement)).rejects.toThrow(/permission denied|must be/)
  })
})

test('its sessions are read-only and end long statements', async () => {
  left.push(name)
  await grant({ statementTimeoutS: 1 })
  await asRole(async (client) => {
    await expect(client.query('create temporary table mine (x int)')).rejects.toThrow('read-only transaction')
    await expect(client.query('select pg_sleep(20)')).rejects.toThrow('statement timeout')
  })
})

test('granting again changes the password and the limit', async () => {
  left.push(name)
  expect(await grant()).toMatchObject({ created: true })
  expect(await grant({ password: 'another-password', statementTimeoutS: 7 })).toMatchObject({ created: false })
  const shown = await asRole((client) => client.query('show statement_timeout'), { password: 'another-password' })
  expect(shown.rows).toEqual([{ statement_timeout: '7s' }])
  const { rows } = await store.database.pool.query<{ stored: string }>(
    'select rolpassword as stored from pg_authid where rolname = $1',
    [name],
  )
  expect(rows[0]!.stored).toMatch(/^SCRAM-SHA-256\$4096:/)
})

test('a migration lets the role read its new views, not its new tables', async () => {
  left.push(name)
  await grant()
  await store.database.pool.query('create table later (x int); create view bi_later as select x from later')
  await expect(asRole((client) => client.query('select * from bi_later'))).rejects.toThrow('permission denied')
  await Promise.all([migrate(store.database), migrate(store.database)])
  expect((await asRole((client) => client.query('select * from bi_later'))).rows).toEqual([])
  await expect(asRole((client) => client.query('select * from later'))).rejects.toThrow('permission denied')
})

test('names of other roles are refused, and names that need quotes', async () => {
  left.push(name)
  await store.database.pool.query(`create role ${name}`)
  await expect(grant()).rejects.toThrow('was not made by `scoreline bi-role`')
  await expect(revokeBiRole(store.database, name)).rejects.toThrow('was not made by')
  for (const wrong of ['', 'pg_mine', 'Bi', 'a"; drop table scores; --', 'a'.repeat(64)])
    await expect(grant({ name: wrong })).rejects.toThrow('the name of a role')
})

test('a role that could do more through rights of everybody is not made', async () => {
  const { pool } = store.database
  await pool.query('grant select on customers to public; grant create on schema public to public')
  await expect(grant()).rejects.toThrow('revoke create on schema public from public.')
  await expect(grant()).rejects.toThrow(
    'It has rights on public.customers: revoke all on public.customers from public.',
  )
  await pool.query('revoke select on customers from public; revoke create on schema public from public')
  await pool.query(
    `create function whole() returns bigint security definer language sql as 'select count(*) from customers'`,
  )
  await expect(grant()).rejects.toThrow('revoke execute on function whole() from public')
  const { rows } = await pool.query('select from pg_roles where rolname = $1', [name])
  expect(rows).toEqual([])
})

test('a role that became a member of another is not renewed', async () => {
  left.push(name)
  await grant()
  await store.database.pool.query(`grant pg_read_all_data to ${name}`)
  await expect(grant()).rejects.toThrow('It is a member of pg_read_all_data')
})

test('a revoked role is gone, unless another database needs it', async () => {
  const other = await migratedDatabase()
  const second = openDatabase({ url: other.url, poolMax: 1 })
  try {
    await grant()
    await grantBiRole(second, { name, password, statementTimeoutS: 60 })
    expect(await revokeBiRole(store.database, name)).toEqual({ dropped: false })
    await expect(asRole((client) => client.query('select * from bi_scores'))).rejects.toThrow('permission denied')
    expect(await revokeBiRole(second, name)).toEqual({ dropped: true })
    await expect(revokeBiRole(second, name)).rejects.toThrow(`There is no role ${name}.`)
  } finally {
    await second.destroy()
    await other.drop()
  }
})

test('an owner of the database who is no superuser can make and revoke it', async () => {
  const owner = `owner_${name}`
  const { pool } = store.database
  await pool.query(`create role ${owner} login createrole password 'x'; grant all on schema public to ${owner}`)
  const url = Object.assign(new URL(store.url), { username: owner, password: 'x' })
  await pool.query(`alter database "${url.pathname.slice(1)}" owner to ${owner}; alter schema public owner to ${owner}`)
  const { rows } = await pool.query<{ change: string }>(
    `select format('alter view %I owner to ${owner}', relname) as change from pg_class where relkind = 'v' and relname like 'bi\\_%'`,
  )
  for (const { change } of rows) await pool.query(change)
  const owned = openDatabase({ url: url.href, poolMax: 1 })
  try {
    expect(await grantBiRole(owned, { name, password, statementTimeoutS: 60 })).toMatchObject({ created: true })
    expect(await revokeBiRole(owned, name)).toEqual({ dropped: true })
  } finally {
    await owned.destroy()
    left.push(owner)
    const { current } = (await pool.query<{ current: string }>('select current_user as current')).rows[0]!
    await pool.query(`reassign owned by ${owner} to ${current}`)
  }
})
