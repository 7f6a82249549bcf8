import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'

const LONG = 'x'.repeat(2_000)

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api.close())

test('a path parameter that is too long is refused by every route, and named', async () => {
  const { paths } = (await api.server.inject({ url: '/openapi.json' })).json<{
    paths: Record<string, { get?: { responses: Record<string, unknown> } }>
  }>()
  const answers = await Promise.all(
    Object.entries(paths).map(async ([path, { get }]) => {
      if (get === undefined || !path.includes('{')) return []
      const { statusCode, body } = await api.server.inject({ url: path.replaceAll(/\{\w+\}/g, LONG) })
      return [{ path, statusCode, body, described: String(statusCode) in get.responses }]
    }),
  )
  const ofParameters = answers.flat()
  expect(ofParameters.length).toBeGreaterThan(20)
  expect(ofParameters.filter(({ described, statusCode }) => !described || statusCode >= 500)).toEqual([])
  // The router would say that there is no such route.
  expect(ofParameters.filter(({ body }) => body.includes('There is no GET'))).toEqual([])
  const refused = ofParameters.filter(({ statusCode }) => statusCode === 400)
  expect(refused.length).toBeGreaterThan(20)
})
