import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'

let api: ApiUnderTest

beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api.close())

test.each([
  ['DELETE', '/customers/c-1', 'GET, HEAD'],
  ['POST', '/health?x=1', 'GET, HEAD'],
  ['GET', '/events/visits', 'POST'],
  ['PATCH', '/needs/n', 'DELETE, GET, HEAD, PUT'],
  ['OPTIONS', '/thresholds/loan-demand', 'GET, HEAD, PUT'],
  ['PUT', '/subjects/visits-value', 'POST'],
  ['TRACE', '/live', 'GET'],
  ['GET', '/score/loan-demand', 'POST'],
  ['DELETE', '/openapi.json', 'GET, HEAD'],
] as const)('%s %s is not allowed, and Allow names what is', async (method, url, allow) => {
  const answer = await api.server.inject({ method: method as 'GET', url })
  expect(answer.statusCode).toBe(405)
  expect(answer.headers['allow']).toBe(allow)
  expect(answer.json()).toMatchObject({ type: '/problems/method-not-allowed', detail: expect.stringContaining(method) })
})

test.each([
  ['POST', '/nothing'],
  ['DELETE', '/customers/a/b'],
  ['PUT', '/openapi-json'],
] as const)('%s %s is not found', async (method, url) => {
  expect((await api.server.inject({ method, url })).statusCode).toBe(404)
})

test('also beside the files of the page', async () => {
  const pageDirectory = mkdtempSync(join(tmpdir(), 'page-'))
  writeFileSync(join(pageDirectory, 'index.html'), '<p>page</p>')
  const withPage = await apiUnderTest({ pageDirectory })
  const statusOf = async (url: string) => (await withPage.server.inject({ url })).statusCode
  expect(await Promise.all(['/', '/case-acts', '/deliveries/redrive', '/nothing'].map(statusOf))).toEqual([
    200, 405, 405, 404,
  ])
  await withPage.close()
})
