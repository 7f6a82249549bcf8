/** Leads live calls through processes that are killed in the middle of them. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Prompt } from '../../api/ports.ts'
import { namingOf } from '../../composition/kafka.ts'
import { readTopic } from '../../composition/read-topic.ts'
import { findFreePort } from '../../deploy/ports.ts'
import { createKafkaClient } from '../../kafka/kafka-client.ts'
import { valueOf } from '../../kafka/records/record-access.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { sessionSteps, type SessionStep } from '../../schemas/calls/session-steps.ts'
import { profiles } from '../../schemas/customers/profiles.ts'
import { releasedRegistry } from '../../schemas/release/registry.ts'
import { put } from '../store/store-under-test.ts'
import { brokers, waitFor } from '../support/services.ts'
import { deploy, type Deployment } from './deployment-under-test.ts'

const program = fileURLToPath(new URL('./platform-process.ts', import.meta.url))
/** Number of kills; for more: SCORELINE_TEST_KILLS=100. */
const KILLS = Number(process.env['SCORELINE_TEST_KILLS'] ?? 3)
/** Calls at the same time. */
const CALLERS = 8
const TURNS = 6

interface Process {
  readonly address: string
  child: ChildProcess
}

let deployment: Deployment
const processes: Process[] = []
beforeAll(async () => {
  deployment = await deploy()
  const unknown = { sex: null, birthYear: null, registeredPlace: null, residence: null, segment: null, attributes: {} }
  const customers = Array.from({ length: CALLERS }, (_, caller) => ({
    ...{ id: `p-${caller}`, occurredAt: Date.now(), source: 'test', customerId: `c-${caller}`, name: `C ${caller}` },
    ...{ timeZone: 'UTC', ...unknown },
  }))
  await put(deployment.database, profiles, customers)
  for (let number = 0; number < 2; number++) {
    const port = await findFreePort()
    processes.push({ address: `http://127.0.0.1:${port}`, child: await start(port) })
  }
})
afterAll(async () => {
  for (const { child } of processes) child.kill('SIGKILL')
  await deployment.close()
})

async function start(port: number): Promise<ChildProcess> {
  const child = spawn('node', ['--disable-warning=ExperimentalWarning', program, 'outbox', 'api'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, ...deployment.environment, API_PORT: String(port) },
  })
  await once(child.stdout, 'data')
  return child
}

/** Asks one process after the other until one answers, as a call system does. */
async function ask(path: string, body: object): Promise<Prompt> {
  for (let attempt = 0; ; attempt++) {
    const { address } = processes[attempt % processes.length]!
    const answer = await fetch(address + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }).catch(() => undefined)
    if (answer?.status === 200) return (await answer.json()) as Prompt
    if (answer !== undefined && answer.status < 500) throw new Error(`${path}: ${await answer.text()}`)
    await delay(20)
  }
}

/** Leads one call through its turns; returns the answer to each report. */
async function lead(callId: string, customerId: string, done: () => void): Promise<readonly Prompt[]> {
  const answers = [await ask('/call-sessions', { callId, customerId, language: 'en' })]
  for (let number = 0; number < TURNS && answers.at(-1)!.next === 'listen'; number++) {
    answers.push(await ask(`/call-sessions/${callId}/turns`, { number, text: number === 2 ? 'Say that again' : 'yes' }))
    done()
  }
  return answers
}

test('calls go on at their part while their processes are killed: no step is lost, doubled or answered twice', async () => {
  const led = new Map<string, readonly Prompt[]>()
  let turns = 0
  let isOver = false
  const callers = Array.from({ length: CALLERS }, async (_, caller) => {
    for (let call = 0; !isOver; call++) {
      const callId = `call-${caller}-${call}`
      led.set(callId, await lead(callId, `c-${caller}`, () => turns++))
    }
  })
  for (let kill = 0; kill < KILLS; kill++) {
    const before = turns
    await waitFor(() => Promise.resolve(turns > before + 2 * CALLERS), { what: 'calls go on', timeoutMs: 60_000 })
    const killed = processes[kill % 2]!
    const gone = once(killed.child, 'exit')
    killed.child.kill('SIGKILL')
    await gone
    const after = turns
    await waitFor(() => Promise.resolve(turns > after + 2 * CALLERS), { what: 'the other answers', timeoutMs: 60_000 })
    killed.child = await start(Number(new URL(killed.address).port))
  }
  isOver = true
  await Promise.all(callers)

  const answered = [...led.values()].reduce((total, answers) => total + answers.length, 0)
  await waitFor(async () => (await steps()).length >= answered, { what: 'every step to be published' })
  const byCall = Map.groupBy(await steps(), ({ callId }) => callId)
  expect(byCall.size).toBe(led.size)
  for (const [callId, answers] of led)
    expect(byCall.get(callId)!.map(({ step, say, next }) => ({ step, say, next }))).toEqual(
      answers.map(({ step, say, next }) => ({ step, say, next })),
    )
}, 300_000)

/** Returns the published steps, each once: the outbox publishes at least once, and consumers go by the id. */
async function steps(): Promise<readonly SessionStep[]> {
  const client = createKafkaClient({ brokers: brokers(), clientId: 'test' })
  const { decode } = codecOf(sessionSteps, releasedRegistry)
  const found = new Map<string, SessionStep>()
  for await (const { batch, index } of readTopic(client, namingOf(deployment.context.config).topic(sessionSteps))) {
    const step = decode(valueOf(batch, index)!)
    const known = found.get(step.id)
    if (known === undefined) found.set(step.id, step)
    else expect(step).toEqual(known)
  }
  await client.close()
  return [...found.values()]
}
