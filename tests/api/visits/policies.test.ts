import { DAY_MS } from '../../../schemas/durations.ts'
import { defaultEvidence, noConditions } from '../../../schemas/visits/policies.ts'
import { outcomes } from '../../../schemas/models/outcomes.ts'
import { scores } from '../../../schemas/models/scores.ts'
import { shadowAssessments } from '../../../schemas/visits/shadow-assessments.ts'
import { cases } from '../../../schemas/visits/cases.ts'
import { visits } from '../../../schemas/visits/visits.ts'
import { publishOutbox, type OutboxEntry } from '../../../store/operations/outbox.ts'
import { decidedCaseOf } from '../../processors/visits/cases/case-fixtures.ts'
import { outcomeOf, put as store, scoreOf, visitOf } from '../../store/store-under-test.ts'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'

let api: ApiUnderTest
const NOON = Math.floor(Date.now() / DAY_MS) * DAY_MS - DAY_MS / 2
/** Twenty opportunities with one visit each, of which every second one is unlikely to convert. */
const COUNT = 20

beforeAll(async () => {
  api = await apiUnderTest()
  const numbers = Array.from({ length: COUNT }, (_, i) => i)
  const of = (i: number) => ({ opportunityId: `o${i}`, customerId: `c${i}`, occurredAt: NOON + i * 1_000 })
  const reports = numbers.map((i) => visitOf(i, { ...of(i), salespersonId: i < 10 ? 's1' : 's2', text: '' }))
  await store(api.database, visits, reports)
  await store(
    api.database,
    scores,
    numbers.map((i) => scoreOf(1, { ...of(i), id: `s${i}`, subjectId: `o${i}`, probability: i % 2 === 0 ? 0.1 : 0.9 })),
  )
  await store(api.database, outcomes, [
    outcomeOf('k0', { task: 'false-visit', subjectId: 'v0', value: 1 }),
    outcomeOf('k1', { task: 'false-visit', subjectId: 'v2', value: 0 }),
    // The decisions of reviewers below take precedence over these outcomes.
    outcomeOf('k2', { task: 'false-visit', subjectId: 'v4', value: 0 }),
    outcomeOf('k3', { task: 'false-visit', subjectId: 'v6', value: 0 }),
  ])
  await store(api.database, cases, [decidedCaseOf('v4', {}), decidedCaseOf('v6', {}, { decision: 'harmless' })])
})
afterAll(() => api.close())
beforeEach(async () => {
  for (const table of ['setting_versions', 'outbox', 'held_activations'] as const)
    await api.database.deleteFrom(table).execute()
})

const at = '/policies/visit-assessment'
const ask = async (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object, version?: string) => {
  const headers = version === undefined ? {} : { 'if-match': version }
  const answer = await api.server.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) })
  return { status: answer.statusCode, etag: answer.headers.etag, body: answer.json() as never }
}
const rule = (changes: object) => ({ ...noConditions, verdict: 'invalid', visitCountMin: 1, ...changes })
/** A policy that flags the unlikely half. */
const half = { ...defaultEvidence, rules: [rule({ probabilityBelow: 0.2 })] }
const none = { ...defaultEvidence, rules: [] }
const who = { changedBy: 'li', reason: 'Too many idle visits.' }
const activate = (value: object, version: string, more = {}) =>
  ask('POST', `${at}/activate`, { value, ...who, ...more }, version)

test('a policy that flags too much on past visits is not activated, and that is on record', async () => {
  await ask(
    'PUT',
    '/policy-limits/visit-assessment',
    { shareMax: 0.1, allowance: 2, daysChecked: 7, changedBy: 'li' },
    '"0"',
  )
  expect(await activate(half, '"0"')).toMatchObject({
    status: 409,
    body: {
      type: '/problems/held',
      detail: expect.stringMatching(/it flags 10 of 20 visits of .*, and 4 are allowed/),
    },
  })
  expect(await ask('PUT', at, { ...half, ...who }, '"0"')).toMatchObject({ status: 409 })
  expect(await ask('GET', `${at}/state`)).toMatchObject({
    body: {
      activated: 0,
      inForce: 0,
      hold: null,
      refused: [{ ...who, why: expect.stringMatching(/flags 10 of 20/) }, who],
    },
  })
  expect(await activate(half, '"0"', { force: true })).toMatchObject({
    status: 200,
    etag: '"1"',
    body: { version: 1, ...who, forced: true },
  })
})

test('an activation records who, why, and what to go back to; a rollback takes one request', async () => {
  expect(await activate(none, '"0"')).toMatchObject({ status: 200, body: { version: 1, rules: [], ...who } })
  expect(await ask('POST', `${at}/activate`, { version: 0, ...who }, '"1"')).toMatchObject({ body: { version: 2 } })
  const back = { changedBy: 'wang', reason: 'It was better before.' }
  expect(await ask('POST', `${at}/rollback`, back, '"2"')).toMatchObject({
    status: 200,
    body: { version: 3, rules: [] },
  })
  expect(await ask('GET', at)).toMatchObject({
    body: { version: 3, ...back, history: [{ version: 3 }, { version: 2, ...who }, { version: 1, ...who }] },
  })
  const sent: OutboxEntry[] = []
  await publishOutbox(api.database, (entry) => Promise.resolve(void sent.push(entry)))
  expect(sent.map(({ event }) => event)).toMatchObject([
    { version: 1, former: null, forced: false, reason: who.reason },
    { version: 2, former: { version: 1, rules: [] } },
    { version: 3, former: { version: 2 }, changedBy: 'wang' },
  ])
})

test.each([
  [{ value: { rules: [rule({ probabilityBelow: 0 })] }, ...who }, 400, /no probability is below 0/],
  [{ value: { rules: [] }, falseFrom: 0, ...who }, 400, /invalid/],
  [{ value: none, changedBy: 'li' }, 400, /invalid/],
  [{ value: none, changedBy: 'li', reason: ' ' }, 400, /invalid/],
  [{ value: none, version: 1, ...who }, 400, /either .value., a policy, or .version./],
  [{ version: 7, ...who }, 404, /There is no version 7 .* the newest is 0/],
])('an activation that makes no sense is refused: %#', async (payload, status, detail) => {
  expect(await ask('POST', `${at}/activate`, payload, '"0"')).toMatchObject({
    status,
    body: { detail: expect.stringMatching(detail) },
  })
})

test('an activation based on an outdated version is refused before anything is tried', async () => {
  expect(await activate(none, '"4"')).toMatchObject({ status: 412 })
  expect(await ask('POST', `${at}/activate`, { value: none, ...who })).toMatchObject({ status: 428 })
  expect(await ask('POST', `${at}/rollback`, who, '"0"')).toMatchObject({
    status: 409,
    body: { type: '/problems/not-possible', detail: expect.stringContaining('nothing to go back to') },
  })
})

test('a back-test compares both policies on the same visits with known outcomes', async () => {
  await activate(none, '"0"')
  expect(await ask('POST', `${at}/backtest`, { value: half, days: 7 })).toMatchObject({
    status: 200,
    body: {
      visits: COUNT,
      truncated: false,
      inForce: { version: 1, suspectedFalse: 0, invalid: 0 },
      candidate: { suspectedFalse: 0, invalid: 10 },
      ...{ new: 10, vanished: 0, unchanged: 0 },
      knownFalse: { visits: 2, inForce: 0, candidate: 2 },
      knownFine: { visits: 1, inForce: 0, candidate: 1 },
      bySalesperson: [{ salespersonId: 's1', visits: 10, inForce: 0, candidate: 5, new: 5, vanished: 0 }, {}],
      examples: {
        new: [{ visitId: 'v0', candidate: 'invalid', knownFalse: true }, ...Array(9).fill({})],
        vanished: [],
      },
    },
  })
  expect((await ask('GET', at)).body).toMatchObject({ version: 1 })
})

test('policies in shadow are three at most, and their counts are shown by day', async () => {
  const candidate = (id: string, policy: object = half) => ({ id, policy, startedAt: new Date(NOON).toISOString() })
  const shadow = '/shadow-policies/visit-assessment'
  const candidates = ['a', 'b', 'c', 'd'].map((id) => candidate(id))
  expect(await ask('PUT', shadow, { candidates, changedBy: 'li' }, '"0"')).toMatchObject({ status: 400 })
  expect(await ask('PUT', shadow, { candidates: [candidate('a b')], changedBy: 'li' }, '"0"')).toMatchObject({
    status: 400,
  })
  const wrong = candidate('a', { rules: [], falseFrom: 0 })
  expect(await ask('PUT', shadow, { candidates: [wrong], changedBy: 'li' }, '"0"')).toMatchObject({
    status: 400,
    body: { detail: expect.stringMatching(/^a: falseFrom is 0/) },
  })
  expect(await ask('PUT', shadow, { candidates: [candidate('a')], changedBy: 'li' }, '"0"')).toMatchObject({
    status: 200,
  })
  const said = {
    source: 'test',
    occurredAt: NOON,
    customerId: 'c1',
    salespersonId: 's1',
    visitedAt: NOON,
    policyVersion: 0,
  }
  await store(api.database, shadowAssessments, [
    { ...said, id: '1', candidate: 'a', subjectId: 'o1', verdict: 'invalid', inForce: 'fine' },
    { ...said, id: '2', candidate: 'a', subjectId: 'o2', verdict: 'suspected_false', inForce: 'invalid' },
    { ...said, id: '3', candidate: 'a', subjectId: 'o3', verdict: 'fine', inForce: 'fine' },
    { ...said, id: '4', candidate: 'gone', subjectId: 'o1', verdict: 'invalid', inForce: 'fine' },
  ])
  const day = new Date(NOON).toISOString().slice(0, 10)
  expect(await ask('GET', `${at}/shadow`)).toMatchObject({
    body: {
      items: [
        {
          id: 'a',
          days: [{ day, suspectedFalse: 1, invalid: 1, new: 1, vanished: 0, unchanged: 1 }],
          examples: [{ subjectId: 'o1', verdict: 'invalid', inForce: 'fine' }],
        },
      ],
    },
  })
})
