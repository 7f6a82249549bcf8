/** A client that sends its whole request before reading gets its answer and not a broken pipe. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'

const MUCH = 12 << 20

let api: ApiUnderTest
let port: number

beforeAll(async () => {
  api = await apiUnderTest()
  port = Number(new URL(await api.server.listen({ host: '127.0.0.1', port: 0 })).port)
})
afterAll(() => api.close())

/** Returns what arrived until the connection ended, or until a moment after the answer. */
async function sendAllThenRead(bytes: readonly (Buffer | string)[]): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1' })
  socket.pause()
  for (const piece of bytes)
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject)
      socket.write(piece, (error) => (error ? reject(error) : resolve()))
    })
  let text = ''
  socket.on('data', (piece) => void (text += piece.toString()))
  socket.resume()
  await Promise.race([once(socket, 'end'), once(socket, 'data')])
  socket.destroy()
  return text
}

const body = Buffer.alloc(MUCH, '[')
const put = (headers: string) =>
  `PUT /thresholds/loan-demand HTTP/1.1\r\nhost: localhost\r\nif-match: "0"\r\n${headers}\r\n\r\n`
const chunk = (piece: Buffer) => [`${piece.length.toString(16)}\r\n`, piece, '\r\n']
const LENGTH = `content-length: ${MUCH}`
const JSON_TYPE = 'content-type: application/json'

test.each([
  ['a body that is too large', [put(`${JSON_TYPE}\r\n${LENGTH}`), body], 413],
  [
    'the same, after which the connection shall end',
    [put(`${JSON_TYPE}\r\n${LENGTH}\r\nconnection: close`), body],
    413,
  ],
  [
    'a body in chunks that turns out too large',
    [put(`${JSON_TYPE}\r\ntransfer-encoding: chunked`), ...chunk(body), '0\r\n\r\n'],
    413,
  ],
  ['a body of another type', [put(`content-type: text/csv\r\n${LENGTH}\r\nconnection: close`), body], 415],
  ['a body for a path that does not exist', [put(LENGTH).replace('loan-demand', 'a/b/c'), body], 404],
  [
    'a body from a page of another site',
    [put(`${JSON_TYPE}\r\n${LENGTH}\r\norigin: http://example.org\r\nconnection: close`), body],
    403,
  ],
  ['headers without end', [put(`x: ${'x'.repeat(MUCH)}`)], 431],
])(
  '%s',
  async (_, bytes, status) => {
    const answer = await sendAllThenRead(bytes)
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(answer).toContain('application/problem+json')
  },
  20_000,
)

test('the connection serves the next request', async () => {
  const next = 'GET /health HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n'
  const socket = connect({ port, host: '127.0.0.1' })
  let text = ''
  socket.on('data', (piece) => void (text += piece.toString()))
  socket.write(put(`${JSON_TYPE}\r\n${LENGTH}`))
  socket.write(body)
  socket.write(next)
  await once(socket, 'end')
  expect(text.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 200'])
}, 20_000)
