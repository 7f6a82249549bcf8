/** Python's confluent-kafka with the platform's topics and its schema registry: `npm run check:python`. */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { pythonPackages } from '../../deploy/python.ts'
import { transactions, type Transaction } from '../../schemas/customers/banking.ts'
import { releases } from '../../schemas/models/releases.ts'
import type { Topic } from '../../schemas/topic.ts'
import { reportOnly, visits, type Visit } from '../../schemas/visits/visits.ts'
import { smallReleases } from '../../bench/small-models.ts'
import { apiUnderTest, type ApiUnderTest } from '../api/api-under-test.ts'
import { deploy, type Deployment } from '../end-to-end/deployment-under-test.ts'
import { uniqueName, waitFor } from '../support/services.ts'

const run = promisify(execFile)
const here = (name: string) => join(import.meta.dirname, 'python', name)
const AT = Date.UTC(2026, 5, 1)

let python: string
let api: ApiUnderTest
let address: string
let deployment: Deployment
beforeAll(async () => {
  python = join(await pythonPackages('confluent-kafka', here('requirements.txt'), () => {}), 'python')
  api = await apiUnderTest()
  address = await api.server.listen({ host: '127.0.0.1', port: 0 })
  deployment = await deploy()
  await deployment.publisher.publish(releases as Topic, smallReleases(Date.now()))
  await deployment.start()
}, 600_000)
afterAll(async () => {
  await api.close()
  await deployment.close()
})

const environment = () => ({ ...process.env, ...deployment.environment, API_URL: address })

test('the example reads the scores that the platform publishes, field by field', async () => {
  const payment: Transaction = {
    ...{ id: 't1', occurredAt: AT, source: 'test', customerId: '客户-1', accountId: 'a1', amountMinor: -500 },
    ...{ balanceMinor: 10_000, currency: 'CNY', kind: 'card', category: 'food', counterparty: null, channel: null },
  }
  await deployment.publisher.publish(transactions as Topic, [payment])
  await deployment.untilCaughtUp()
  const child = spawn(python, [join(import.meta.dirname, '../../examples/read_scores.py')], {
    env: { ...environment(), GROUP_ID: uniqueName('python') },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exit = once(child, 'exit')
  const printed: Record<string, unknown>[] = []
  createInterface({ input: child.stdout }).on('line', (line) =>
    printed.push(JSON.parse(line) as Record<string, unknown>),
  )
  try {
    await waitFor(() => printed.some(({ task }) => task === 'loan-demand'), { what: 'a score', timeoutMs: 60_000 })
  } finally {
    child.kill('SIGTERM')
  }
  expect(await exit).toEqual([0, null])
  const { rows } = await deployment.database.pool.query<{ probability: number; at: Date }>(
    `select probability, occurred_at as at from scores where task = 'loan-demand' and subject_id = '客户-1'`,
  )
  expect(printed.find(({ task }) => task === 'loan-demand')).toMatchObject({
    ...{ customerId: '客户-1', subjectId: '客户-1', absent: null, probability: rows[0]!.probability },
    at: rows[0]!.at.toISOString().replace('.000Z', '+00:00'),
  })
}, 120_000)

const visit: Visit = {
  ...{ id: 'v1', occurredAt: AT, source: 'python', visitId: 'v1', revision: 0, withdrawn: false },
  ...{ opportunityId: 'o1', customerId: 'c1', salespersonId: 's1', text: '客户很感兴趣' },
  ...reportOnly,
}
const send = (...words: string[]) =>
  run(python, [here('send_visit.py'), ...words], {
    env: { ...environment(), TOPIC: `${deployment.environment['TOPIC_PREFIX']}${visits.name}` },
  })

test('an event that Python writes with the registered schema is taken like any other', async () => {
  await send(JSON.stringify(visit))
  await waitFor(
    async () => {
      const { rows } = await deployment.database.pool.query('select text from visits where visit_id = $1', ['v1'])
      return rows.length === 1
    },
    { what: 'the visit', timeoutMs: 30_000 },
  )
  const { rows } = await deployment.database.pool.query(
    'select text, customer_id as "customerId", salesperson_id as "salespersonId" from visits',
  )
  expect(rows).toEqual([{ text: visit.text, customerId: 'c1', salespersonId: 's1' }])
}, 90_000)

test('a schema that the platform does not have is refused before anything is sent, and the message says why', async () => {
  const own = { type: 'record', name: 'Visit', fields: [{ name: 'customerId', type: 'string' }] }
  await expect(send(JSON.stringify({ occurredAt: AT, customerId: 'c1' }), JSON.stringify(own))).rejects.toThrow(
    'this registry is read-only; schemas come with a release of the platform',
  )
}, 60_000)
