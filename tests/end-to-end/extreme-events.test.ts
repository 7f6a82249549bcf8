/**
 * No accepted event, however odd, may end the process, hold up a partition or make a query fail. Sends extreme events
 * of every topic through broker, processors, sink and database, and queries every route with the names that arrived.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { createMetrics } from '../../api/operations/metrics.ts'
import { startApi } from '../../composition/api/api.ts'
import type { RunningPart } from '../../composition/running-part.ts'
import { verifyServed } from '../../composition/verify/verify-served.ts'
import { findFreePort } from '../../deploy/ports.ts'
import { VISIT_POLICY } from '../../processors/visits/default-policy.ts'
import { VISIT_PLANNING } from '../../processors/visits/planning/default-planning.ts'
import { defaultEvidence, noConditions, policies, type Policy } from '../../schemas/visits/policies.ts'
import { releases } from '../../schemas/models/releases.ts'
import { thresholds } from '../../schemas/loans/thresholds.ts'
import { toJson } from '../../schemas/json/json-event.ts'
import type { Topic } from '../../schemas/topic.ts'
import { writers } from '../../subjects/subjects.ts'
import { describedAnswers, type Description, type Operation, type Parameter } from '../api/described-answers.ts'
import { extremeEvents, inputTopics, sharedIds } from '../schemas/extreme-events.ts'
import { smallReleases } from '../../bench/small-models.ts'
import { deploy, type Deployment } from './deployment-under-test.ts'

const EACH = 20
const EACH_AFTER_RESTART = 8
const AT_ONCE = 4
const PER_REQUEST = 5
/** A built-in script template. */
const SCRIPT = 'any-product-en'
/** Names that the platform itself defines, by parameter name. */
const KNOWN = new Map<string, readonly string[]>([
  ['id', ['low-rate', 'lower-costs', '1']],
  ['task', ['loan-demand']],
  ['date', ['2026-11-30']],
  ['name', [VISIT_POLICY, VISIT_PLANNING, SCRIPT, 'default']],
  ['product', ['insurance']],
  ['jurisdiction', ['us']],
  ['code', ['busy']],
  ['desk', ['default']],
  ['purpose', ['marketing']],
  ['template', [SCRIPT]],
  ['customerId', ['nobody']],
  ['kind', ['not-found']],
  ['subject', ['visits-value']],
  ['version', ['1']],
  ['changedBy', ['li']],
  ['reason', ['a request']],
])

/** Settings, scripts and live calls, which do not exist until somebody creates one; and there are no dead letters. */
const NEVER_SET = new Set([
  ...['/scripts/{id}', '/scripts/{id}/preview', '/call-sessions/{callId}', '/webhook-sources/{name}'],
  ...['/snoozes/{id}', '/channels/{name}', '/target-groups/{name}'],
  ...['/campaigns/{name}', '/campaigns/{name}/pacing', '/models/{id}', '/dead-letters/{id}'],
  '/models/{id}/card',
])

/** Streams that go on until their client leaves. */
const ENDLESS = new Set(['/live', '/topics/{topic}/tail'])

let deployment: Deployment
let api: RunningPart
let address: string
type Extreme = ReturnType<typeof extremeEvents>[number]

const events = extremeEvents(inputTopics, EACH, { seed: 14, now: Date.now() })

beforeAll(async () => {
  const port = await findFreePort()
  deployment = await deploy({ API_PORT: String(port) })
  address = `http://127.0.0.1:${port}`
  const part = { name: 'others', trouble: () => undefined, stop: () => Promise.resolve() }
  api = await startApi(deployment.context, createMetrics(), () => [part])
  await release()
  await give(events)
  await deployment.start()
  await deployment.untilCaughtUp()
}, 120_000)

/** Sends events both over HTTP and directly to Kafka. */
async function give(events: readonly Extreme[]): Promise<void> {
  for (const [topic, ofTopic] of Map.groupBy(events, ({ topic }) => topic)) {
    const values = ofTopic.map(({ value }) => value)
    // JSON with such a name is refused by the HTTP API.
    const mayPost = values.map(
      (value, index) => topic.name !== 'clock' && index % 2 === 0 && !JSON.stringify(value).includes('"__proto__":'),
    )
    await post(
      topic,
      values.filter((_, index) => mayPost[index]),
    )
    await deployment.publisher.publish(
      topic,
      values.filter((_, index) => !mayPost[index]),
    )
  }
}

/** Releases models, and settings so strict that everything raises an alert. */
async function release(): Promise<void> {
  await deployment.publisher.publish(releases as Topic, smallReleases(Date.now()))
  await set(1, 0, [{ ...noConditions, verdict: 'invalid' }])
}

async function set(version: number, threshold: number, rules: Policy['rules']): Promise<void> {
  const { publisher } = deployment
  const edited = { occurredAt: Date.now(), source: 'test', version, changedBy: '__proto__' }
  const id = `version-${version}`
  await publisher.publish(thresholds as Topic, [{ ...edited, id, task: 'loan-demand', value: threshold }])
  await publisher.publish(policies as Topic, [{ ...edited, id, ...defaultEvidence, name: VISIT_POLICY, rules }])
}

async function post(topic: Topic, values: readonly unknown[]): Promise<void> {
  for (let from = 0; from < values.length; from += PER_REQUEST) {
    const body = JSON.stringify(values.slice(from, from + PER_REQUEST).map((value) => toJson(topic, value)))
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${address}/events/${topic.name}`, { method: 'POST', headers, body })
    if (answer.status !== 202) throw new Error(`${topic.name}: ${answer.status} ${(await answer.text()).slice(0, 500)}`)
    await answer.arrayBuffer()
  }
}

afterAll(async () => {
  await api?.stop()
  await deployment?.close()
})

test('none of them is set aside, by a processor or by the database', () => expectNoneSetAside())

async function expectNoneSetAside(): Promise<void> {
  const { rows } = await deployment.database.pool.query(
    'select processor, topic, code, left(message, 300) as message from dead_letters limit 20',
  )
  expect(rows).toEqual([])
}

test('they leave something in every table', async () => {
  const empty: string[] = []
  const never: readonly string[] = [
    ...['dead_letters', 'gaps', 'shadow_assessments', 'shadow_scores'],
    ...['contact_refusals', 'script_choices', 'script_retirements', 'session_steps', 'unmapped_webhooks'],
    // Extreme outcomes are of tasks that do not exist.
    'labelled_rows',
  ]
  for (const { name } of writers.flatMap(({ tables }) => tables)) {
    const { rows } = await deployment.database.pool.query<{ count: number }>(
      `select count(*)::int as count from ${name}`,
    )
    if (rows[0]!.count === 0) empty.push(name)
  }
  expect(empty.filter((name) => !never.includes(name))).toEqual([])
})

test('every query by their names gets a described answer', async () => {
  const description = (await (await fetch(`${address}/openapi.json`)).json()) as Description
  const { wrongIn } = describedAnswers(description)
  const wrong: object[] = []

  async function ask(
    path: string,
    operation: Operation,
    values: Readonly<Record<string, string>>,
    query: Readonly<Record<string, string>> = {},
  ) {
    const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name]!))
    const search = new URLSearchParams(query).toString()
    const answer = await fetch(`${address}${url}${search === '' ? '' : `?${search}`}`)
    const body = await answer.text()
    const contentType = String(answer.headers.get('content-type'))
    const problems = [
      ...(answer.status >= 500 ? ['It failed.'] : []),
      ...wrongIn(operation, { status: answer.status, contentType, body }),
    ]
    if (problems.length > 0) wrong.push({ url, search, status: answer.status, problems, body: body.slice(0, 500) })
    return { status: answer.status, body }
  }

  /** Reads every page of a list, two items at a time. */
  async function askPages(
    path: string,
    operation: Operation,
    values: Readonly<Record<string, string>>,
    query: Readonly<Record<string, string>>,
  ) {
    let next: string | null = null
    for (let page = 0; page < 5; page++) {
      const { body } = await ask(path, operation, values, {
        ...query,
        limit: '2',
        ...(next === null ? {} : { after: next }),
      })
      next = (JSON.parse(body) as { readonly next?: string | null }).next ?? null
      if (next === null) return
    }
  }

  const found = new Map<string, number>()
  const asked: (() => Promise<void>)[] = []
  for (const [path, { get }] of Object.entries(description.paths)) {
    if (get === undefined || ENDLESS.has(path)) continue
    const parameters = get.parameters ?? []
    const inPath = parameters.filter((one) => one.in === 'path')
    const inQuery = parameters.filter((one) => one.in === 'query')
    const filters = inQuery.filter((one) => isText(one) && one.required !== true)
    const needed = Object.fromEntries(
      inQuery.filter(({ required }) => required === true).map(({ name }) => [name, KNOWN.get(name)![0]!]),
    )
    const pages = parameters.some(({ name }) => name === 'after')
    const known = [0, 1, 2, 3].map(
      (place) => (name: string) => KNOWN.get(name)?.[place] ?? KNOWN.get(name)?.[0] ?? 'unknown',
    )
    const named = [...known, ...sharedIds.map((id) => () => id)]
    for (const nameOf of inPath.length === 0 ? named.slice(0, 1) : named)
      asked.push(async () => {
        const values = Object.fromEntries(inPath.map(({ name }) => [name, nameOf(name)]))
        const { status } = await ask(path, get, values, needed)
        if (status < 400) found.set(path, (found.get(path) ?? 0) + 1)
        if (pages) await askPages(path, get, values, {})
        if (inPath.length === 0)
          for (const filter of filters) for (const id of sharedIds) await ask(path, get, values, { [filter.name]: id })
      })
  }
  await inTurns(asked)
  expect(wrong).toEqual([])
  const missing = Object.entries(description.paths).flatMap(([path, { get }]) =>
    get === undefined || ENDLESS.has(path) || NEVER_SET.has(path) || found.has(path) ? [] : [path],
  )
  expect(missing).toEqual([])
  // Each event had an effect.
  expect(found.get('/customers/{id}')).toBe(sharedIds.length)
}, 120_000)

const settingsToTry: readonly (readonly [string, number, Policy['rules']])[] = [
  [
    'as many rules as there may be, each with every condition',
    1,
    Array.from({ length: 100 }, (_, number) => ({
      ...noConditions,
      verdict: number % 2 === 0 ? 'suspected_false' : 'invalid',
      visitCountMin: 2 ** 31 - 1 - number,
      withinDays: number === 99 ? 2 ** 31 - 1 : number,
      probabilityBelow: number === 99 ? 1 : 0,
      probabilityMovedLessThan: 1,
    })),
  ],
  [
    'visits of the same day alone, with what any model says',
    Number.MIN_VALUE,
    [{ ...noConditions, verdict: 'suspected_false', withinDays: 0, probabilityBelow: 1, probabilityMovedLessThan: 1 }],
  ],
  ['no rule at all', 0.5, []],
]

test('settings of any strictness apply to all of them', async () => {
  for (const [index, [, threshold, rules]] of settingsToTry.entries()) {
    await set(2 + index, threshold, rules)
    await deployment.untilCaughtUp()
  }
  await expectNoneSetAside()
  expect(deployment.parts().map((part) => [part.name, part.trouble()])).toEqual([
    ['sink', undefined],
    ['processors', undefined],
  ])
}, 120_000)

test.each([
  ['the checkpoints', 15, () => {}],
  [
    'the changelogs alone',
    16,
    () => rmSync(join(deployment.context.config.DATA_DIRECTORY, 'state'), { recursive: true }),
  ],
])(
  'after a restart from %s others follow, and all that was served verifies',
  async (_, seed, before) => {
    await deployment.stop()
    before()
    await give(extremeEvents(inputTopics, EACH_AFTER_RESTART, { seed, now: Date.now() }))
    await deployment.start()
    await deployment.untilCaughtUp()
    await expectNoneSetAside()
    const { ok, processors, database } = await verifyServed(deployment.context, { database: true, allowGaps: false })
    expect({ ok, different: database!.different }).toEqual({ ok: true, different: 0 })
    const compared = Object.values(processors).flatMap(({ tasks }) => tasks.map((task) => task.transactions))
    expect(Math.max(...compared)).toBeGreaterThan(0)
  },
  120_000,
)

/** Whether the parameter is free text. */
function isText({ schema, name }: Parameter): boolean {
  return schema.type === 'string' && schema.enum === undefined && name !== 'after'
}

/** Runs a few tasks at a time. */
async function inTurns(tasks: readonly (() => Promise<void>)[]): Promise<void> {
  const waiting = [...tasks]
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) await task()
    }),
  )
}
