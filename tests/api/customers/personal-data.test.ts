import { personDigest } from '../../../streams/erasure/person-digest.ts'
import { personalDataPort } from '../../../composition/personal-data/personal-data-port.ts'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'
import { storeWorld } from '../stored-world.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest({
    personalData: {
      async *export(id, act) {
        yield* personalDataPort(api.database, async function* () {
          yield { store: 'postgresql', table: 'customers', record: { id, bytes: Buffer.from('ab') } } as const
        }).export(id, act)
      },
      erase: (id, request) => personalDataPort(api.database, async function* () {}).erase(id, request),
    },
  })
  await storeWorld(api.database)
})
afterAll(() => api.close())

const acts = () =>
  api.database.selectFrom('personal_data_acts').select(['act', 'digest', 'doneBy', 'reason']).orderBy('id').execute()

test('an export is streamed as lines, and both it and an erasure are in the audit by digest', async () => {
  const exported = await api.server.inject('/customers/c-1/personal-data?changedBy=Li&reason=Request%2012')
  expect(exported.statusCode).toBe(200)
  expect(exported.headers['content-type']).toBe('application/x-ndjson; charset=utf-8')
  expect(exported.body).toBe('{"store":"postgresql","table":"customers","record":{"id":"c-1","bytes":"YWI="}}\n')

  const payload = { changedBy: 'Li', reason: 'Request 13' }
  const erased = await api.server.inject({ method: 'POST', url: '/customers/c-1/erasure', payload })
  expect(erased.statusCode).toBe(200)
  expect(erased.json()).toMatchObject({ digest: personDigest('c-1'), rows: { customers: 1 } })
  expect(erased.json().remainsIn).toContainEqual({ topic: 'visits', days: 365, by: 'the key' })
  expect((await api.server.inject('/customers/c-1')).statusCode).toBe(404)
  const again = await api.server.inject({ method: 'POST', url: '/customers/c-1/erasure', payload })
  expect(again.json()).toMatchObject({ digest: personDigest('c-1'), rows: {} })
  const about = { digest: personDigest('c-1'), doneBy: 'Li' }
  expect(await acts()).toEqual([
    { ...about, act: 'export', reason: 'Request 12' },
    { ...about, act: 'erase', reason: 'Request 13' },
    { ...about, act: 'erase', reason: 'Request 13' },
  ])
})

test('both name who and why', async () => {
  expect((await api.server.inject('/customers/c-2/personal-data?changedBy=Li')).statusCode).toBe(400)
  const url = '/customers/c-2/erasure'
  for (const payload of [{}, { changedBy: 'Li', reason: ' ' }, { changedBy: 'Li', reason: 'r', refuseDays: -1 }])
    expect((await api.server.inject({ method: 'POST', url, payload })).statusCode).toBe(400)
})
