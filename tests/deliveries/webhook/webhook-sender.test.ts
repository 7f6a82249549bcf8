/** Runs a real receiver on this machine that fails in all the ways that receivers do. */
import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { createWebhookSender, type WebhookSender } from '../../../deliveries/webhook/webhook-sender.ts'

const secrets: Record<string, string> = {
  new: `whsec_${randomBytes(32).toString('base64')}`,
  old: `whsec_${randomBytes(32).toString('base64')}`,
  short: `whsec_${randomBytes(8).toString('base64')}`,
  wrong: 'whsec_not base64 at all, is it?',
}
const message = { id: 'msg_1', body: '{"type":"alert.raised","data":{"text":"拜访"}}' }

let server: Server
let url: string
let sender: WebhookSender
let respond: (request: IncomingMessage, response: ServerResponse) => void
let received: { headers: Record<string, string>; body: string }[]

beforeAll(async () => {
  server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      received.push({ headers: request.headers as Record<string, string>, body: Buffer.concat(pieces).toString() })
      respond(request, response)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  sender = senderOf({ networks: ['127.0.0.1'], http: true })
})
beforeEach(() => void (received = []))
afterAll(async () => {
  await sender.close()
  server.closeAllConnections()
  server.close()
})

const senderOf = (allowed: { networks: string[]; http: boolean }) =>
  createWebhookSender({ allowed, timeoutMs: 300, secret: (name) => secrets[name], agent: 'Scoreline/test' })
const send = (names = ['new']) => sender.send({ url, secrets: names }, message)
const answering = (status: number, headers: Record<string, string> = {}, body = '') => {
  respond = (_, response) => void response.writeHead(status, headers).end(body)
}

test('a receiver verifies the signature by the new secret and by the old one, over the bytes that arrive', async () => {
  answering(200, {}, 'thank you')
  expect(await send(['new', 'old'])).toEqual({
    kind: 'delivered',
    answer: '200',
    responseText: 'thank you',
    status: 200,
  })
  const [{ headers, body }] = received as [(typeof received)[number]]
  expect(body).toBe(message.body)
  expect(headers['webhook-id']).toBe('msg_1')
  expect(headers['user-agent']).toBe('Scoreline/test')
  for (const name of ['new', 'old'])
    expect(new Webhook(secrets[name]!).verify(body, headers)).toEqual(JSON.parse(message.body))
  expect(() => new Webhook(`whsec_${randomBytes(32).toString('base64')}`).verify(body, headers)).toThrow()
  expect(() => new Webhook(secrets['new']!).verify(`${body} `, headers)).toThrow()
})

test.each([
  [500, 'retryable'],
  [503, 'retryable'],
  [401, 'retryable'],
  [404, 'retryable'],
  [409, 'retryable'],
  [400, 'refused'],
  [413, 'refused'],
  [422, 'refused'],
  [410, 'gone'],
  [204, 'delivered'],
])('a receiver that answers %d: %s', async (status, kind) => {
  answering(status)
  expect(await send()).toMatchObject({ kind, status })
})

test('a redirect is not followed, wherever it leads', async () => {
  answering(302, { location: url })
  expect(await send()).toMatchObject({ kind: 'retryable', status: 302 })
  expect(received).toHaveLength(1)
})

test('the receiver’s Retry-After is returned', async () => {
  answering(429, { 'retry-after': '7' })
  expect(await send()).toMatchObject({ kind: 'retryable', waitMs: 7_000 })
})

test.each<[string, typeof respond, RegExp]>([
  ['that never answers', () => {}, /within 0.3 s/],
  ['that breaks the connection', (request) => request.socket.destroy(), /other side closed|ECONNRESET/],
  [
    'that drips its headers',
    ({ socket }) => {
      socket.write('HTTP/1.1 200 OK\r\n')
      const drip = setInterval(() => socket.write('x: y\r\n'), 50)
      socket.on('close', () => clearInterval(drip))
    },
    /within 0.3 s/,
  ],
  ['that speaks no HTTP', ({ socket }) => void socket.end('hello\r\n\r\n'), /Expected HTTP|Parse|Response/i],
])('a receiver %s is retried', async (_, how, words) => {
  respond = how
  const outcome = await send()
  expect(outcome.kind).toBe('retryable')
  expect(outcome.answer).toMatch(words)
})

test('an answer without end is cut: the message has arrived', async () => {
  respond = (_, response) => {
    response.writeHead(200)
    const write = () => void (response.writable && response.write('x'.repeat(4_000), () => setImmediate(write)))
    write()
  }
  const { kind, responseText } = await send()
  expect(kind).toBe('delivered')
  expect(responseText!.length).toBeLessThan(400)
})

test.each([
  ['missing', /DELIVERY_SECRET_missing/],
  ['short', /has 8 bytes/],
  ['wrong', /not base64/],
])('with the secret %s nothing is sent, and its value is not told', async (name, words) => {
  const { kind, answer } = await send([name])
  expect(kind).toBe('retryable')
  expect(answer).toMatch(words)
  if (secrets[name] !== undefined) expect(answer).not.toContain(secrets[name].slice(6))
  expect(received).toEqual([])
})

test('neither an address on this machine nor a name for one is reached unless it is allowed', async () => {
  const careful = senderOf({ networks: [], http: true })
  const port = new URL(url).port
  for (const target of [url, `http://localhost:${port}/hook`]) {
    const { kind, answer } = await careful.send({ url: target, secrets: ['new'] }, message)
    expect(kind).toBe('retryable')
    expect(answer).toContain('DELIVERY_ALLOW_PRIVATE')
  }
  expect(received).toEqual([])
  await careful.close()
})
