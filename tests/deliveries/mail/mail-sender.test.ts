/** Runs a real mail server on this machine. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { createMailSender, type MailSenderOptions } from '../../../deliveries/mail/mail-sender.ts'

const mail = { subject: 'Invalid visits: 客户 c1', text: 'five visits', html: '<p>five visits</p>', messageId: 'abc' }
const servers: SMTPServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise<void>((resolve) => server.close(() => resolve()))
})

interface Heard {
  readonly to: string[]
  readonly text: string
}

async function serve(options: SMTPServerOptions = {}): Promise<{ url: string; heard: Heard[] }> {
  const heard: Heard[] = []
  const server = new SMTPServer({
    disabledCommands: ['AUTH'],
    onData(stream, { envelope }, done) {
      let text = ''
      stream.on('data', (piece: Buffer) => (text += piece.toString()))
      stream.on('end', () => {
        heard.push({ to: envelope.rcptTo.map(({ address }) => address), text })
        done()
      })
    },
    ...options,
  })
  servers.push(server)
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  return { url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, heard }
}

async function send(changes: Partial<MailSenderOptions>, to = ['a@bank.example']) {
  const sender = createMailSender({
    url: undefined,
    from: 'Scoreline <scoreline@bank.example>',
    tlsRequired: false,
    ca: undefined,
    timeoutMs: 1_000,
    ...changes,
  })
  try {
    return await sender.send(to, mail)
  } finally {
    sender.close()
  }
}

const failing = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode })

test('a mail arrives as text and HTML, with the same id at every attempt, and no reply is asked for', async () => {
  const { url, heard } = await serve({ hideSTARTTLS: true })
  expect(await send({ url }, ['a@bank.example', 'b@bank.example'])).toMatchObject({ kind: 'delivered', status: 250 })
  expect(heard).toHaveLength(1)
  expect(heard[0]!.to).toEqual(['a@bank.example', 'b@bank.example'])
  for (const part of [
    'Message-ID: <abc@bank.example>',
    'multipart/alternative',
    'text/html',
    'Auto-Submitted: auto-generated',
  ])
    expect(heard[0]!.text).toContain(part)
})

test('nothing is sent without TLS if it is required, nor with an untrusted certificate', async () => {
  const plain = await serve({ hideSTARTTLS: true })
  expect(await send({ url: plain.url, tlsRequired: true })).toMatchObject({ kind: 'retryable' })
  const unknown = await serve()
  const { kind, answer } = await send({ url: unknown.url, tlsRequired: true })
  expect(kind).toBe('retryable')
  expect(answer).toMatch(/certificate/i)
  expect([...plain.heard, ...unknown.heard]).toEqual([])
})

test('a refused recipient is for good, a full mailbox is not, and neither loses the mail of the others', async () => {
  const { url, heard } = await serve({
    hideSTARTTLS: true,
    onRcptTo({ address }, _, done) {
      if (address.startsWith('gone')) return done(failing(550, 'No such user'))
      if (address.startsWith('full')) return done(failing(452, 'Mailbox full'))
      done()
    },
  })
  expect(await send({ url }, ['gone@bank.example'])).toMatchObject({ kind: 'refused', status: 550 })
  expect(await send({ url }, ['full@bank.example'])).toMatchObject({ kind: 'retryable', status: 452 })
  expect(await send({ url }, ['a@bank.example', 'gone@bank.example'])).toMatchObject({
    kind: 'delivered',
    answer: expect.stringContaining('1 of the recipients was refused for good') as string,
  })
  expect(await send({ url }, ['a@bank.example', 'full@bank.example'])).toMatchObject({ kind: 'retryable' })
  expect(heard.map(({ to }) => to)).toEqual([['a@bank.example'], ['a@bank.example']])
})

test('a failed log-in can be corrected, and the password is not shown', async () => {
  const { url } = await serve({
    hideSTARTTLS: true,
    disabledCommands: [],
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(failing(535, 'Wrong')),
  })
  const { kind, answer } = await send({ url: url.replace('//', '//user:hunter2@') })
  expect(kind).toBe('retryable')
  expect(answer).toContain('535')
  expect(answer).not.toContain('hunter2')
})

test('a server that is down or missing is retried', async () => {
  expect(await send({ url: 'smtp://127.0.0.1:9' })).toMatchObject({ kind: 'retryable' })
  expect(await send({})).toMatchObject({ kind: 'retryable', answer: expect.stringContaining('SMTP_URL') as string })
})
