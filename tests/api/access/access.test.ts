/** Who may use which route, on the whole API. */
import { makeKey, type KeyRequest } from '../../../api/access/make-key.ts'
import { builtInRoles, parseRoles } from '../../../api/access/roles.ts'
import { rights, type OwnUse, type Right } from '../../../api/http/access.ts'
import { apiUnderTest, requiredAccess, type ApiUnderTest } from '../api-under-test.ts'
import { storeWorld } from '../stored-world.ts'

let api: ApiUnderTest
const keys: Record<string, string> = {}
const issue = async (
  name: string,
  roles: readonly string[],
  { salespersonId = null, teamId = null, days = 1 }: Partial<Omit<KeyRequest, 'name' | 'roles' | 'createdBy'>> = {},
) => makeKey(api.database, { name, roles, salespersonId, teamId, days, createdBy: 'security' })

beforeAll(async () => {
  const none = '{"no-rights": {"rights": []}, "clerk": {"rights": ["write-settings"]}}'
  api = await apiUnderTest({ access: requiredAccess(parseRoles(none)) })
  await storeWorld(api.database)
  // The second salesperson is of another team.
  await api.database.pool.query(`update opportunities set team_id = 'team-2' where salesperson_id = 's-2'`)
  await api.database.pool.query(
    `update priorities set entries = jsonb_path_query_array(entries, '$[*] ? (@.salespersonId == "s-1")') where scope = 'team'`,
  )
  keys['no-rights'] = (await issue('no-rights', ['no-rights'])).text
  keys['clerk'] = (await issue('Clara', ['clerk'])).text
  keys['administrator'] = (await issue('Ada', ['administrator'])).text
  keys['salesperson'] = (await issue('Sam', ['salesperson'], { salespersonId: 's-1' })).text
  keys['without id'] = (await issue('Tom', ['salesperson'])).text
  keys['team lead'] = (await issue('Lea', ['team-lead'], { teamId: 'team-1' })).text
  keys['without team'] = (await issue('Kim', ['team-lead'])).text
})
afterAll(() => api.close())

interface Sent {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly payload?: object
  readonly ifMatch?: string
}
const call = async (key: string | undefined, url: string, { method = 'GET', payload, ifMatch }: Sent = {}) => {
  const answer = await api.server.inject({
    method,
    url,
    headers: {
      ...(key === undefined ? {} : { authorization: `Bearer ${keys[key] ?? key}` }),
      ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
    },
    ...(payload === undefined ? {} : { payload }),
  })
  return { status: answer.statusCode, headers: answer.headers, body: answer.body, json: <T>() => answer.json<T>() }
}

interface Operation {
  readonly path: string
  readonly method: 'GET'
  readonly access: Right
  readonly own: OwnUse | undefined
}
/** Returns every operation that the API describes, with placeholders for its path parameters. */
async function operations(): Promise<Operation[]> {
  const { paths } = (await call(undefined, '/openapi.json')).json<{
    paths: Record<string, Record<string, { 'x-access': Right; 'x-own'?: OwnUse }>>
  }>()
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { 'x-access': access, 'x-own': own }]) => ({
      ...{ path, access, own },
      method: method.toUpperCase() as 'GET',
    })),
  )
}
const filled = (path: string) => path.replaceAll(/\{\w+\}/g, 'x')

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
  expect((await api.server.inject({ method: 'HEAD', url: '/customers' })).statusCode).toBe(401)
})

test.each([
  ['no key', 'Basic YTpi'],
  ['an unknown key', 'Bearer sl_0123456789ab_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'],
  ['a token although no issuer is configured', 'Bearer eyJhbGciOiJub25lIn0.e30.'],
  ['a key in the wrong place', `Bearer Bearer x`],
])('%s is refused as a problem', async (_, authorization) => {
  const answer = await api.server.inject({ url: '/customers', headers: { authorization } })
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

/** Objects of another salesperson of another team, by kind. */
const foreign = { visit: 'v-c-2-2', case: 'v-c-2-2', opportunity: 'o-c-2', customer: 'c-2', salesperson: 's-2' }
const own = { visit: 'v-c-1-2', case: 'v-c-1-2', opportunity: 'o-c-1', customer: 'c-1', salesperson: 's-1' }
const at = (path: string, ids: Readonly<Record<string, string>>, { params = {} }: OwnUse) =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[params[name] ?? ''] ?? 'x')

describe('a salesperson', () => {
  test('is refused on every route that is not limited to their own, whatever it is', async () => {
    const granted: readonly Right[] = builtInRoles.get('salesperson')!.rights
    const all = (await operations()).filter(({ access }) => granted.includes(access))
    expect(all.filter(({ own }) => own !== undefined).length).toBeGreaterThan(10)
    for (const { path, method, own: use } of all) {
      const answer = await call('salesperson', use === undefined ? filled(path) : at(path, foreign, use), {
        method,
        ...(method === 'GET' ? {} : { payload: { kind: 'answer', note: 'It was so.' }, ifMatch: '"0"' }),
      })
      // Routes with neither query nor parameter of their own are refused; the others are looked at below.
      const isFilter = use?.query !== undefined && use.params === undefined && use.teamOnly !== true
      expect({ path, method, status: answer.status }).toEqual({ path, method, status: isFilter ? 200 : 403 })
    }
  })

  test('sees exactly their own in every list, and can’t ask for another’s', async () => {
    const lists = (await operations()).filter(({ own }) => own?.query !== undefined && own.teamOnly !== true)
    for (const { path: template, own: use } of lists) {
      const path = at(template, own, use!)
      const { body } = await call('salesperson', path)
      expect({ path, others: /"s-2"|,s-2,/.test(body) }).toEqual({ path, others: false })
      for (const [parameter] of Object.entries(use!.query!.own)) {
        const { status } = await call('salesperson', `${path}?${parameter}=${parameter === 'scope' ? 'team' : 's-2'}`)
        expect({ path, parameter, status }).toEqual({ path, parameter, status: 403 })
        const twice = await call('salesperson', `${path}?${parameter}=s-1&${parameter}=s-2`)
        expect([400, 403]).toContain(twice.status)
      }
    }
    const visits = (await call('salesperson', '/visits')).json<{ items: { salespersonId: string }[] }>().items
    expect(visits).toHaveLength(6)
    expect((await call('salesperson', '/priorities')).json()).toMatchObject({ scope: 'salesperson', owner: 's-1' })
  })

  test('sees their own objects', async () => {
    expect((await call('salesperson', `/visits/${own.visit}`)).status).toBe(200)
    expect((await call('salesperson', `/salespeople/${own.salesperson}/day-plan`)).status).toBe(200)
    expect((await call('salesperson', `/customers/${own.customer}/places`)).status).toBe(200)
    expect((await call('salesperson', `/customers/${own.customer}/timeline`)).status).toBe(200)
    expect((await call('salesperson', `/opportunities/${own.opportunity}/why`)).status).toBe(409)
  })

  test('may answer their cases, but not decide them', async () => {
    await api.database.pool.query(
      `insert into cases (visit_id, id, customer_id, opportunity_id, salesperson_id, visited_at, step, revision, status, origin,
       propensity, visit_revision, verdict, false_score, invalid_score, evidence, policy_version, new_evidence, opened_at, overdue,
       lapses_at, second_person, occurred_at) values ('v-c-1-2', 'case', 'c-1', 'o-c-1', 's-1', now(), 1, 1, 'open', 'flagged', 1, 0,
       'invalid', 0, 1, '[]', 0, false, now(), false, now(), false, now())`,
    )
    const send = (payload: object) =>
      call('salesperson', `/cases/${own.case}/acts`, { method: 'POST', ifMatch: '"9"', payload })
    expect((await send({ kind: 'decide', decision: 'dismissed' })).json()).toMatchObject({
      status: 403,
      detail: '`kind` must be one of answer, comment.',
    })
    // The case has another revision: the request got as far as the case.
    expect((await send({ kind: 'answer', note: 'I was there.' })).status).toBe(412)
    expect((await send({ kind: 'answer', note: 'I was there.', by: 's-2' })).status).toBe(403)
  })

  test('whose key names no salesperson sees nothing', async () => {
    expect((await call('without id', '/visits')).json()).toMatchObject({
      status: 403,
      detail: 'Tom may see only their own objects, and is no salesperson.',
    })
  })
})

describe('a team lead', () => {
  const payloads: Readonly<Record<string, object>> = {
    '/case-acts': { acts: [{ visitId: foreign.case, revision: 0, kind: 'comment', note: 'Ours?' }] },
  }

  test('is refused on every route that is not limited to a team, whatever it is', async () => {
    const objects: readonly Right[] = ['read-customers', 'read-sales', 'review-cases']
    const all = (await operations()).filter(({ access }) => objects.includes(access))
    expect(all.filter(({ own }) => own !== undefined).length).toBeGreaterThan(15)
    for (const { path, method, own: use } of all) {
      const answer = await call('team lead', use === undefined ? filled(path) : at(path, foreign, use), {
        method,
        ...(method === 'GET' ? {} : { payload: payloads[path] ?? { kind: 'comment', note: 'Ours?' }, ifMatch: '"0"' }),
      })
      // Routes with neither query nor parameter of their own are refused; the others are looked at below.
      const isFilter = use?.query !== undefined && use.params === undefined
      expect({ path, method, status: answer.status }).toEqual({ path, method, status: isFilter ? 200 : 403 })
    }
  })

  test('sees exactly the team’s in every list and export, and can’t ask for another’s', async () => {
    const lists = (await operations()).filter(({ own }) => own?.query !== undefined)
    for (const { path: template, own: use } of lists) {
      const path = at(template, own, use!)
      const { status, body } = await call('team lead', path)
      expect({ path, status, others: /"[sc]-2"|[,\n][sc]-2,/.test(body) }).toEqual({ path, status: 200, others: false })
      for (const [parameter] of Object.entries(use!.query!.team)) {
        const other = parameter === 'scope' ? 'overall' : 'team-2'
        const asked = await call('team lead', `${path}?${parameter}=${other}`)
        expect({ path, parameter, status: asked.status }).toEqual({ path, parameter, status: 403 })
      }
    }
    const listed = async (path: string) => (await call('team lead', path)).json<{ items: object[] }>().items
    expect(await listed('/visits')).toHaveLength(6)
    expect(await listed('/visits?salespersonId=s-2')).toEqual([])
    expect((await listed('/customers')).map((one) => (one as { customerId: string }).customerId)).toEqual([
      'c-1',
      'c-3',
    ])
    expect((await call('team lead', '/priorities')).json()).toMatchObject({ scope: 'team', owner: 'team-1' })
    expect((await call('team lead', '/priorities')).json<{ entries: object[] }>().entries).toHaveLength(2)
  })

  test('sees the team’s alerts, and of a customer of two teams only what is the team’s', async () => {
    const count = async (text: string, values: unknown[] = []) => api.database.pool.query(text, values)
    await count(
      `insert into opportunities select (jsonb_populate_record(o, '{"opportunity_id": "o-c-1-b", "salesperson_id": "s-2", "team_id": "team-2"}')).*
       from opportunities o where opportunity_id = 'o-c-1'`,
    )
    await count(
      `insert into visits select (jsonb_populate_record(v, '{"visit_id": "v-b", "opportunity_id": "o-c-1-b", "salesperson_id": "s-2", "text": "of another team"}')).*
       from visits v where visit_id = 'v-c-1-2'`,
    )
    await count(
      `insert into alerts select (jsonb_populate_record(a, '{"id": "alert-b", "subject_id": "v-b", "text": "on another team’s visit"}')).*
       from alerts a where customer_id = 'c-1' limit 1`,
    )
    try {
      for (const path of ['/customers/c-1', '/customers/c-1/timeline', '/alerts', '/visits', '/opportunities']) {
        const all = await call('administrator', path)
        expect({ path, found: /o-c-1-b|v-b|another team/.test(all.body) }).toEqual({ path, found: true })
        const { status, body } = await call('team lead', path)
        expect({ path, status, found: /o-c-1-b|v-b|another team/.test(body) }).toEqual({
          path,
          status: 200,
          found: false,
        })
      }
      expect((await call('team lead', '/alerts')).json<{ items: object[] }>().items.length).toBeGreaterThan(0)
      // The day of a salesperson with open opportunities of two teams shows both.
      await count(`update opportunities set salesperson_id = 's-1' where opportunity_id = 'o-c-1-b'`)
      expect((await call('team lead', '/salespeople/s-1/day-plan')).status).toBe(403)
      await count(`update opportunities set status = 'lost' where opportunity_id = 'o-c-1-b'`)
      expect((await call('team lead', '/salespeople/s-1/day-plan')).status).toBe(200)
    } finally {
      await count(`delete from opportunities where opportunity_id = 'o-c-1-b'`)
      await count(`delete from visits where visit_id = 'v-b'`)
      await count(`delete from alerts where id = 'alert-b'`)
    }
  })

  test('decides the team’s cases, one by one and together', async () => {
    const decide = (path: string, payload: object, method: 'POST' = 'POST') =>
      call('team lead', path, { method, ifMatch: '"9"', payload })
    // The case has another revision: the request got as far as the case.
    expect((await decide(`/cases/${own.case}/acts`, { kind: 'decide', decision: 'dismissed' })).status).toBe(412)
    const act = (visitId: string) => ({ visitId, revision: 9, kind: 'decide', decision: 'dismissed' })
    expect((await decide('/case-acts', { acts: [act(own.case)] })).json()).toMatchObject({
      items: [{ visitId: own.case, state: 'refused' }],
    })
    expect((await decide('/case-acts', { acts: [act(own.case), act(foreign.case)] })).json()).toMatchObject({
      status: 403,
      detail: `The case "${foreign.case}" is not your team’s.`,
    })
    expect((await call('team lead', '/case-summary')).json()).toMatchObject({ undecided: 1 })
  })

  test('sees settings, which belong to no team', async () => {
    expect((await call('team lead', '/policies')).status).toBe(200)
  })

  test('whose key names no team is told what to set', async () => {
    expect((await call('without team', '/visits')).json()).toMatchObject({
      status: 403,
      detail: expect.stringContaining('`scoreline keys create --team`') as string,
    })
  })
})

test('the author of a change is the one who sends it: filled in, and refused if it is another', async () => {
  const change = (payload: object, ifMatch: string) =>
    call('clerk', '/thresholds/loan-demand', { method: 'PUT', ifMatch, payload })
  expect((await change({ value: 0.7 }, '"0"')).json()).toMatchObject({ version: 1, changedBy: 'Clara' })
  expect((await change({ value: 0.8, changedBy: 'Clara' }, '"1"')).json()).toMatchObject({ changedBy: 'Clara' })
  const forged = await change({ value: 0.9, changedBy: 'Ada' }, '"2"')
  expect(forged.json()).toMatchObject({ type: '/problems/forbidden', status: 403 })
  const { rows } = await api.database.pool.query(
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
  const { rows } = await api.database.pool.query(
    `select content ->> 'act' as act, changed_by from bi_changes where kind = 'api-key' and version = $1 order by changed_at`,
    [id],
  )
  expect(rows).toEqual([
    { act: 'created', changed_by: 'Ada' },
    { act: 'revoked', changed_by: 'Ada' },
  ])
  // The secret is nowhere in the database.
  const stored = await api.database.pool.query<{ row: string }>(`select row_to_json(k)::text as row from api_keys k`)
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
