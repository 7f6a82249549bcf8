import { hostsFor } from '../../../api/http/security.ts'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'

let api: ApiUnderTest

beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api.close())

test.each(['localhost', 'localhost:8080', '127.0.0.1:8080', '[::1]:8080'])(
  'answers under the name %s',
  async (host) => {
    expect((await api.server.inject({ url: '/health', headers: { host } })).statusCode).toBe(200)
  },
)

test.each(['evil.example', 'evil.example:8080', 'localhost.evil.example'])('refuses the name %s', async (host) => {
  const answer = await api.server.inject({ url: '/customers', headers: { host } })
  expect(answer.statusCode).toBe(403)
  expect(answer.json()).toMatchObject({ type: '/problems/forbidden-origin' })
})

test('a page of another site can’t change anything', async () => {
  const put = (origin: string) =>
    api.server.inject({
      method: 'PUT',
      url: '/thresholds/loan-demand',
      headers: { host: 'localhost:8080', origin, 'if-match': '"0"' },
      payload: { value: 0.5, changedBy: 'test' },
    })
  expect((await put('https://evil.example')).statusCode).toBe(403)
  expect((await put('null')).statusCode).toBe(403)
  expect((await put('http://localhost:9999')).statusCode).toBe(403)
  expect((await put('http://localhost:8080')).statusCode).toBe(200)
})

test.each(['/health', '/nothing', '/openapi.json', '/docs'])(
  '%s carries the headers that keep pages apart',
  async (url) => {
    const { headers } = await api.server.inject({ url })
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    })
    expect(headers['content-security-policy']).not.toContain('unsafe')
  },
)

test('an internal error reveals nothing of the inside, and the log no customer', async () => {
  const broken = await apiUnderTest({ readiness: () => Promise.reject(new Error('secret of c-1')) })
  try {
    const answer = await broken.server.inject({ url: '/ready?customer=c-1' })
    expect(answer.statusCode).toBe(500)
    expect(answer.body).not.toContain('secret')
    expect(answer.json()).toMatchObject({ type: '/problems/internal-error' })
    expect(broken.errors).toHaveLength(1)
    expect(broken.errors[0]).toMatch(/^GET \/ready: /)
  } finally {
    await broken.close()
  }
})

test('open to the network, any name may lead here', () => {
  expect(hostsFor('0.0.0.0')).toBeUndefined()
  expect(hostsFor('192.0.2.7')).toBeUndefined()
  expect(hostsFor('127.0.0.1')).toEqual(['localhost', '127.0.0.1', '[::1]'])
  expect(hostsFor('::1')).toEqual(['localhost', '127.0.0.1', '[::1]'])
})
