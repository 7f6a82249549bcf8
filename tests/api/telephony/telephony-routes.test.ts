/** The sockets over TCP: who may connect, and how they end. */
import { WebSocket, type CloseEvent } from 'undici'
import webhooks from 'twilio/lib/webhooks/webhooks.js'
import { handleErrors } from '../../../api/http/error-handling.ts'
import { createServer, type Server } from '../../../api/http/server.ts'
import type { TelephonySettings } from '../../../api/ports.ts'
import { telephonyRoutes } from '../../../api/telephony/telephony-routes.ts'
import { fakeSessions } from './fake-sessions.ts'

const TOKEN = 'a-token-of-jambonz'
const RELAY = { authToken: 'twilio-token', url: 'wss://bank.example/telephony/conversation-relay' }
const settings = { jambonzToken: TOKEN, conversationRelay: RELAY, language: 'en-US', transfer: 'queue:agents' }

const servers: Server[] = []
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())))

async function listen(telephony: TelephonySettings) {
  const server = createServer()
  const sessions = fakeSessions()
  const errors: string[] = []
  const logError = (one: string) => void errors.push(one)
  handleErrors(server, logError)
  await telephonyRoutes(server, { telephony, logError }, sessions)
  servers.push(server)
  const address = await server.listen({ host: '127.0.0.1', port: 0 })
  return { server, sessions, errors, address }
}

const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
const signature = (token: string) => webhooks.getExpectedTwilioSignature(token, RELAY.url, {})

/** Opens a connection; resolves with its first message, or with the code of its close. */
function talk(url: string, headers: Readonly<Record<string, string>>, frame: string, protocols: string[] = []) {
  const socket = new WebSocket(url.replace('http', 'ws'), { headers, protocols })
  const closed = new Promise<CloseEvent>((resolve) => socket.addEventListener('close', resolve))
  socket.addEventListener('open', () => socket.send(frame))
  const message = new Promise<string>((resolve) =>
    socket.addEventListener('message', ({ data }) => resolve(String(data))),
  )
  return { socket, closed, first: Promise.race([message, closed.then(({ code }) => code)]) }
}

const newCall = JSON.stringify({
  type: 'session:new',
  msgid: 'm1',
  call_sid: 's1',
  data: { call_sid: 's1', direction: 'inbound', customerData: { customerId: 'c-1' } },
})
const setup = JSON.stringify({ type: 'setup', callSid: 'CA1', customParameters: { customerId: 'c-1' } })

test('jambonz connects with its token, by Basic or Bearer, and its sub-protocol', async () => {
  const { address, sessions } = await listen(settings)
  const url = `${address}/telephony/jambonz`
  for (const authorization of [basic('jambonz', TOKEN), `Bearer ${TOKEN}`]) {
    const { socket, first, closed } = talk(url, { authorization }, newCall.replaceAll('s1', authorization), [
      'ws.jambonz.org',
    ])
    expect(JSON.parse(String(await first))).toMatchObject({
      type: 'ack',
      msgid: 'm1',
      data: [{ verb: 'config' }, {}, {}, { verb: 'gather' }],
    })
    expect(socket.protocol).toBe('ws.jambonz.org')
    socket.close(1_000)
    await closed
  }
  expect(sessions.of('start')).toHaveLength(2)
})

test('Twilio connects with the signature of its account', async () => {
  const { address } = await listen(settings)
  const { socket, first, closed } = talk(
    `${address}/telephony/conversation-relay`,
    { 'x-twilio-signature': signature(RELAY.authToken) },
    setup,
  )
  expect(JSON.parse(String(await first))).toMatchObject({ type: 'text', token: 'Good morning, this is the bank. ' })
  socket.close(1_000)
  await closed
})

test.each([
  ['jambonz', {}, ['ws.jambonz.org']],
  ['jambonz', { authorization: basic('jambonz', `${TOKEN}x`) }, ['ws.jambonz.org']],
  ['jambonz', { authorization: `Digest ${TOKEN}` }, ['ws.jambonz.org']],
  ['jambonz', { authorization: `Bearer ${TOKEN}` }, []],
  ['conversation-relay', {}, []],
  ['conversation-relay', { 'x-twilio-signature': signature('another-token') }, []],
] as [string, Record<string, string>, string[]][])(
  '%s is refused with the headers %j and the protocols %j',
  async (path, headers, protocols) => {
    const { address, sessions } = await listen(settings)
    const { first } = talk(`${address}/telephony/${path}`, headers, path === 'jambonz' ? newCall : setup, protocols)
    expect(await first).toBe(1_006)
    expect(sessions.seen).toEqual([])
  },
)

test('without its secret a socket does not exist; a plain request learns nothing', async () => {
  const { server } = await listen({ ...settings, jambonzToken: undefined, conversationRelay: undefined })
  for (const path of ['jambonz', 'conversation-relay'])
    expect((await server.inject({ url: `/telephony/${path}` })).statusCode).toBe(404)
  const { server: open } = await listen(settings)
  expect((await open.inject({ url: '/telephony/jambonz' })).statusCode).toBe(401)
})

test('a frame of more than 64 KiB and a binary frame close their connection, not the server; stopping it says so', async () => {
  const { address, server } = await listen(settings)
  const url = `${address}/telephony/jambonz`
  const headers = { authorization: `Bearer ${TOKEN}` }
  const large = talk(url, headers, `"${'a'.repeat(64 << 10)}"`, ['ws.jambonz.org'])
  expect(await large.first).toBe(1_009)
  const { socket, first, closed } = talk(url, headers, newCall, ['ws.jambonz.org'])
  await first
  const binary = talk(url, headers, newCall, ['ws.jambonz.org'])
  await binary.first
  binary.socket.send(new Uint8Array([1, 2, 3]))
  expect((await binary.closed).code).toBe(1_003)
  await server.close()
  expect((await closed).code).toBe(1_001)
  expect(socket.readyState).toBe(WebSocket.CLOSED)
})
