/** What people see whose right extends to a part of the objects, on the whole API. */
import { builtInRoles } from '../../../api/access/roles.ts'
import type { OwnUse, Right } from '../../../api/http/access.ts'
import { accessUnderTest, filled, storeCase, type AccessUnderTest } from './access-under-test.ts'

let access: AccessUnderTest
const keys: Record<string, string> = {}
const call = (key: string, url: string, sent?: Parameters<AccessUnderTest['call']>[2]) =>
  access.call(keys[key]!, url, sent)
const operations = () => access.operations()

beforeAll(async () => {
  access = await accessUnderTest()
  await storeCase(access.database)
  for (const [key, held] of Object.entries({
    administrator: access.issue('Ada', ['administrator']),
    salesperson: access.issue('Sam', ['salesperson'], { salespersonId: 's-1' }),
    'without id': access.issue('Tom', ['salesperson']),
    'team lead': access.issue('Lea', ['team-lead'], { teamId: 'team-1' }),
    'without team': access.issue('Kim', ['team-lead']),
  }))
    keys[key] = (await held).text
})
afterAll(() => access.close())

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
    const ofPerson = (owner: string) => call('team lead', `/priorities?scope=salesperson&owner=${owner}`)
    expect((await ofPerson('s-1')).json()).toMatchObject({ scope: 'salesperson', owner: 's-1' })
    expect((await ofPerson('s-2')).json()).toMatchObject({
      status: 403,
      detail: 'The salesperson "s-2" is not your team’s.',
    })
    expect((await call('team lead', '/priorities?scope=salesperson')).status).toBe(403)
    expect((await ofPerson('s-1&owner=s-2')).status).toBe(403)
    expect(await listed('/priorities/owners')).toEqual([
      expect.objectContaining({ scope: 'salesperson', owner: 's-1' }),
      expect.objectContaining({ scope: 'team', owner: 'team-1' }),
    ])
  })

  test('sees the team’s alerts, and of a customer of two teams only what is the team’s', async () => {
    const count = async (text: string, values: unknown[] = []) => access.database.pool.query(text, values)
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
