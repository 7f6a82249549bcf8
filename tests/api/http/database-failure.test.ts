/** If the database can’t do what is asked, every route reports it as a failure of the database and not of the API. */
import { databaseFailure } from '../../../api/http/database-failure.ts'
import { findFreePort } from '../../../deploy/ports.ts'
import { openDatabase } from '../../../store/database.ts'
import { checkWritable } from '../../../store/sql/check-writable.ts'
import { freshDatabase, migratedDatabase } from '../../support/services.ts'
import { apiUnderTest } from '../api-under-test.ts'

const ifMatch = { 'if-match': '"0"' }
const edits = [
  { method: 'PUT', url: '/thresholds/loan-demand', headers: ifMatch, payload: { value: 0.5, changedBy: 'li' } },
  {
    method: 'PUT',
    url: '/policies/visit-assessment',
    headers: ifMatch,
    payload: { rules: [{ verdict: 'invalid', visitCountMin: 3 }], changedBy: 'li', reason: 'Fewer.' },
  },
  { method: 'PUT', url: '/needs/n-1', headers: ifMatch, payload: { name: 'Cash', category: 'costs', changedBy: 'li' } },
  { method: 'PUT', url: '/characteristics/c-1', headers: ifMatch, payload: { name: 'Fast', changedBy: 'li' } },
  { method: 'DELETE', url: '/needs/lower-costs?changedBy=li', headers: ifMatch },
  { method: 'DELETE', url: '/characteristics/low-rate?changedBy=li', headers: ifMatch },
] as const
const reads = [
  '/status',
  '/customers',
  '/customers/c-1',
  '/customers/c-1/scores',
  '/customers/c-1/recommendations',
  '/customers/c-1/interests',
  '/scores',
  '/opportunities',
  '/priorities',
  '/priorities/owners',
  '/assessments',
  '/alerts',
  '/potential-customers',
  '/models',
  '/calls/c/turns',
  '/dead-letters',
  '/thresholds/loan-demand',
  '/policies/visit-assessment',
  '/policies/visit-assessment/state',
  '/policies/visit-assessment/shadow',
  '/dictionary',
  '/dictionary/changes',
  '/needs',
  '/needs/lower-costs',
].map((url) => ({ method: 'GET', url }) as const)

/** Sends every request of the list to an API on that database, and expects this answer. */
async function expectOf(url: string, requests: readonly (typeof edits | typeof reads)[number][], detail: string) {
  const database = openDatabase({ url })
  const api = await apiUnderTest({ database })
  try {
    for (const request of requests) {
      const answer = await api.server.inject(request)
      expect({ request, body: answer.json() }).toEqual({
        request,
        body: { type: '/problems/unavailable', title: expect.any(String), status: 503, detail },
      })
      expect(answer.headers['content-type']).toBe('application/problem+json')
    }
    // The operator gets one log line per request, without data of customers.
    expect(api.errors).toHaveLength(requests.length)
    expect(api.errors.filter((line) => !line.includes(detail) || /c-1|node_modules/.test(line))).toEqual([])
  } finally {
    await database.destroy()
    await api.close()
  }
}

test('a read-only database accepts no edits, but is read', async () => {
  const { url, drop } = await migratedDatabase()
  try {
    const readOnly = `${url}?options=${encodeURIComponent('-c default_transaction_read_only=on')}`
    await expectOf(readOnly, edits, 'The database accepts no changes: it is read-only, or a standby.')
    const database = openDatabase({ url: readOnly })
    // What /ready warns of.
    expect(await checkWritable(database)).toBe('It takes no changes: it is read only, or a standby.')
    const api = await apiUnderTest({ database })
    for (const request of reads) expect([200, 404]).toContain((await api.server.inject(request)).statusCode)
    expect(api.errors).toEqual([])
    await database.destroy()
    await api.close()
  } finally {
    await drop()
  }
})

test('an unreachable database is reported as such for every request', async () => {
  const port = await findFreePort()
  await expectOf(`postgres://nobody@127.0.0.1:${port}/nothing`, [...reads, ...edits], 'The database does not answer.')
})

test('a database that rejects the API’s user is reported too', async () => {
  const { url, drop } = await freshDatabase()
  await drop()
  await expectOf(url, [...reads, ...edits], 'The database denies the API access, or access to some tables.')
})

const withCode = (code: string) => Object.assign(new Error('as PostgreSQL says it'), { code })

test.each([
  ['25006', /read-only/],
  ['53100', /disk of the database is full/],
  ['53200', /out of memory/],
  ['53300', /no free connections/],
  ['57P03', /starting, recovering/],
  ['57P01', /does not answer/],
  ['57014', /took too long/],
  ['08006', /does not answer/],
  ['40001', /conflicted with other changes/],
  ['40P01', /conflicted with other changes/],
  ['55P03', /conflicted with other changes/],
  ['28P01', /denies the API access/],
  ['3D000', /denies the API access/],
  ['42501', /denies the API access/],
  ['58030', /can’t read or write/],
  ['25P03', /does not answer/],
  ['ECONNREFUSED', /does not answer/],
  ['EAI_AGAIN', /does not answer/],
])('%s is reported by its meaning', (code, words) => expect(databaseFailure(withCode(code))).toMatch(words))

test.each(['42P01', '42703', '22P02', '23505', '22021', 'XX001', 'ENOENT', 'ERR_INVALID_ARG_TYPE'])(
  '%s is no outage: it is ours to mend',
  (code) => expect(databaseFailure(withCode(code))).toBeUndefined(),
)

test('the only errors without a code are those of the pool', () => {
  expect(databaseFailure(new Error('timeout exceeded when trying to connect'))).toMatch('does not answer')
  expect(databaseFailure(new Error('Connection terminated unexpectedly'))).toMatch('does not answer')
  expect(databaseFailure(new TypeError('x is not a function'))).toBeUndefined()
})
