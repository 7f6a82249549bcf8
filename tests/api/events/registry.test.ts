/** Reads the registry with a real registry client, the one that is commonly used with kafkajs. */
import { SchemaRegistry, SchemaType, COMPATIBILITY } from '@kafkajs/confluent-schema-registry'
import { codecOf } from '../../../schemas/avro/codec.ts'
import { releasedRegistry } from '../../../schemas/release/registry.ts'
import { reportOnly, visits, type Visit } from '../../../schemas/visits/visits.ts'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'

let api: ApiUnderTest
let client: SchemaRegistry

beforeAll(async () => {
  api = await apiUnderTest()
  const host = await api.server.listen({ host: '127.0.0.1', port: 0 })
  client = new SchemaRegistry({ host, retry: { retries: 0 } })
})
afterAll(() => api.close())

const visit: Visit = {
  id: 'e-1',
  occurredAt: 1_700_000_000_000,
  source: 'crm',
  visitId: 'v-1',
  revision: 0,
  withdrawn: false,
  opportunityId: 'o-1',
  customerId: 'c-1',
  salespersonId: 's-1',
  text: '客户要一份报价',
  ...reportOnly,
}

test('a generic client reads our messages and writes messages that we read', async () => {
  const codec = codecOf(visits, releasedRegistry)
  expect({ ...(await client.decode(codec.encode(visit))) }).toEqual(visit)
  const id = await client.getLatestSchemaId('visits-value')
  expect(id).toBe(releasedRegistry.idOf(visits))
  expect(codec.decode(await client.encode(id, visit))).toEqual(visit)
})

test('the client finds the id of a schema by version and by content', async () => {
  const schema = JSON.stringify(visits.schema.avro)
  expect(await client.getRegistryId('visits-value', 1)).toBe(1)
  expect(await client.getRegistryId('visits-value', 2)).toBe(releasedRegistry.idOf(visits))
  expect(await client.getRegistryIdBySchema('visits-value', { type: SchemaType.AVRO, schema })).toBe(
    releasedRegistry.idOf(visits),
  )
  const again = await client.register(
    { type: SchemaType.AVRO, schema },
    { subject: 'visits-value', compatibility: COMPATIBILITY.FULL_TRANSITIVE },
  )
  expect(again.id).toBe(releasedRegistry.idOf(visits))
})

test('a new schema is refused: schemas come with a release', async () => {
  const schema = JSON.stringify({ type: 'record', name: 'Other', namespace: 'x', fields: [] })
  const registering = client.register(
    { type: SchemaType.AVRO, schema },
    { subject: 'visits-value', compatibility: COMPATIBILITY.FULL_TRANSITIVE },
  )
  await expect(registering).rejects.toThrow(/read-only/)
})

const ask = async (url: string, method: 'GET' | 'POST' = 'GET', payload?: unknown) => {
  const headers = { 'content-type': 'application/vnd.schemaregistry.v1+json' }
  const answer = await api.server.inject({
    method,
    url,
    ...(payload === undefined ? {} : { payload: JSON.stringify(payload), headers }),
  })
  expect(answer.headers['content-type']).toMatch(/^application\/vnd\.schemaregistry\.v1\+json/)
  return { status: answer.statusCode, body: answer.json() }
}

test.each([
  ['/schemas/types', ['AVRO']],
  ['/subjects', expect.arrayContaining(['visits-value', 'scores-value'])],
  ['/subjects/visits-value/versions', [1, 2]],
  [
    '/subjects/visits-value/versions/latest',
    { subject: 'visits-value', version: 2, id: releasedRegistry.idOf(visits), schema: expect.any(String) },
  ],
  ['/subjects/visits-value/versions/1/schema', expect.objectContaining({ name: 'Visit' })],
  ['/schemas/ids/1/versions', [{ subject: 'visits-value', version: 1 }]],
  ['/config', { compatibilityLevel: 'FULL_TRANSITIVE' }],
  ['/mode', { mode: 'READONLY' }],
])('GET %s', async (url, expected) => expect(await ask(url)).toEqual({ status: 200, body: expected }))

test.each([
  ['/schemas/ids/9999', 404, 40403],
  ['/schemas/ids/x', 404, 40403],
  ['/subjects/none/versions', 404, 40401],
  ['/subjects/none/versions/1', 404, 40401],
  ['/subjects/visits-value/versions/99', 404, 40402],
  ['/subjects/visits-value/versions/0', 422, 42202],
  ['/config/none', 404, 40401],
])('GET %s fails as the registry of Confluent does', async (url, status, code) => {
  expect(await ask(url)).toEqual({ status, body: { error_code: code, message: expect.any(String) } })
})

test('looking up fails as there', async () => {
  expect(await ask('/subjects/none', 'POST', { schema: '{}' })).toMatchObject({
    status: 404,
    body: { error_code: 40401 },
  })
  expect(await ask('/subjects/visits-value', 'POST', { schema: '{}' })).toMatchObject({
    status: 404,
    body: { error_code: 40403 },
  })
  expect(await ask('/subjects/visits-value', 'POST', { schema: '{' })).toMatchObject({
    status: 422,
    body: { error_code: 42201 },
  })
})
