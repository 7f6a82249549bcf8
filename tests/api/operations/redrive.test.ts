import { makeKey } from '../../../api/access/make-key.ts'
import { parseRoles } from '../../../api/access/roles.ts'
import { deadLetters } from '../../../schemas/platform/platform.ts'
import { cutText } from '../../../schemas/platform/cut-letter.ts'
import { letterOfVisit } from '../../dashboard/src/operations/stream/stored-letters.ts'
import { put } from '../../store/store-under-test.ts'
import { apiUnderTest, requiredAccess, type ApiUnderTest } from '../api-under-test.ts'

let api: ApiUnderTest
let failing = false
const sent: number[] = []
const keys = new Map<string, string>()

beforeEach(async () => {
  failing = false
  sent.length = 0
  const roles = parseRoles('{"operator": {"rights": ["operate", "redrive-records"]}}')
  api = await apiUnderTest({
    access: requiredAccess(roles),
    redrive({ partition, value }) {
      if (failing) return Promise.reject(new Error('No broker answers.'))
      sent.push(partition, value!.length)
      return Promise.resolve()
    },
  })
  for (const role of ['operator', 'administrator', 'viewer']) {
    const key = {
      name: `the ${role}`,
      roles: [role],
      salespersonId: null,
      teamId: null,
      days: 1,
      createdBy: 'security',
    }
    keys.set(role, (await makeKey(api.database, key)).text)
  }
})
afterEach(() => api.close())

interface Answer extends Record<string, unknown> {
  readonly sent: number
  readonly items: readonly { readonly id: string; readonly outcome: string }[]
}

async function call(role: string, url: string, payload?: object) {
  const headers = { authorization: `Bearer ${keys.get(role)!}` }
  const method = payload === undefined ? 'GET' : 'POST'
  const answer = await api.server.inject({ method, url, headers, ...(payload && { payload }) })
  return { status: answer.statusCode, text: answer.body, json: () => answer.json<Answer>() }
}
const redrive = async (payload: object, role = 'operator') => {
  const { status, json } = await call(role, '/dead-letters/redrive', {
    ...{ dryRun: false, reason: 'The mapping is mended' },
    ...payload,
  })
  return { status, body: json() }
}
const outcomes = ({ body }: { readonly body: Answer }) =>
  Object.fromEntries(body.items.map(({ id, outcome }) => [id, outcome]))
const detail = async (role: string, id: string) => (await call(role, `/dead-letters/${id}`)).json()

test('a dry run says what would happen, and nothing is sent or recorded', async () => {
  await put(api.database, deadLetters, [
    letterOfVisit(1),
    letterOfVisit(1, { id: 'by-the-sink', processor: 'sink' }),
    letterOfVisit(2, { message: `Too large.${cutText('value', 9_000_000, 7_340_032)}` }),
    letterOfVisit(3, { topic: 'test.clock' }),
    letterOfVisit(4, { topic: 'other.visits' }),
    letterOfVisit(5, { topic: 'test.releases' }),
  ])
  const tried = await redrive({ code: 'INVALID', dryRun: true })
  expect(tried).toMatchObject({ status: 200, body: { dryRun: true, sent: 1, more: false } })
  expect(outcomes(tried)).toEqual({
    ...{ 'letter-visit-1': 'same-record', 'by-the-sink': 'send', 'letter-visit-2': 'cut' },
    ...{ 'letter-visit-3': 'not-resendable', 'letter-visit-4': 'unknown-topic', 'letter-visit-5': 'not-resendable' },
  })
  expect(sent).toEqual([])
  expect((await redrive({ code: 'INVALID', dryRun: true })).body).toEqual(tried.body)
})

test('each record is sent once, oldest first, and who sent it is among the changes', async () => {
  await put(api.database, deadLetters, [letterOfVisit(1), letterOfVisit(2, { partition: 7 }), letterOfVisit(3)])
  const [one, other] = await Promise.all([
    redrive({ ids: ['letter-visit-1', 'letter-visit-2'] }),
    redrive({ ids: ['letter-visit-1', 'letter-visit-2'] }),
  ])
  expect(one.body.sent + other.body.sent).toBe(2)
  expect(sent.filter((_, index) => index % 2 === 0)).toEqual([7, 3])
  expect(outcomes(await redrive({ topic: 'test.visits' }))).toEqual({
    'letter-visit-1': 'redriven',
    'letter-visit-2': 'redriven',
    'letter-visit-3': 'send',
  })
  const who = { redrivenBy: 'the operator', redriveReason: 'The mapping is mended' }
  expect(await detail('administrator', 'letter-visit-2')).toMatchObject({ ...who, redrivenAt: expect.any(String) })
  const changes = await api.database
    .selectFrom('setting_versions')
    .select(['key', 'changedBy', 'reason'])
    .where('setting', '=', 'redrive')
    .orderBy('key')
    .execute()
  expect(changes.map(({ key, changedBy }) => [key, changedBy])).toEqual([
    ['test.visits/3/1', 'the operator'],
    ['test.visits/3/3', 'the operator'],
    ['test.visits/7/2', 'the operator'],
  ])
})

test('a record that could not be sent is not recorded, and can be sent later', async () => {
  await put(api.database, deadLetters, [letterOfVisit(1)])
  failing = true
  expect((await redrive({ ids: ['letter-visit-1'] })).status).toBe(500)
  failing = false
  expect((await redrive({ ids: ['letter-visit-1'] })).body).toMatchObject({ sent: 1 })
})

test('without a choice, a reason or the right nothing is sent', async () => {
  await put(api.database, deadLetters, [letterOfVisit(1)])
  const all = await redrive({})
  expect(all).toMatchObject({
    status: 400,
    body: { detail: 'Choose letters by `ids`, `processor`, `topic` or `code`.' },
  })
  expect((await redrive({ code: 'INVALID', reason: ' ' })).status).toBe(400)
  expect((await redrive({ code: 'INVALID', changedBy: 'somebody else' })).status).toBe(403)
  expect((await redrive({ code: 'INVALID' }, 'viewer')).status).toBe(403)
  expect(sent).toEqual([])
})

test('key and payload are left out for those who may not see customers', async () => {
  await put(api.database, deadLetters, [
    letterOfVisit(1),
    letterOfVisit(2, { value: Buffer.from('no schema') }),
    letterOfVisit(3, { topic: 'other.visits' }),
  ])
  for (const url of ['/dead-letters', '/dead-letters.ndjson', '/dead-letters.csv', '/dead-letters/letter-visit-1']) {
    const hidden = await call('operator', url)
    expect(hidden.status).toBe(200)
    expect(hidden.text).not.toMatch(new RegExp(`Asked for the rate|${Buffer.from('c-1').toString('base64')}`))
    expect((await call('viewer', url)).text).toContain(Buffer.from('c-1').toString('base64'))
  }
  expect(await detail('operator', 'letter-visit-1')).toMatchObject({
    payloadHidden: true,
    payload: null,
    undecodable: null,
    key: null,
    value: null,
  })
  const seen = (id: string) => detail('viewer', id)
  expect(await seen('letter-visit-1')).toMatchObject({ payload: { visitId: 'v1', text: 'Asked for the rate' } })
  expect(await seen('letter-visit-2')).toMatchObject({ payload: null, undecodable: expect.any(String) })
  expect(await seen('letter-visit-3')).toMatchObject({ undecodable: 'The platform has no topic other.visits.' })
  expect((await call('viewer', '/dead-letters/nothing')).status).toBe(404)
})
