import { describeApi } from '../../generators/describe-api.ts'

test('the API is described without a database and a broker', async () => {
  const { openapi, paths } = await describeApi()
  expect(openapi).toBe('3.1.0')
  expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/status', '/customers/{id}', '/events/visits', '/live']))
})
