/** Delivers alerts while processes are killed and receivers fail in all ways. */
import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { SMTPServer } from 'smtp-server'
import { Webhook } from 'standardwebhooks'
import { createMetrics } from '../../api/operations/metrics.ts'
import { startDeliveries } from '../../composition/deliveries/deliveries.ts'
import { namingOf } from '../../composition/kafka.ts'
import { readTopic } from '../../composition/read-topic.ts'
import type { RunningPart } from '../../composition/running-part.ts'
import { readConfig, type Config } from '../../config.ts'
import type { ActiveChannel } from '../../deliveries/message.ts'
import { createKafkaClient } from '../../kafka/kafka-client.ts'
import { valueOf } from '../../kafka/records/record-access.ts'
import { channelSetting } from '../../processors/deliveries/channel-setting.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { alerts } from '../../schemas/customers/alerts.ts'
import { notifications, type Notification } from '../../schemas/deliveries/notifications.ts'
import { releasedRegistry } from '../../schemas/release/registry.ts'
import type { Topic } from '../../schemas/topic.ts'
import { channelBacklogs, listDeliveries, redriveDeliveries } from '../../store/deliveries/deliveries.ts'
import { releaseChannels } from '../../store/deliveries/held-channels.ts'
import { setSetting } from '../../store/versioned-settings.ts'
import { alertOf } from '../store/store-under-test.ts'
import { findFreePort } from '../../deploy/ports.ts'
import { brokers, waitFor } from '../support/services.ts'
import { deploy, type Deployment } from './deployment-under-test.ts'

const program = fileURLToPath(new URL('./platform-process.ts', import.meta.url))
const secret = `whsec_${randomBytes(32).toString('base64')}`
const CUSTOMERS = 8
const ROUNDS = 9
/** Round after which the process is killed at work; another one continues. */
const KILL = 3

let deployment: Deployment
const children = new Set<ChildProcess>()
const undo: (() => unknown)[] = []

beforeEach(async () => {
  deployment = await deploy({
    DELIVERY_SECRET_test: secret,
    DELIVERY_ALLOW_PRIVATE: '127.0.0.1',
    DELIVERY_ALLOW_HTTP: 'true',
    DELIVERY_TIMEOUT_MS: '250',
    DELIVERY_RETRY_FIRST_MS: '20',
    DELIVERY_RETRY_MAX_MS: '200',
  })
})
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  children.clear()
  for (const step of undo.splice(0).reverse()) await step()
  await deployment.close()
})

async function start(): Promise<ChildProcess> {
  const child = spawn('node', ['--disable-warning=ExperimentalWarning', program, 'deliveries'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, ...deployment.environment },
  })
  children.add(child)
  await once(child.stdout!, 'data')
  return child
}

async function startHere(config: Config, metrics = createMetrics()): Promise<RunningPart> {
  process.env['DELIVERY_SECRET_test'] = secret
  const part = await startDeliveries({ ...deployment.context, config, log: () => {} }, metrics)
  undo.push(() => part.stop())
  undo.push(() => delete process.env['DELIVERY_SECRET_test'])
  return part
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
  children.delete(child)
}

const noTargets = { webhook: null, email: null }
const addChannel = (key: string, value: Partial<ActiveChannel['value']>, expectedVersion = 0) =>
  setSetting(deployment.database, channelSetting, {
    key,
    value: {
      kind: 'webhook',
      topics: ['alerts'],
      alertKinds: [],
      withdrawals: true,
      retired: false,
      ...noTargets,
      ...value,
    },
    changedBy: 'test',
    expectedVersion,
  })

interface Received {
  readonly id: string
  readonly customerId: string
  readonly alertId: string
  readonly raised: boolean
}

/** Starts a receiver that verifies what it gets and then answers as `how` says. */
async function receiver(how: (alert: Received, response: ServerResponse, request: IncomingMessage) => void) {
  const received: Received[] = []
  const unverified: unknown[] = []
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      try {
        const headers = request.headers as Record<string, string>
        const body = new Webhook(secret).verify(Buffer.concat(pieces), headers) as { data: Received & { id: string } }
        const { id: alertId, customerId, raised } = body.data
        how({ id: headers['webhook-id']!, alertId, customerId, raised }, response, request)
      } catch (error) {
        unverified.push(error)
        response.writeHead(401).end()
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  undo.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  return { webhook: { url, secrets: ['test'] }, received, unverified }
}

const alertNumber = (round: number, customer: string) =>
  alertOf(round, { id: `${customer}/${round}`, customerId: customer, raised: round % 2 === 0 })
const waiting = async () =>
  (await channelBacklogs(deployment.database)).reduce((sum, { waiting: count }) => sum + count, 0)

test('a process killed while the receiver fails: every alert arrives, each customer’s in order, and one bad record holds up none', async () => {
  const answers = new Map<string, number>()
  const { webhook, received, unverified } = await receiver((alert, response, request) => {
    const times = answers.get(alert.id) ?? 0
    answers.set(alert.id, times + 1)
    const take = () => {
      received.push(alert)
      response.writeHead(204).end()
    }
    if (alert.customerId === 'bad') return response.writeHead(422).end('not mine')
    // Each message meets the failures in another order, and is accepted in the end.
    const turn = times > 3 ? 0 : (Number(alert.alertId.split('/')[1]) + 3 * times + alert.customerId.length) % 7
    if (turn === 1) return response.writeHead(500).end()
    if (turn === 2) return undefined // never answers
    if (turn === 3) return request.socket.destroy()
    if (turn === 4) return response.writeHead(307, { location: '/elsewhere' }).end()
    if (turn === 5) {
      // The message was accepted, but the answer is lost, so it comes again.
      received.push(alert)
      return request.socket.destroy()
    }
    if (turn === 6) return setTimeout(take, 100)
    return take()
  })
  await addChannel('crm', { webhook })
  const customers = [...Array.from({ length: CUSTOMERS }, (_, index) => `c${index}`), 'bad']
  const first = await start()
  for (let round = 0; round < ROUNDS; round++) {
    await deployment.publisher.publish(
      alerts as Topic,
      customers.map((customer) => alertNumber(round, customer)),
    )
    if (round !== KILL) continue
    await waitFor(() => received.length > CUSTOMERS, { what: 'messages before the kill', timeoutMs: 60_000 })
    await kill(first)
  }
  expect(await waiting()).toBeGreaterThan(0)
  await startHere(readConfig(deployment.environment))
  const expected = customers.length * ROUNDS
  await waitFor(async () => (await listDeliveries(deployment.database, {}, { limit: 1_000 })).length === expected, {
    what: 'all alerts in the queue',
    timeoutMs: 60_000,
  })
  await waitFor(async () => (await waiting()) === 0, { what: 'an empty queue', timeoutMs: 90_000 })

  expect(unverified).toEqual([])
  for (const customer of customers.filter((one) => one !== 'bad')) {
    // A Map keeps insertion order, which is the order of the first arrivals.
    const arrived = new Map(received.filter((one) => one.customerId === customer).map((one) => [one.id, one] as const))
    const inOrder = [...arrived.values()].map(({ alertId, raised }) => [alertId, raised])
    expect(inOrder).toEqual(Array.from({ length: ROUNDS }, (_, round) => [`${customer}/${round}`, round % 2 === 0]))
  }
  const dead = await listDeliveries(deployment.database, { status: 'dead' }, { limit: 1_000 })
  expect(dead.map(({ record, answer }) => [record, answer])).toEqual(
    Array.from({ length: ROUNDS }, () => ['bad', expect.stringMatching(/^422.*not mine$/) as string]),
  )
}, 240_000)

test('mail server down and back, a receiver that is gone, a topic, a metric: channels are independent', async () => {
  let gone = true
  const { webhook, received } = await receiver((alert, response) => {
    if (!gone) received.push(alert)
    response.writeHead(gone ? 410 : 200).end()
  })
  const port = await findFreePort()
  const config = {
    ...readConfig(deployment.environment),
    SMTP_URL: `smtp://127.0.0.1:${port}`,
    SMTP_FROM: 'scoreline@bank.example',
    SMTP_TLS_REQUIRED: false,
  }
  const email = { to: ['controller@bank.example'], digestMinutes: null, digestAt: null, timeZone: 'UTC' }
  await deployment.publisher.publish(alerts as Topic, [alertNumber(0, 'before')])
  await addChannel('gone', { webhook, alertKinds: ['invalid-visits'] })
  await addChannel('other kinds', { webhook, alertKinds: ['dormant-customer'] })
  await addChannel('mail', { kind: 'email', email, withdrawals: false })
  await addChannel('digest', { kind: 'email', email: { ...email, digestMinutes: 1_440 } })
  await addChannel('topic', { kind: 'topic' })
  await addChannel('metric', { kind: 'metric' })
  const metrics = createMetrics()
  const part = await startHere(config, metrics)
  await deployment.publisher.publish(
    alerts as Topic,
    [0, 1].flatMap((round) => ['c1', 'c2'].map((customer) => alertNumber(round, customer))),
  )

  await waitFor(
    () => /gone is held: 410/.test(part.warning!() ?? '') && /channel mail has failed/.test(part.warning!()!),
    {
      what: 'warnings of the mail server and of the receiver that is gone',
    },
  )
  expect(part.trouble()).toBeUndefined()

  const mails: string[] = []
  const server = new SMTPServer({
    disabledCommands: ['AUTH'],
    hideSTARTTLS: true,
    onData(stream, _, done) {
      let text = ''
      stream.on('data', (piece: Buffer) => (text += piece.toString()))
      stream.on('end', () => void (mails.push(text), done()))
    },
  })
  server.listen(port, '127.0.0.1')
  undo.push(() => new Promise<void>((resolve) => server.close(() => resolve())))
  await waitFor(() => mails.length === 2, { what: 'the mails' })
  expect(mails.map((text) => /^Subject: (.*)/m.exec(text)![1]!.trim()).sort()).toEqual([
    'Invalid visits: customer c1',
    'Invalid visits: customer c2',
  ])

  // The digest is not due before midnight; everything that waits for it goes out as one.
  await deployment.database.pool.query("update deliveries set next_at = now() where channel = 'digest'")
  await waitFor(() => mails.length === 3, { what: 'the digest' })
  for (const line of ['- customer c1', '- customer c2', 'No longer: Invalid visits (2)'])
    expect(mails[2]).toContain(line)

  gone = false
  await redriveDeliveries(deployment.database, { channel: 'gone' })
  await releaseChannels(deployment.database, 'gone')
  await waitFor(() => received.length >= 4, { what: 'what was held' })
  await waitFor(async () => (await waiting()) === 0, { what: 'an empty queue' })
  await waitFor(() => part.warning!() === undefined, { what: 'no warning any more' })

  // A message may come twice, with the same id.
  const once = new Map((await published()).map((one) => [one.id, one] as const)).values()
  expect([...once].map(({ channel, record, type }) => [channel, record, type]).sort()).toEqual(
    ['c1', 'c2'].flatMap((customer) => [
      ['topic', customer, 'alert.raised'],
      ['topic', customer, 'alert.withdrawn'],
    ]),
  )
  const text = await metrics.text()
  expect(text).toContain('scoreline_alerts_total{channel="metric",type="alert.raised",kind="invalid-visits"} 2')
  expect(text).toMatch(/scoreline_deliveries_total\{channel="mail",outcome="delivered"\} 2/)
  expect(text).toMatch(/scoreline_deliveries_total\{channel="mail",outcome="retried"\} [1-9]/)
}, 120_000)

async function published(): Promise<Notification[]> {
  const client = createKafkaClient({ brokers: brokers(), clientId: 'deliveries-test' })
  const { decode } = codecOf(notifications, releasedRegistry)
  const found: Notification[] = []
  for await (const { batch, index } of readTopic(client, namingOf(deployment.context.config).topic(notifications)))
    found.push(decode(valueOf(batch, index)!))
  await client.close()
  return found
}
