import { builtInCaseRules } from '../../../processors/visits/cases/default-case-rules.ts'
import type { Topic } from '../../../schemas/topic.ts'
import { alertAdmissions } from '../../../schemas/visits/alert-admissions.ts'
import { caseActs } from '../../../schemas/visits/case-acts.ts'
import { caseFindings, type CaseFinding } from '../../../schemas/visits/case-findings.ts'
import { cases } from '../../../schemas/visits/cases.ts'
import { snoozes } from '../../../schemas/visits/snoozes.ts'
import { visits } from '../../../schemas/visits/visits.ts'
import type { ReplayInput } from '../../../streams/replay/replay.ts'
import { put } from '../../store/store-under-test.ts'
import { visit } from '../../processors/scoring-fixtures.ts'
import { assessmentOf, at, findingOf } from '../../processors/visits/cases/case-fixtures.ts'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'
import { carryCases, type CarriedCases } from './carried-cases.ts'

let api: ApiUnderTest
let carried: CarriedCases
const publish: CarriedCases['publish'] = (...given) => carried.publish(...given)

const flagged = (visitId: string, falseScore: number, changes: Partial<CaseFinding> = {}): ReplayInput => ({
  topic: caseFindings,
  value: findingOf(visitId, 0, { assessment: assessmentOf(visitId, 0, { falseScore, invalidScore: 0 }), ...changes }),
})
const admitted = (visitId: string): ReplayInput => ({
  topic: alertAdmissions,
  value: {
    id: `room/${visitId}`,
    occurredAt: at(0),
    source: 't',
    visitId,
    customerId: 'c1',
    kind: 'suspected-false-visit',
  },
})

beforeAll(async () => {
  api = await apiUnderTest()
  carried = carryCases(api.database)
  await put(api.database, visits, [
    visit('v1', 0, { text: '今天拜访了王总，客户想了解经营贷款的利率。', place: place(31.2) }),
    visit('v0', -9, { text: '上午拜访了李总，客户想了解经营贷款的利率，另约时间。', place: place(31.3) }),
  ])
  const scores = { v1: 0.8, v2: 0.95, v3: 0.02, v4: 0.6 }
  await publish(Object.entries(scores).map(([visitId, score]) => flagged(visitId, score)))
  await publish(['v1', 'v2'].map(admitted))
})
afterAll(async () => {
  await carried.stop()
  await api.close()
})

const place = (latitude: number) => ({ latitude, longitude: 121.5, accuracyM: 20, ageS: null, mocked: null })
const get = async (url: string) => {
  const answer = await api.server.inject({ url })
  return { status: answer.statusCode, etag: answer.headers.etag, body: answer.json() }
}
const act = async (visitId: string, revision: number | undefined, payload: object) => {
  const headers = revision === undefined ? {} : { 'if-match': `"${revision}"` }
  const answer = await api.server.inject({ method: 'POST', url: `/cases/${visitId}/acts`, headers, payload })
  return { status: answer.statusCode, etag: answer.headers.etag, body: answer.json() }
}
const ids = ({ body }: { body: { items: { visitId: string }[] } }) => body.items.map(({ visitId }) => visitId)

test('the queue is ordered by expected loss, and marks cases whose review costs more than it saves', async () => {
  const queue = await get('/cases?status=undecided')
  expect(ids(queue)).toEqual(['v2', 'v1', 'v4', 'v3'])
  const worth = queue.body.items.map(({ worthReviewing }: { worthReviewing: boolean }) => worthReviewing)
  expect(worth).toEqual([true, true, true, true])
  const first = await get('/cases?status=undecided&limit=2')
  expect(ids(await get(`/cases?status=undecided&limit=2&after=${first.body.next}`))).toEqual(['v4', 'v3'])
  expect(ids(await get('/cases?salespersonId=nobody'))).toEqual([])
  expect((await get('/cases?order=due')).body.items[0]).toMatchObject({ visitId: 'v1', dueAt: expect.any(String) })
  // The probability of v4 comes from a tenth with few decisions, since there is no model.
  expect((await get('/cases/v4')).body).toMatchObject({ probability: 0.65, modelId: null })
  const csv = await api.server.inject({ url: '/cases.csv' })
  expect(csv.body.split('\r\n')).toHaveLength(6)
})

test('a case shows the visits side by side, with the common passages of both texts', async () => {
  const { body, etag } = await get('/cases/v1')
  expect(etag).toBe('"0"')
  expect(body.acts.map(({ act: kind }: { act: string }) => kind)).toEqual(['opened', 'alerted'])
  const [other] = body.others
  expect(other).toMatchObject({ visitId: 'v0', kinds: ['copied-text'], distanceM: expect.closeTo(11_119, -2) })
  const said = other.passages.map(({ from, to, otherFrom, otherTo }: Record<string, number>) => [
    body.visit.text.slice(from, to),
    other.text.slice(otherFrom, otherTo),
  ])
  expect(said).toEqual([['总，客户想了解经营贷款的利率', '总，客户想了解经营贷款的利率']])
  expect(await get('/cases/nobody')).toMatchObject({ status: 404 })
})

test('an act returns its effect; an act that the case does not allow is refused with the reason', async () => {
  const assigned = await act('v1', 0, { kind: 'assign', by: 'li', to: 'wang' })
  expect(assigned).toMatchObject({ status: 200, etag: '"1"', body: { case: { status: 'assigned', reviewer: 'wang' } } })
  expect(await act('v1', 0, { kind: 'decide', by: 'wang', decision: 'harmless' })).toMatchObject({ status: 412 })
  expect(await act('v1', undefined, { kind: 'close', by: 'wang' })).toMatchObject({ status: 428 })
  expect(await act('v1', 1, { kind: 'close', by: 'wang' })).toMatchObject({
    ...{ status: 409, body: { type: '/problems/not-possible' } },
  })
  expect(await act('v1', 1, { kind: 'decide', by: 'wang', decision: 'dismissed' })).toMatchObject({
    ...{ status: 422, body: { detail: 'Say why it is dismissed: give a note.' } },
  })
  expect(await act('v1', 1, { kind: 'decide', by: 's1', decision: 'harmless' })).toMatchObject({ status: 409 })
  expect(await act('nobody', 1, { kind: 'comment', by: 'wang', note: 'x' })).toMatchObject({ status: 404 })
  expect(await act('v1', 1, { kind: 'shout', by: 'wang' })).toMatchObject({ status: 400 })
  // Sends the act twice, as a retry after a broken connection does.
  const twice = { kind: 'comment', by: 'wang', note: 'I will ask.', id: 'mine' }
  expect(await act('v1', 1, twice)).toMatchObject({ status: 200, body: { actId: 'mine', case: { revision: 2 } } })
  expect(await act('v1', 1, twice)).toMatchObject({ status: 200, body: { actId: 'mine', case: { revision: 2 } } })
})

test('of two simultaneous acts one succeeds, and the other is refused', async () => {
  const decide = (by: string) => act('v4', 0, { kind: 'decide', by, decision: 'harmless' })
  const both = await Promise.all([decide('li'), decide('wang')])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 412])
})

test('a dismissed case leaves every open list, its alert too, and is a label until it is reopened', async () => {
  expect((await get('/alerts?raised=true')).body.items).toHaveLength(2)
  const dismissed = await act('v2', 0, { kind: 'decide', by: 'wang', decision: 'dismissed', note: 'She was there.' })
  expect(dismissed.body.case).toMatchObject({ status: 'decided', alert: null, note: 'She was there.' })
  expect(ids(await get('/cases?status=undecided'))).not.toContain('v2')
  const open = (await get('/alerts?raised=true')).body.items
  expect(open.map(({ subjectId }: { subjectId: string }) => subjectId)).toEqual(['v1'])
  expect((await get('/case-labels')).body.items).toMatchObject([
    { visitId: 'v2', task: 'false-visit', value: 0, propensity: 1 },
  ])
  expect((await get('/case-summary')).body).toMatchObject({ decided: 2, harmless: 1, dismissed: 1, undecided: 2 })
  const reopened = await act('v2', 1, { kind: 'reopen', by: 'li', note: 'The customer says otherwise.' })
  expect(reopened.body.case).toMatchObject({ status: 'assigned', decision: null })
  expect((await get('/case-labels')).body.items).toEqual([])
})

test('an alert of a decided case is in no list, even before its withdrawal arrives', async () => {
  await publish([flagged('v9', 0.9), admitted('v9')])
  const isThere = async () =>
    ids({ body: { items: (await get('/alerts?raised=true')).body.items.map(subject) } }).includes('v9')
  const subject = ({ subjectId }: { subjectId: string }) => ({ visitId: subjectId })
  expect(await isThere()).toBe(true)
  const act = {
    kind: 'decide',
    decision: 'dismissed',
    note: 'x',
    by: 'li',
    to: null,
    claim: null,
    revision: 0,
  } as const
  await publish(
    [{ topic: caseActs, value: { id: 'd9', occurredAt: at(1), source: 't', visitId: 'v9', customerId: 'c1', ...act } }],
    [cases as Topic],
  )
  expect(await isThere()).toBe(false)
})

test('bulk acts succeed or fail one by one, and no reviewer gets more than the limit', async () => {
  const put = await api.server.inject({
    ...{ method: 'PUT', url: '/case-rules/visits', headers: { 'if-match': '"0"' } },
    payload: { ...builtInCaseRules, assignedMax: 1, changedBy: 'li' },
  })
  expect(put.statusCode).toBe(200)
  await publish([flagged('v5', 0.7), flagged('v6', 0.7)])
  const acts = ['v5', 'v6', 'v7'].map((visitId) => ({ visitId, revision: 0, kind: 'assign', to: 'chen' }))
  const answer = await api.server.inject({ method: 'POST', url: '/case-acts', payload: { by: 'li', acts } })
  expect(answer.json().items).toMatchObject([
    { visitId: 'v5', state: 'done', status: 'assigned', revision: 1 },
    { visitId: 'v6', state: 'refused', problem: 'not-possible', detail: expect.stringContaining('may have 1') },
    { visitId: 'v7', state: 'refused', problem: 'not-found' },
  ])
})

test('decisions change the expected loss of similar cases', async () => {
  const lossOf = async () => (await get('/cases/v3')).body
  const before = await lossOf()
  expect(before).toMatchObject({ probability: 0.05, expectedLoss: 2, worthReviewing: true })
  const lows = Array.from({ length: 12 }, (_, place) => `low${place}`)
  await publish(lows.map((visitId) => flagged(visitId, 0.01)))
  const acts = lows.map((visitId) => ({ visitId, revision: 0, kind: 'decide', decision: 'dismissed', note: 'fine' }))
  await api.server.inject({ method: 'POST', url: '/case-acts', payload: { by: 'li', acts } })
  expect(await lossOf()).toMatchObject({ probability: expect.closeTo(0.2 / 16), worthReviewing: false })
})

test('snoozes are set in bulk, all or none, with an end and a reason', async () => {
  const bulk = async (changes: object) => {
    const until = new Date(Date.now() + 30 * 86_400_000).toISOString()
    const payload = { rules: ['copied-text'], until, reason: 'They share a form.', changedBy: 'li', ...changes }
    const answer = await api.server.inject({ method: 'POST', url: '/snoozes', payload })
    return { status: answer.statusCode, body: answer.json() }
  }
  const two = await bulk({ salespersonIds: ['s1', 's2'] })
  expect(two.body.items.map(({ id, version }: { id: string; version: number }) => [id, version])).toEqual([
    ['copied-text:salesperson:s1', 1],
    ['copied-text:salesperson:s2', 2],
  ])
  expect(await bulk({ salespersonIds: ['s1'], customerIds: ['c1'], rules: ['copied-text', 'invalid'] })).toMatchObject({
    status: 200,
  })
  expect(await bulk({ customerIds: ['c1'], rules: ['no-such-rule'] })).toMatchObject({ status: 400 })
  expect(
    await bulk({ customerIds: ['c1'], until: new Date(Date.now() + 181 * 86_400_000).toISOString() }),
  ).toMatchObject({
    ...{ status: 400, body: { errors: [{ problem: expect.stringContaining('180 days') }] } },
  })
  expect(await bulk({})).toMatchObject({ status: 400 })
  const { body } = await get('/snoozes')
  expect(body.items).toHaveLength(5)
  const published = await api.database.selectFrom('outbox').select('event').where('topic', '=', snoozes.name).execute()
  expect(published).toHaveLength(2)
  expect((published.at(-1)!.event as { snoozes: unknown[] }).snoozes).toHaveLength(5)
  const url = `/snoozes/${encodeURIComponent('invalid:customer:c1')}?changedBy=li`
  const version = body.items.find(({ id }: { id: string }) => id === 'invalid:customer:c1').version
  const retired = await api.server.inject({ method: 'DELETE', url, headers: { 'if-match': `"${version}"` } })
  expect(retired.statusCode).toBe(200)
  const [newest] = (
    await api.database
      .selectFrom('outbox')
      .select('event')
      .where('topic', '=', snoozes.name)
      .orderBy('id', 'desc')
      .execute()
  ).map(({ event }) => event as { snoozes: unknown[] })
  expect(newest!.snoozes).toHaveLength(4)
})

test('a probability from a model is used unchanged', async () => {
  const assessment = assessmentOf('m1', 0, { falseScore: 0.61, invalidScore: 0, modelId: 'm' })
  await publish([{ topic: caseFindings, value: findingOf('m1', 0, { assessment }) }])
  const { body } = await get('/cases/m1')
  expect(body).toMatchObject({ probability: 0.61, modelId: 'm' })
})

test.each([1e300, -5, Number.NaN])(
  'a case with the score %d, which a stranger wrote, hides no other',
  async (score) => {
    const { database } = api
    const write = (scores: {
      readonly falseScore: number
      readonly invalidScore: number
      readonly modelId: string | null
    }) => database.updateTable('cases').set(scores).where('visitId', '=', 'v3').execute()
    const columns = ['falseScore', 'invalidScore', 'modelId'] as const
    const own = await database.selectFrom('cases').select(columns).where('visitId', '=', 'v3').executeTakeFirstOrThrow()
    try {
      for (const modelId of [null, 'm']) {
        await write({ falseScore: score, invalidScore: score, modelId })
        for (const order of ['loss', 'newest', 'due'])
          expect(await get(`/cases?order=${order}`)).toMatchObject({ status: 200 })
        expect(await get('/case-summary')).toMatchObject({ status: 200 })
      }
      expect(api.errors).toEqual([])
    } finally {
      await write(own)
    }
  },
)
