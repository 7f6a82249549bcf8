/** Sends bytes that are not HTTP over a real connection. */
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'

let api: ApiUnderTest
let port: number

beforeAll(async () => {
  api = await apiUnderTest()
  port = Number(new URL(await api.server.listen({ host: '127.0.0.1', port: 0 })).port)
})
afterAll(() => api.close())

async function say(bytes: Buffer | string) {
  const socket = connect(port, '127.0.0.1')
  socket.write(bytes)
  const [head, body] = (await text(socket)).split('\r\n\r\n') as [string, string]
  return {
    status: Number(head.split(' ')[1]),
    head: head.toLowerCase(),
    body: JSON.parse(body) as Record<string, unknown>,
  }
}

test.each([
  [
    'an address of 100 kB',
    `GET /customers?query=${'x'.repeat(100_000)} HTTP/1.1\r\nhost: localhost\r\n\r\n`,
    431,
    'head-too-large',
  ],
  [
    'headers of 100 kB',
    `GET /health HTTP/1.1\r\nhost: localhost\r\nx: ${'x'.repeat(100_000)}\r\n\r\n`,
    431,
    'head-too-large',
  ],
  [
    'GBK in the address',
    Buffer.from('GET /customers/\u00c9\u00cf HTTP/1.1\r\nhost: localhost\r\n\r\n', 'latin1'),
    400,
    'invalid-request',
  ],
  ['another protocol', 'HELO localhost\r\n\r\n', 400, 'invalid-request'],
  [
    'two lengths',
    'POST /events/visits HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n',
    400,
    'invalid-request',
  ],
  [
    'a length and chunks',
    'POST /events/visits HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n',
    400,
    'invalid-request',
  ],
])('%s is answered by a problem document', async (_, bytes, status, kind) => {
  const answer = await say(bytes)
  expect(answer.head).toContain('content-type: application/problem+json')
  expect(answer).toMatchObject({ status, body: { type: `/problems/${kind}`, status } })
})

test('an address of 40 kB reaches its route', async () => {
  const answer = await say(
    `GET /customers?query=${'x'.repeat(40_000)} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`,
  )
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ part: 'query', path: '/query' }] } })
})

test('UTF-8 that is not percent-encoded is refused with what to do', async () => {
  const answer = await say('GET /customers?query=王 HTTP/1.1\r\nhost: localhost\r\n\r\n')
  expect(answer).toMatchObject({ status: 400, body: { detail: expect.stringContaining('percent-encoded') } })
})
