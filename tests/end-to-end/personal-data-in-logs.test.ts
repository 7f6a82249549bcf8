/** Plants a name, a phone number and a text in events, requests and webhooks, good and broken, and looks for them. */
import { createMetrics } from '../../api/operations/metrics.ts'
import { startApi } from '../../composition/api/api.ts'
import { namingOf, openProducer } from '../../composition/kafka.ts'
import { createLogger } from '../../composition/logger.ts'
import type { RunningPart } from '../../composition/running-part.ts'
import { findFreePort } from '../../deploy/ports.ts'
import { visits } from '../../schemas/visits/visits.ts'
import { waitFor } from '../support/services.ts'
import { deploy, type Deployment } from './deployment-under-test.ts'

const PLANTED = ['Ottilie Brandtner', '13912345678', 'her mother is in hospital']
const [NAME, PHONE, TEXT] = PLANTED as [string, string, string]

const TOKEN = 'let-the-website-in'
process.env['WEBHOOK_SECRET_planted'] = TOKEN

const lines: string[] = []
const log = createLogger({ level: 'info', format: 'json', write: (line) => lines.push(line) })
let deployment: Deployment
let api: RunningPart
let address: string

beforeAll(async () => {
  const port = await findFreePort()
  deployment = await deploy({ API_PORT: String(port) }, { log })
  await deployment.start()
  api = await startApi(deployment.context, createMetrics(), () => [...deployment.parts(), api])
  address = `http://127.0.0.1:${port}`
}, 120_000)
afterAll(async () => {
  await api?.stop()
  await deployment?.close()
}, 60_000)

const visit = {
  id: 'e-1',
  source: 'test',
  visitId: 'v-1',
  occurredAt: '2026-06-01T10:00:00Z',
  customerId: 'c-1',
  opportunityId: 'o-1',
  salespersonId: 's-1',
  text: `${NAME}, ${PHONE}: ${TEXT}`,
}

const send = async (method: string, path: string, body: unknown, more: Readonly<Record<string, string>> = {}) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const headers = { 'content-type': 'application/json', ...more }
  return (await fetch(address + path, { method, headers, body: text })).status
}

test('no line of the log repeats what events and requests say about a person', async () => {
  // Good, broken in one field, no JSON, an unknown topic, an unknown route.
  expect(await send('POST', '/events/visits', visit)).toBe(202)
  for (const [path, body] of [
    ['/events/visits', { ...visit, id: 'v-2', occurredAt: NAME }],
    ['/events/visits', { ...visit, id: 'v-3', [NAME]: PHONE }],
    ['/events/visits', `{"text": "${TEXT} ${PHONE}`],
    [`/events/${encodeURIComponent(NAME)}`, visit],
    [`/customers/${encodeURIComponent(NAME)}/nothing?phone=${PHONE}`, visit],
    ['/webhooks/nowhere', { person: NAME, phone: PHONE, note: TEXT }],
  ] as const) {
    const status = await send('POST', path, body)
    expect({ path, isRefused: status >= 400 && status < 500 }).toEqual({ path, isRefused: true })
  }
  // A webhook with an event, one that can't be mapped, and one with a wrong token.
  const mapping =
    '{"topic": "interactions", "event": {"customerId": visitor, "occurredAt": at, "kind": "page_view", "item": page}}'
  const source = { scheme: 'token', signatureHeader: 'authorization', secrets: ['planted'], changedBy: 'li', mapping }
  expect(await send('PUT', '/webhook-sources/planted', source, { 'if-match': '"0"' })).toBeLessThan(300)
  const call = { visitor: 'c-1', at: '2026-06-01T10:00:00Z', page: `/${NAME}/${PHONE}`, note: TEXT }
  const hook = (body: object, token: string) =>
    send('POST', '/webhooks/planted', body, { authorization: `Bearer ${token}` })
  await waitFor(async () => (await hook(call, TOKEN)) === 202, { what: 'the webhook to be accepted' })
  expect(await hook({ ...call, at: NAME }, TOKEN)).toBeLessThan(500)
  expect(await hook(call, PHONE)).toBe(401)
  // Bytes that are no event, under a key that names a person, become dead letters.
  const producer = await openProducer(deployment.context, 'careless')
  const topic = namingOf(deployment.context.config).topic(visits)
  await producer.send(topic, [{ key: NAME, value: Buffer.from(`${NAME} ${PHONE} ${TEXT}`) }])
  await producer.close()
  await deployment.untilCaughtUp()
  await waitFor(async () => (await deployment.database.selectFrom('dead_letters').select('id').execute()).length > 0, {
    what: 'the dead letter',
  })
  await waitFor(async () => (await deployment.database.selectFrom('visits').select('visitId').execute()).length > 0, {
    what: 'the visit',
  })
  // A value that PostgreSQL refuses: its error repeats the row.
  const refused = await deployment.database.pool
    .query('insert into dead_letters (id, message) values ($1, $2)', ['d-1', `${NAME} ${TEXT}`])
    .catch((error: unknown) => error)
  log('error', 'A row was refused', { error: refused })

  expect(lines.length).toBeGreaterThan(3)
  expect(lines.some((line) => line.includes('A row was refused'))).toBe(true)
  const repeating = lines.filter((line) =>
    PLANTED.some((planted) => [planted, encodeURIComponent(planted)].some((text) => line.includes(text))),
  )
  expect(repeating).toEqual([])
}, 120_000)
