/** Who may use which route, on the whole API. */
import { rights } from '../../../api/http/access.ts'
import { apiUnderTest } from '../api-under-test.ts'
import { accessUnderTest, filled, type AccessUnderTest } from './access-under-test.ts'

let access: AccessUnderTest
const keys: Record<string, string> = {}
const issue: AccessUnderTest['issue'] = (...held) => access.issue(...held)
const operations = () => access.operations()
/** Sends a request with the key of somebody, with this key, or without a credential. */
const call = (key: string | undefined, url: string, sent?: Parameters<AccessUnderTest['call']>[2]) =>
  access.call(key === undefined ? undefined : (keys[key] ?? key), url, sent)

beforeAll(async () => {
  access = await accessUnderTest('{"no-rights": {"rights": []}, "clerk": {"rights": ["write-settings"]}}')
  keys['no-rights'] = (await issue('no-rights', ['no-rights'])).text
  keys['clerk'] = (await issue('Clara', ['clerk'])).text
  keys['administrator'] = (await issue('Ada', ['administrator'])).text
})
afterAll(() => access.close())

test('without a credential only public routes answer, on every route and method', async () => {
  const all = await operations()
  expect(all.length).toBeGreaterThan(100)
  for (const { path, method, access } of all) {
    const { status, headers } = await call(undefined, filled(path), { method })
    if (access === 'public') expect({ path, status }).not.toEqual({ path, status: 401 })
    else
      expect({ path, method, status, challenge: headers['www-authenticate'] }).toEqual({
        ...{ path, method, status: 401 },
        challenge: 'Bearer realm="scoreline"',
      })
  }
  const open = all.filter(({ access }) => access === 'public').map(({ path }) => path)
  // Webhooks are signed by their senders.
  expect(open.sort()).toEqual(['/health', '/problems', '/problems/{kind}', '/ready', '/webhooks/{source}'])
})

test('a credential without the right gets 403 on every route, and the challenge names the right', async () => {
  for (const { path, method, access } of (await operations()).filter(({ access }) => access !== 'public')) {
    const { status, headers } = await call('no-rights', filled(path), { method })
    expect({ path, method, status, challenge: headers['www-authenticate'] }).toEqual({
      ...{ path, method, status: 403 },
      challenge: `Bearer realm="scoreline", error="insufficient_scope", scope="${access}"`,
    })
  }
})

test('the routes outside of the description are guarded too', async () => {
  const statuses = async (url: string) => [
    (await call(undefined, url)).status,
    (await call('administrator', url)).status,
  ]
  expect(await statuses('/asyncapi.json')).toEqual([401, 200])
  expect(await statuses('/metrics')).toEqual([401, 200])
  expect(await statuses('/visits.csv')).toEqual([401, 200])
  expect(await statuses('/nothing')).toEqual([404, 404])
  expect((await access.server.inject({ method: 'HEAD', url: '/customers' })).statusCode).toBe(401)
})

test.each([
  ['no key', 'Basic YTpi'],
  ['an unknown key', 'Bearer sl_0123456789ab_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'],
  ['a token although no issuer is configured', 'Bearer eyJhbGciOiJub25lIn0.e30.'],
  ['a key in the wrong place', `Bearer Bearer x`],
])('%s is refused as a problem', async (_, authorization) => {
  const answer = await access.server.inject({ url: '/customers', headers: { authorization } })
  expect(answer.statusCode).toBe(401)
  expect(answer.headers['content-type']).toContain('application/problem+json')
  expect(answer.headers['www-authenticate']).toContain('Bearer realm="scoreline"')
  expect(answer.json()).toMatchObject({ type: '/problems/not-authenticated', status: 401 })
})

test('a key with another secret, an expired and a revoked key are refused', async () => {
  const { text, key } = await issue('Eve', ['viewer'])
  const wrong = `${text.slice(0, -4)}${text.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`
  expect((await call(wrong, '/customers')).status).toBe(401)
  expect((await call((await issue('Eve', ['viewer'], { days: -1 })).text, '/customers')).json()).toMatchObject({
    status: 401,
    detail: 'The API key has expired.',
  })
  const revoked = await call('administrator', `/keys/${key.id}`, { method: 'DELETE' })
  expect(revoked.json()).toMatchObject({ id: key.id, revokedBy: 'Ada', revokedAt: expect.any(String) as string })
  expect((await call(text, '/customers')).json()).toMatchObject({ status: 401, detail: 'The API key was revoked.' })
})
test('the author of a change is the one who sends it: filled in, and refused if it is another', async () => {
  const change = (payload: object, ifMatch: string) =>
    call('clerk', '/thresholds/loan-demand', { method: 'PUT', ifMatch, payload })
  expect((await change({ value: 0.7 }, '"0"')).json()).toMatchObject({ version: 1, changedBy: 'Clara' })
  expect((await change({ value: 0.8, changedBy: 'Clara' }, '"1"')).json()).toMatchObject({ changedBy: 'Clara' })
  const forged = await change({ value: 0.9, changedBy: 'Ada' }, '"2"')
  expect(forged.json()).toMatchObject({ type: '/problems/forbidden', status: 403 })
  const { rows } = await access.database.pool.query(
    `select changed_by, content from bi_changes where kind = 'threshold' order by version`,
  )
  expect(rows).toEqual([
    { changed_by: 'Clara', content: { value: 0.7 } },
    { changed_by: 'Clara', content: { value: 0.8 } },
  ])
})

test('an administrator makes a key that works at once, and its life is in the list of changes', async () => {
  const payload = { name: 'Vera', roles: ['viewer'], days: 3 }
  const made = await call('administrator', '/keys', { method: 'POST', payload })
  expect(made.status).toBe(201)
  const { key, id, expiresAt } = made.json<{ key: string; id: string; expiresAt: string }>()
  expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(2.9 * 86_400_000)
  expect((await call(key, '/customers')).status).toBe(200)
  expect((await call(key, '/keys')).status).toBe(403)
  const listed = (await call('administrator', '/keys?name=Vera')).json<{ items: object[] }>()
  expect(listed.items).toEqual([expect.objectContaining({ id, name: 'Vera', createdBy: 'Ada' })])
  await call('administrator', `/keys/${id}`, { method: 'DELETE' })
  const { rows } = await access.database.pool.query(
    `select content ->> 'act' as act, changed_by from bi_changes where kind = 'api-key' and version = $1 order by changed_at`,
    [id],
  )
  expect(rows).toEqual([
    { act: 'created', changed_by: 'Ada' },
    { act: 'revoked', changed_by: 'Ada' },
  ])
  // The secret is nowhere in the database.
  const stored = await access.database.pool.query<{ row: string }>(`select row_to_json(k)::text as row from api_keys k`)
  expect(stored.rows.map(({ row }) => row).join()).not.toContain(key.split('_')[2])
})

test('keys that could do nothing, or that name unknown roles, are not made', async () => {
  const make = async (payload: object) =>
    (await call('administrator', '/keys', { method: 'POST', payload })).json<{ status: number; detail: string }>()
  expect(await make({ name: 'x', roles: ['root'] })).toMatchObject({
    status: 400,
    detail: expect.stringContaining('There is no role root. There are: viewer, ') as string,
  })
  expect(await make({ name: 'x', roles: ['salesperson'] })).toMatchObject({ status: 400 })
  expect(await make({ name: 'x', roles: ['team-lead'] })).toMatchObject({
    status: 400,
    detail: expect.stringContaining('so the key must name the team.') as string,
  })
  expect(await make({ name: 'x', roles: ['team-lead'], teamId: 'team-1' })).toMatchObject({ teamId: 'team-1' })
  expect(await make({ name: 'x', roles: ['viewer'], days: 1_000 })).toMatchObject({ status: 400 })
  expect(await make({ name: 'x', roles: ['viewer'], id: 'mine' })).toMatchObject({ status: 400 })
  expect((await call('administrator', '/keys/none', { method: 'DELETE' })).status).toBe(404)
})

test('while access is open, the API makes no keys', async () => {
  const open = await apiUnderTest()
  try {
    const payload = { name: 'x', roles: ['administrator'], changedBy: 'x' }
    const answer = await open.server.inject({ method: 'POST', url: '/keys', payload })
    expect(answer.json()).toMatchObject({
      status: 409,
      detail: expect.stringContaining('scoreline keys create') as string,
    })
  } finally {
    await open.close()
  }
})

test('every right has a meaning', () => {
  for (const meaning of Object.values(rights)) expect(meaning).toMatch(/\.$/)
})
