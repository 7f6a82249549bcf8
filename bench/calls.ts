import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { createKafkaClient } from '../kafka/kafka-client.ts'
import { random } from '../models/random.ts'
import { profiles, type Profile } from '../schemas/customers/profiles.ts'
import { DAY_MS, SECOND_MS } from '../schemas/durations.ts'
import type { Benchmark, BenchmarkContext } from './benchmark.ts'
import { runDialler } from './calls/dialler.ts'
import { leadCalls, type LiveSessions } from './calls/live-sessions.ts'
import { compareRouting } from './calls/routing-strategies.ts'
import { compareScripts, UPLIFT, UPLIFT_QUICK } from './calls/script-uplift.ts'
import { compareRounds, type Figures, type Round } from './compare-rounds.ts'
import { startPlatform } from './platform-process.ts'
import { openPlatform, type PlatformUnderTest, type RunningPlatform } from './platform-under-test.ts'
import { publisherFor } from './publisher.ts'

const ROWS = 1_000_000
const ROWS_QUICK = 20_000
/** Customers that can be called: the others of the list have no profile. */
const CUSTOMERS = 5_000
const CUSTOMERS_QUICK = 1_000
/** Simulated days of a desk, and its size relative to the bank that the curve of arrivals is from. */
const DESK = { days: 5, size: 5 }
const DESK_QUICK = { days: 1, size: 2 }
const CALLS_AT_ONCE = 20
/** Live calls at once. A customer replies about five seconds after an answer: it is said first. */
const LIVE: LiveSessions = { sessions: 200, turns: 12, replyMs: 5_000, rampMs: 30_000 }
const LIVE_QUICK: LiveSessions = { ...LIVE, turns: 8 }
const LOOK_MS = 100

/**
 * Measures how quickly campaign lists are read and dispatched and live calls are answered, and what pacing, routing,
 * scripts and ranking gain in a simulated call centre.
 */
export const calls: Benchmark = {
  needsBroker: true,
  async run(context) {
    const measured = await compareRounds(context, () => measure(context))
    const routing = compareRouting(context.quick ? DESK_QUICK : DESK)
    return { ...measured, routing, scripts: compareScripts(context.quick ? UPLIFT_QUICK : UPLIFT) }
  },
}

async function measure(context: BenchmarkContext): Promise<Round> {
  const { quick } = context
  const platform = await openPlatform(context.brokers, context.directory)
  const running = await platform.up()
  try {
    await callable(platform, context, quick ? CUSTOMERS_QUICK : CUSTOMERS)
    await put(`${running.address}/contact-rules/anywhere`, anytime)
    await put(`${running.address}/campaigns/all`, campaign)
    const imported = await importList(platform, context, quick ? ROWS_QUICK : ROWS)
    await running.caughtUp()
    const dispatched = await dispatchAll(running.address)
    const led = await leadAll(running, quick ? LIVE_QUICK : LIVE)
    const [ours, peer] = [pacing(true), pacing(false)]
    return { ours: { ...imported, ...dispatched, ...led, pacing: ours }, peer: { pacing: peer } }
  } finally {
    await running.stop()
    await platform.close()
  }
}

const setBy = { changedBy: 'bench', description: 'For a benchmark.' }
const campaign = { ...setBy, purpose: 'service', channel: 'call', jurisdiction: 'anywhere', state: 'running' }
/** Contact rules that allow calls at any hour, so that the benchmark can run at any time. */
const anytime = {
  ...setBy,
  ...{ sources: [], timeZones: ['Asia/Shanghai'], holidays: [], holidaysUntil: null },
  rules: [
    {
      ...{
        purposes: ['service'],
        channels: ['call'],
        attempts: [],
        consentForm: null,
        announcement: null,
        label: null,
      },
      hours: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '00:00', to: '24:00' }],
      ...{ retentionDays: 1, abandonShareMax: null },
    },
  ],
}

const named = (index: number) => `customer-${index}`

async function callable({ naming }: PlatformUnderTest, { brokers }: BenchmarkContext, count: number): Promise<void> {
  const client = createKafkaClient({ brokers, clientId: 'bench' })
  const publisher = await publisherFor(client, naming)
  const occurredAt = Date.now() - DAY_MS
  const unknown = { sex: null, birthYear: null, registeredPlace: null, residence: null, segment: null, attributes: {} }
  await publisher.publish(
    profiles,
    Array.from({ length: count }, (_, index): Profile => {
      const customerId = named(index)
      const frame = { id: `profile-${index}`, occurredAt, source: 'bench', customerId, name: customerId }
      return { ...frame, timeZone: 'Asia/Shanghai', ...unknown }
    }),
  )
  await publisher.close()
  await client.close()
}

/** Imports the list with the command, in a separate process. */
async function importList(
  platform: PlatformUnderTest,
  { directory }: BenchmarkContext,
  rows: number,
): Promise<Figures> {
  const file = join(directory, 'list.csv')
  const lines = Array.from({ length: rows }, (_, index) => `${named(index)},138${10_000_000 + index},${rows - index}\n`)
  writeFileSync(file, `customerId,phone,value\n${lines.join('')}`)
  const from = performance.now()
  const words = ['campaigns', 'import', file, '--campaign', 'all', '--region', 'CN']
  const running = startPlatform(words, platform.environment)
  let highest = 0
  while (running.exitCode === null) {
    highest = Math.max(highest, running.usage().residentMegabytes || 0)
    await Promise.race([running.exited, delay(LOOK_MS)])
  }
  const seconds = (performance.now() - from) / SECOND_MS
  if (running.exitCode !== 0) throw new Error(`The list was not imported: the command ended with ${running.exitCode}.`)
  return { importRowsPerSecond: rows / seconds, importMegabytes: highest }
}

/** Dispatches until no customer is left who may be called, one request after the other. */
async function dispatchAll(address: string): Promise<Figures> {
  const times: number[] = []
  let dispatched = 0
  const from = performance.now()
  for (;;) {
    const askedAt = performance.now()
    const answer = await send('POST', `${address}/campaigns/all/dispatch`, { count: CALLS_AT_ONCE })
    const { items } = (await answer.json()) as { items: readonly unknown[] }
    if (items.length === 0) break
    times.push(performance.now() - askedAt)
    dispatched += items.length
  }
  const seconds = (performance.now() - from) / SECOND_MS
  times.sort((one, other) => one - other)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))]!
  return { dispatchedPerSecond: dispatched / seconds, dispatchMs: { p50: at(0.5), p99: at(0.99) } }
}

/** Leads live calls. The time of the processor is that of the whole platform, which is the same on a busy machine. */
async function leadAll(running: RunningPlatform, live: LiveSessions): Promise<Figures> {
  const before = running.usage().cpuSeconds
  const post = (path: string, body: object) => send('POST', `${running.address}${path}`, body)
  const { answers, p50, p99 } = await leadCalls(post, named, `live-${Date.now()}`, live)
  const cpuMs = (running.usage().cpuSeconds - before) * SECOND_MS
  return { answerMs: { p50, p99 }, answerCpuMs: cpuMs / answers }
}

function pacing(predictive: boolean): Figures {
  const centre = {
    ...{ agents: 20, talkSeconds: 120, wrapUpSeconds: 20, abandonShareMax: 0.03 },
    answerProbability: (second: number) => 0.3 + 0.15 * Math.sin(second / 7_200),
  }
  const { occupancy, abandonShare } = runDialler(centre, { predictive, seconds: 86_400, random: random(1) })
  return { occupancy, abandonShare }
}

async function put(url: string, body: object): Promise<void> {
  await send('PUT', url, body, { 'if-match': '"0"' })
}

async function send(method: string, url: string, body: object, more: Record<string, string> = {}): Promise<Response> {
  const headers = { 'content-type': 'application/json', ...more }
  const answer = await fetch(url, { method, headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${method} ${url} was answered with ${answer.status}: ${await answer.text()}`)
  return answer
}
