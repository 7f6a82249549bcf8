/**
 * Takes rights on topics, groups and transactional ids from the platform on a cluster with ACLs: /ready names what is
 * missing for as long as it is missing, no process ends, and everything resumes once the right is back.
 */
import { createMetrics } from '../../api/operations/metrics.ts'
import { startApi } from '../../composition/api/api.ts'
import type { RunningPart } from '../../composition/running-part.ts'
import { namingOf } from '../../composition/kafka.ts'
import { findFreePort } from '../../deploy/ports.ts'
import { visits } from '../../schemas/visits/visits.ts'
import { startOwnCluster, type OwnCluster } from '../support/own-cluster.ts'
import { waitFor } from '../support/services.ts'
import { deploy, type Deployment } from './deployment-under-test.ts'

const USER = 'platform'

let cluster: OwnCluster
let deployment: Deployment
let api: RunningPart
let address: string
let number = 0

beforeAll(async () => {
  cluster = await startOwnCluster({ secure: true, nodeCount: 1 })
  await cluster.allow(USER)
  const { certificateFile, users } = cluster.security!
  const port = await findFreePort()
  deployment = await deploy(
    {
      KAFKA_BROKERS: cluster.brokers.join(','),
      KAFKA_TLS: 'true',
      KAFKA_TLS_CA_FILE: certificateFile,
      KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512',
      KAFKA_SASL_USERNAME: USER,
      KAFKA_SASL_PASSWORD: users[USER],
      API_PORT: String(port),
    },
    { quiet: true },
  )
  await deployment.start()
  api = await startApi(deployment.context, createMetrics(), () => [...deployment.parts(), api])
  address = `http://127.0.0.1:${port}`
}, 120_000)

afterAll(async () => {
  await api?.stop()
  await deployment?.close()
  await cluster?.remove()
}, 60_000)

interface Readiness {
  readonly ready: boolean
  readonly parts: readonly { readonly part: string; readonly ready: boolean; readonly reason: string | null }[]
}

const readiness = async (): Promise<Readiness> => (await (await fetch(`${address}/ready`)).json()) as Readiness

/** Waits until a part reports this reason. */
async function untilTold(part: string, told: RegExp): Promise<void> {
  await waitFor(
    async () => (await readiness()).parts.some((one) => one.part === part && !one.ready && told.test(one.reason ?? '')),
    { what: `/ready to say of ${part}: ${told}`, timeoutMs: 45_000, intervalMs: 250 },
  ).catch(async (error: unknown) => {
    throw new Error(JSON.stringify((await readiness()).parts, null, 1), { cause: error })
  })
}

async function untilReady(): Promise<void> {
  await waitFor(async () => (await readiness()).ready, { what: '/ready', timeoutMs: 45_000, intervalMs: 250 }).catch(
    async (error: unknown) => {
      throw new Error(JSON.stringify((await readiness()).parts, null, 1), { cause: error })
    },
  )
}

async function postVisit(): Promise<number> {
  const id = `v-${++number}`
  const visit = { id, occurredAt: '2026-01-31T09:00:00Z', source: 'test', visitId: id, opportunityId: 'o-1' }
  const { status } = await fetch(`${address}/events/visits`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...visit, customerId: 'c-1', salespersonId: 's-1', text: 'ok' }),
  })
  return status
}

/** Repeats the request, as a CRM would, until it has this status. */
const untilAnswered = (status: number) =>
  waitFor(async () => (await postVisit()) === status, {
    what: `POST /events/visits to be answered ${status}`,
    timeoutMs: 45_000,
    intervalMs: 500,
  })

/** Waits until events are refused and /ready gives the reason. */
async function untilRefused(told: RegExp): Promise<void> {
  await waitFor(
    async () => {
      if ((await postVisit()) === 202) return false
      return (await readiness()).parts.some(({ part, reason }) => part === 'api' && told.test(reason ?? ''))
    },
    { what: `/ready to say of the API: ${told}`, timeoutMs: 45_000, intervalMs: 500 },
  )
}

/** Waits until every event is in the database, once. */
async function untilServed(): Promise<void> {
  await waitFor(
    async () => {
      const { rows } = await deployment.database.pool.query<{ id: string }>('select visit_id as id from visits')
      return rows.some(({ id }) => id === `v-${number}`)
    },
    { what: `visit v-${number} in the table`, timeoutMs: 45_000, intervalMs: 250 },
  )
}

beforeEach(async () => {
  await untilReady()
  await untilAnswered(202)
  await untilServed()
}, 180_000)

test('of groups', async () => {
  await cluster.disallow(USER, ['groups'])
  await untilTold('processors', /GROUP_AUTHORIZATION_FAILED.*ACL/s)
  await cluster.allow(USER, ['groups'])
  await untilReady()
  await untilAnswered(202)
  await untilServed()
}, 240_000)

test('of topics', async () => {
  await cluster.disallow(USER, ['topics'])
  await untilTold('processors', /TOPIC_AUTHORIZATION_FAILED/)
  await untilTold('sink', /TOPIC_AUTHORIZATION_FAILED/)
  await untilTold('kafka', /TOPIC_AUTHORIZATION_FAILED/)
  await cluster.allow(USER, ['topics'])
  await untilReady()
  await untilAnswered(202)
  await untilServed()
}, 240_000)

test('of transactional ids', async () => {
  await cluster.disallow(USER, ['transactionalIds'])
  await untilRefused(/TRANSACTIONAL_ID_AUTHORIZATION_FAILED/)
  await cluster.allow(USER, ['transactionalIds'])
  // No client posts meanwhile: a load balancer sends nothing to an API that is not ready.
  await untilReady()
  await untilAnswered(202)
  await untilServed()
}, 240_000)

test('of writing to a topic of events', async () => {
  const topic = namingOf(deployment.context.config).topic(visits)
  await cluster.forbidWriting(USER, topic)
  await untilRefused(/TOPIC_AUTHORIZATION_FAILED/)
  await cluster.permitWriting(USER, topic)
  await untilReady()
  await untilAnswered(202)
  await untilServed()
}, 240_000)
