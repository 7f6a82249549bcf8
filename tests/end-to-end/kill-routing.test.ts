import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { callsToRouteProcessor } from '../../processors/calls/routing/calls-to-route.ts'
import { builtInPlan } from '../../processors/calls/routing/default-plan.ts'
import { routing } from '../../processors/calls/routing/routing.ts'
import { routingDecisions, type RoutingDecision } from '../../schemas/calls/routing-decisions.ts'
import { routingPlans } from '../../schemas/calls/routing-plans.ts'
import { message } from '../../schemas/topic.ts'
import { brokers, waitFor } from '../support/services.ts'
import { createStream, type StreamUnderTest } from '../streams/stream-under-test.ts'
import { verifyStream } from '../streams/verify-stream.ts'
import { startCallSystem } from './call-system.ts'

const program = fileURLToPath(new URL('../streams/engine-process.ts', import.meta.url))
/** Number of kills; for more: SCORELINE_TEST_KILLS=100. */
const KILLS = Number(process.env['SCORELINE_TEST_KILLS'] ?? 3)
const PROGRESS = 30
const ended = ['rejected', 'timeout', 'rescinded', 'completed']

let stream: StreamUnderTest
const children = new Map<string, ChildProcess>()
let callSystem: ReturnType<typeof startCallSystem> | undefined
beforeAll(async () => {
  stream = await createStream([callsToRouteProcessor, routing], { partitions: 2 })
  const frame = { id: 'plan', occurredAt: Date.now(), source: 'test', desk: 'default', changedBy: 'test' }
  const times = { offerSeconds: 1, avoidSeconds: 0, wrapUpSeconds: 1 }
  await stream.publish([message(routingPlans, { ...frame, ...builtInPlan, version: 1, release: 'ACTIVE', ...times })])
})
afterAll(async () => {
  await callSystem?.stop().catch(() => {})
  for (const child of children.values()) child.kill('SIGKILL')
  await stream.close()
})

/** Each process has its own state folder, as on another machine. */
const folders = new Map(['one', 'other'].map((name) => [name, mkdtempSync(join(tmpdir(), 'routing-'))]))

async function startProcess(name: string): Promise<void> {
  const words = [brokers().join(','), stream.prefix, folders.get(name)!, 'routing']
  const started = spawn('node', ['--disable-warning=ExperimentalWarning', program, ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.set(name, started)
  await once(started.stdout, 'data')
}

const decisions = () => stream.readAll(routingDecisions)

async function progress(what: string): Promise<void> {
  const before = (await decisions()).length
  await waitFor(async () => (await decisions()).length > before + PROGRESS, { what, timeoutMs: 60_000 })
}

test('of two processes that are killed again and again one decides: no call is offered twice, and none is forgotten', async () => {
  await startProcess('one')
  await startProcess('other')
  callSystem = startCallSystem(stream)
  await progress('calls are routed')
  for (let kill = 0; kill < KILLS; kill++) {
    const name = kill % 2 === 0 ? 'one' : 'other'
    const child = children.get(name)!
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
    await progress(`calls are routed after kill ${kill + 1}`)
    await startProcess(name)
  }
  callSystem.calmDown()
  const open = async () => openOf(await decisions())
  await waitFor(async () => (await open()).size === 0, { what: 'every call to end', timeoutMs: 60_000 })
  await callSystem.stop()

  const all = await decisions()
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  for (const [, ofDesk] of Map.groupBy(all, ({ desk }) => desk)) expectOneHolder(ofDesk)
  const asked = new Set(all.map(({ requestId }) => requestId))
  expect(asked.size).toBeGreaterThan(PROGRESS)
  const states = new Set(all.map(({ state }) => state))
  for (const state of ['accepted', 'rejected', 'timeout', 'rescinded', 'withdrawn']) expect(states).toContain(state)
  const { differences } = await verifyStream(stream, routing, { processors: [callsToRouteProcessor, routing] })
  expect(differences).toEqual([])
}, 300_000)

/** Returns the calls that are waiting or have an agent by their latest decision. */
function openOf(all: readonly RoutingDecision[]): ReadonlySet<string> {
  const open = new Set<string>()
  for (const { state, requestId } of all) {
    if (['waiting', 'pending', 'accepted', 'wrapping'].includes(state)) open.add(requestId)
    else if (['completed', 'withdrawn', 'given-up'].includes(state)) open.delete(requestId)
  }
  return open
}

/**
 * Expects, in the order of the topic, that each call has at most one agent, and each agent at most one call or offer.
 */
function expectOneHolder(ofDesk: readonly RoutingDecision[]): void {
  const holder = new Map<string, string>()
  const doubled: RoutingDecision[] = []
  for (const decision of ofDesk) {
    const { state, requestId, agentId } = decision
    if (state === 'pending') {
      if (holder.has(requestId) || [...holder.values()].includes(agentId!)) doubled.push(decision)
      holder.set(requestId, agentId!)
    } else if (ended.includes(state)) holder.delete(requestId)
  }
  expect(doubled).toEqual([])
}
