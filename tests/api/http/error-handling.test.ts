import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'

let api: ApiUnderTest

beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api.close())

test.each(['/nothing', '/customers/a/b', '/subjects/a/b/c/d', '/assets/missing.js'])(
  '%s is not found, as a problem',
  async (url) => {
    const answer = await api.server.inject({ url })
    expect(answer.statusCode).toBe(404)
    expect(answer.headers['content-type']).toBe('application/problem+json')
    expect(answer.json()).toMatchObject({ type: '/problems/not-found', status: 404 })
  },
)

test.each([
  '/customers/%00',
  '/customers?query=%00',
  '/scores?customerId=a%00b',
  '/opportunities?teamId=%00',
  '/thresholds/%00',
  '/customers/%E0%A4%A',
])('%s is the client’s fault', async (url) => {
  const answer = await api.server.inject({ url })
  expect(answer.statusCode).toBe(400)
  expect(answer.headers['content-type']).toBe('application/problem+json')
  expect(api.errors).toEqual([])
})

test('a NUL character in a body too', async () => {
  const answer = await api.server.inject({
    method: 'PUT',
    url: '/thresholds/loan-demand',
    headers: { 'if-match': '"0"' },
    payload: { value: 0.5, changedBy: 'a\0b' },
  })
  expect(answer.json()).toMatchObject({ status: 400, errors: [{ part: 'body', path: '/changedBy' }] })
})
