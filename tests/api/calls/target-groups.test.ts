import { customerFeatures as featureSet } from '../../../features/customers/customer.ts'
import { customerFeatures } from '../../../schemas/customers/customer-features.ts'
import { profiles } from '../../../schemas/customers/profiles.ts'
import { put } from '../../store/store-under-test.ts'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'

const AT = Date.UTC(2026, 10, 9)
const envelope = (id: string) => ({ id, occurredAt: AT, source: 'test', timeZone: 'UTC' })
const profile = { sex: null, birthYear: null, registeredPlace: null, residence: null, attributes: {} }
const rowOf = (known: Readonly<Record<string, number>>) => featureSet.names.map((name) => known[name] ?? Number.NaN)

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
  const { database } = api
  const people = ['c-1', 'c-2', 'c-3', 'c-4']
  await put(
    database,
    profiles,
    people.map((customerId) => ({
      ...envelope(`p/${customerId}`),
      ...{ customerId, name: null, segment: customerId === 'c-2' ? 'private' : 'retail' },
      ...profile,
    })),
  )
  const features = { 'c-1': { 'transactions.count30d': 9 }, 'c-2': { 'transactions.count30d': 8 }, 'c-3': {} }
  await put(
    database,
    customerFeatures,
    Object.entries(features).map(([customerId, known]) => ({
      ...envelope(`f/${customerId}`),
      ...{ customerId, featureSet: featureSet.id, values: rowOf(known) },
    })),
  )
})
afterAll(() => api.close())

const call = async (method: 'GET' | 'PUT' | 'POST' | 'DELETE', url: string, payload?: object, version?: number) => {
  const headers = version === undefined ? {} : { 'if-match': `"${version}"` }
  const answer = await api.server.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) })
  return { code: answer.statusCode, body: answer.json<Record<string, unknown>>() }
}

test('the size of a group is known before it is used', async () => {
  const size = async (condition: string) => (await call('POST', '/target-groups/size', { condition })).body
  expect(await size('transactions.count30d > 3 && customer.segment == "retail"')).toEqual({
    ...{ customers: 4, members: 1, unknown: 2, examples: ['c-1'] },
  })
  expect(await size('customer.segment == "retail"')).toMatchObject({ members: 3, unknown: 0 })
  expect(await size('customer.residence == "x"')).toMatchObject({ members: 0, unknown: 4 })
  expect(await call('POST', '/target-groups/size', { condition: 'nope > 1' })).toMatchObject({
    code: 400,
    body: { errors: [{ part: 'body', path: '/condition' }] },
  })
})

test('groups are added, and a customer is in those whose condition currently holds', async () => {
  const group = { description: 'Pay by card often', condition: 'transactions.count30d > 3', changedBy: 'me' }
  expect(await call('PUT', '/target-groups/busy', group, 0)).toMatchObject({ code: 200 })
  const refused = await call('PUT', '/target-groups/odd', { ...group, condition: 'profile.age' }, 0)
  expect(refused).toMatchObject({ code: 400, body: { detail: expect.stringContaining('true or false is needed') } })
  expect(await call('PUT', '/target-groups/old', { ...group, condition: 'profile.age > 60' }, 0)).toMatchObject({
    code: 200,
  })
  expect(await call('DELETE', '/target-groups/old?changedBy=me', undefined, 1)).toMatchObject({ code: 200 })

  const groupsOf = async (id: string) => (await call('GET', `/customers/${id}/groups`)).body
  const busy = { name: 'busy', version: 1, description: 'Pay by card often' }
  expect(await groupsOf('c-1')).toEqual({ customerId: 'c-1', groups: [{ ...busy, member: true }] })
  expect(await groupsOf('c-3')).toEqual({ customerId: 'c-3', groups: [{ ...busy, member: null }] })
  expect(await groupsOf('c-4')).toEqual({ customerId: 'c-4', groups: [{ ...busy, member: null }] })
  expect(await call('GET', '/customers/nobody/groups')).toMatchObject({ code: 404 })
})

test('clusters are found, described, and their conditions can be saved as groups', async () => {
  const features = ['transactions.count30d', 'calls.answered']
  const wanted = { features, clustersMax: 3 }
  expect(await call('POST', '/target-groups/clusters', wanted)).toMatchObject({
    ...{ code: 200, body: { customers: 4, unknown: 4, silhouettes: [], clusters: [] } },
  })
  const people = Array.from({ length: 60 }, (_, at) => `d-${String(at).padStart(2, '0')}`)
  await put(
    api.database,
    profiles,
    people.map((customerId) => ({
      ...envelope(`p/${customerId}`),
      ...{ customerId, name: null, segment: 'retail' },
      ...profile,
    })),
  )
  await put(
    api.database,
    customerFeatures,
    people.map((customerId, at) => ({
      ...envelope(`f/${customerId}`),
      ...{ customerId, featureSet: featureSet.id },
      values: rowOf({ [features[0]!]: (at < 20 ? 50 : 5) + (at % 3), [features[1]!]: 3 }),
    })),
  )
  const { body } = await call('POST', '/target-groups/clusters', wanted)
  const clusters = body['clusters'] as { size: number; condition: string; description: string; examples: string[] }[]
  expect(body).toMatchObject({ customers: 64, unknown: 4 })
  expect(clusters.map(({ size }) => size)).toEqual([40, 20])
  expect(clusters[1]!.description).toBe('more transactions.count30d (50.9, all 21)')
  expect(clusters[1]!.examples).toEqual(people.slice(0, 10))
  // The condition leaves out features that are alike in all clusters.
  const { condition } = clusters[1]!
  expect((await call('POST', '/target-groups/size', { condition })).body).toMatchObject({ members: 20, unknown: 2 })
  const saved = await call('PUT', '/target-groups/spenders', { description: 'Busy', condition, changedBy: 'me' }, 0)
  expect(saved).toMatchObject({ code: 200 })
  expect(await call('POST', '/target-groups/clusters', { features: ['nope'] })).toMatchObject({
    ...{ code: 400, body: { errors: [{ part: 'body', path: '/features/0' }] } },
  })
})
