import { drawScript } from '../../../features/calls/scripts/draw-script.ts'
import { retireWorseScripts } from '../../../api/calls/retire-worse-scripts.ts'
import { calls, type Call } from '../../../schemas/calls/calls.ts'
import { scriptChoices, type ScriptChoice } from '../../../schemas/calls/script-choices.ts'
import { scriptRetirements, type ScriptRetirement } from '../../../schemas/calls/script-retirements.ts'
import { profiles } from '../../../schemas/customers/profiles.ts'
import { HOUR_MS, MINUTE_MS } from '../../../schemas/durations.ts'
import { firstOutcome, outcomes } from '../../../schemas/models/outcomes.ts'
import { decidedChoices } from '../../../store/calls/decided-choices.ts'
import { settings } from '../../../subjects/subjects.ts'
import { put } from '../../store/store-under-test.ts'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'

const NOW = Date.UTC(2026, 10, 9, 12)
let now = NOW
let unavailable = false
let api: ApiUnderTest

const send = async (method: 'GET' | 'PUT' | 'POST', url: string, payload?: object, version?: number) => {
  const headers = version === undefined ? {} : { 'if-match': `"${version}"` }
  const answer = await api.server.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) })
  return { code: answer.statusCode, body: answer.json<Record<string, unknown>>() }
}
const choose = (customer: string, callId: string, changes: object = {}) =>
  send('POST', `/customers/${customer}/script-choices`, { callId, language: 'de', ...changes })
const chosen = async (customer: string, callId: string) => {
  const { code, body } = await choose(customer, callId)
  expect(code).toBe(200)
  return body as unknown as ScriptChoice & { readonly script: { readonly parts: readonly { readonly text: string }[] } }
}
const published = <T>(topic: { readonly name: string }) =>
  api.published.filter((one) => one.topic.name === topic.name).flatMap(({ events }) => events) as unknown as T[]

const template = (text: string, groups: readonly string[] = []) => ({
  ...{ language: 'de', products: [], groups, answers: [], changedBy: 'me' },
  parts: [{ id: 'opening', text }],
})

beforeAll(async () => {
  api = await apiUnderTest({
    simulatedClock: () => ({ now, speed: 1 }),
    publish(topic, events) {
      if (unavailable) return Promise.reject(new Error('no broker'))
      api.published.push({ topic, events })
      return Promise.resolve([])
    },
  })
  const unknown = {
    sex: null,
    birthYear: null,
    registeredPlace: null,
    residence: null,
    timeZone: 'UTC',
    attributes: {},
  }
  await put(
    api.database,
    profiles,
    ['retail', 'private'].map((segment) => ({
      ...{ id: segment, occurredAt: NOW, source: 'test', customerId: segment, name: segment, segment, ...unknown },
    })),
  )
  const group = { description: 'Private', condition: 'customer.segment == "private"', changedBy: 'me' }
  expect((await send('PUT', '/target-groups/private', group, 0)).code).toBe(200)
  expect((await send('PUT', '/script-templates/short', template('Guten Tag.'), 0)).code).toBe(200)
  expect((await send('PUT', '/script-templates/long', template('Guten Tag, {{ name }}!', ['private']), 0)).code).toBe(
    400,
  )
  const long = template('Guten Tag{% if name %}, {{ name }}{% endif %}!', ['private'])
  expect((await send('PUT', '/script-templates/long', long, 0)).code).toBe(200)
})
beforeEach(() => {
  unavailable = false
  api.published.length = 0
})
afterAll(() => api.close())

test('a customer in no group gets a script for everybody', async () => {
  expect(await chosen('retail', 'r-1')).toMatchObject({
    ...{ callId: 'r-1', targetGroup: null, template: 'short', templateVersion: 1, propensity: 1, policyVersion: 0 },
    candidates: [{ template: 'short', alpha: 1, beta: 19, probabilityBest: 1, propensity: 1 }],
    script: { template: 'short', parts: [{ text: 'Guten Tag.' }] },
  })
})

test('a group member gets one of both scripts, by the id of the call, and the choice is recorded with all its inputs', async () => {
  const seen = new Set<string>()
  for (let call = 0; call < 12; call++) {
    const choice = await chosen('private', `p-${call}`)
    seen.add(choice.template)
    expect(choice).toMatchObject({ targetGroup: 'private', propensity: 0.5 })
    const propensities = choice.candidates.map(({ propensity }) => propensity)
    expect(choice.candidates[drawScript(`p-${call}`, propensities)]!.template).toBe(choice.template)
  }
  expect([...seen].sort()).toEqual(['long', 'short'])
  const told = published<ScriptChoice>(scriptChoices)
  expect(told).toHaveLength(12)
  expect(told[0]).toMatchObject({ callId: 'p-0', customerId: 'private', floor: 0.05, adapts: true, occurredAt: NOW })
})

test('a repeated request for a call gets the same script, though the template has changed, and is recorded once', async () => {
  const first = await chosen('retail', 'r-2')
  expect((await send('PUT', '/script-templates/short', template('Hallo.'), 1)).code).toBe(200)
  expect(await chosen('retail', 'r-2')).toEqual(first)
  expect(published(scriptChoices)).toHaveLength(1)
  expect(await chosen('retail', 'r-3')).toMatchObject({ templateVersion: 2, script: { parts: [{ text: 'Hallo.' }] } })
  expect((await choose('private', 'r-2')).body['detail']).toMatch(/use a different callId for another call/)
})

test('two simultaneous requests get the same script', async () => {
  const answers = await Promise.all(Array.from({ length: 6 }, () => chosen('private', 'both')))
  for (const answer of answers) expect(answer).toEqual(answers[0])
})

test('a choice that can’t be recorded is not returned, and is the same later', async () => {
  unavailable = true
  expect((await choose('private', 'dark')).code).toBe(503)
  unavailable = false
  const { template: given } = await chosen('private', 'dark')
  expect(published(scriptChoices)).toMatchObject([{ callId: 'dark', template: given }])
})

test('a missing thing is named', async () => {
  const detail = async (...asked: Parameters<typeof choose>) => {
    const { code, body } = await choose(...asked)
    return [code, body['detail']]
  }
  expect(await detail('nobody', 'x')).toEqual([404, 'There is no customer "nobody".'])
  expect(await detail('retail', 'x', { language: 'fr' })).toEqual([
    422,
    'No template in fr is in use: add one with PUT /script-templates/{name}.',
  ])
  expect((await choose('retail', 'x', { language: 'no language' })).code).toBe(400)
})

describe('after calls with known outcomes', () => {
  /** The two scripts of the group have 300 calls each, of which 60 and 6 converted. */
  const converted: Readonly<Record<string, number>> = { long: 60, short: 6 }
  const version: Readonly<Record<string, number>> = { long: 1, short: 2 }
  beforeAll(async () => {
    for (const name of Object.keys(converted)) await told(name, 300, converted[name]!)
  })

  let count = 0
  async function told(name: string, callCount: number, conversions: number): Promise<void> {
    const ids = Array.from({ length: callCount }, (_, index) => ({ index, id: `${name}-${count++}` }))
    const frame = (id: string, index: number) => ({
      ...{ id, occurredAt: now + index * MINUTE_MS, source: 'test', customerId: `of-${id}` },
    })
    const candidate = { alpha: 1, beta: 19, probabilityBest: 0.5, propensity: 0.5 }
    await put(
      api.database,
      scriptChoices,
      ids.map(({ id, index }) => ({
        ...{ ...frame(id, index), callId: id, language: 'de', targetGroup: 'private', template: name },
        ...{
          templateVersion: version[name]!,
          scriptId: null,
          propensity: 0.5,
          floor: 0.05,
          adapts: true,
          policyVersion: 0,
        },
        candidates: Object.keys(version).map((one) => ({
          ...{ template: one, templateVersion: version[one]!, ...candidate },
        })),
      })),
    )
    await put(
      api.database,
      calls,
      ids.map(({ id, index }): Call => ({
        ...{ ...frame(id, index), callId: id, agentId: null, direction: 'outbound', answered: true, durationS: 60 },
        ...{ campaign: null, product: null, clicks: 0, satisfaction: null, turns: [], context: {} },
        ...{ script: name, scriptVersion: version[name]! },
      })),
    )
    await put(
      api.database,
      outcomes,
      ids.map(({ id, index }) => ({
        ...{ ...frame(id, index), task: 'call-conversion', subjectId: `of-${id}`, value: index < conversions ? 1 : 0 },
        asOf: frame(id, index).occurredAt,
        ...firstOutcome,
      })),
    )
  }

  /** Counts are cached for half a minute per number of days, so each policy has another number of days. */
  let policyVersion = 0
  const policy = async (changes: object) => {
    const delivered = { adapts: true, floor: 0.05, priorConversions: 1, priorCalls: 20, evidence: 200, bound: 0.01 }
    const value = { ...delivered, groupOrder: [], days: 80 + policyVersion, ...changes, changedBy: 'me' }
    expect(await send('PUT', '/script-choice-policies/default', value, policyVersion)).toMatchObject({ code: 200 })
    policyVersion++
  }
  const quality = async () => {
    const { body } = await send('GET', '/script-quality/groups')
    const items = body['items'] as readonly Readonly<Record<string, unknown>>[]
    return items.filter((one) => one['targetGroup'] === 'private' && (one['decided'] as number) > 0)
  }
  const judge = () =>
    retireWorseScripts({
      ...{ database: api.database, settings, simulatedClock: () => ({ now, speed: 1 }) },
      publish(topic, events) {
        api.published.push({ topic, events })
        return Promise.resolve([])
      },
    })

  test('the better one is chosen but for the floor', async () => {
    await policy({})
    const choice = await chosen('private', 'after-1')
    expect(choice.policyVersion).toBe(1)
    const [long, short] = choice.candidates
    expect(long).toMatchObject({ template: 'long', alpha: 61, beta: 259 })
    expect(long!.propensity).toBeCloseTo(0.95, 6)
    expect(short!.propensity).toBeCloseTo(0.05, 6)
  })

  test('without adaptation all are equally likely, and none is retired', async () => {
    await policy({ adapts: false })
    const { candidates } = await chosen('private', 'after-2')
    expect(candidates.map(({ propensity }) => propensity)).toEqual([0.5, 0.5])
    expect(await judge()).toEqual([])
    await policy({})
  })

  test('results are shown by group, with the estimate for another assignment', async () => {
    expect(await quality()).toMatchObject([
      {
        ...{ template: 'long', status: 'chosen', calls: 300, answered: 300, answerRate: { value: 1 } },
        ...{ decided: 300, converted: 60, conversionRate: { value: 0.2 } },
        talkSeconds: { value: 60, lower: 60, upper: 60 },
      },
      { template: 'short', status: 'chosen', decided: 300, converted: 6, saidOtherwise: 0 },
    ])
    const { body } = await send('GET', '/script-quality/estimates?days=30')
    expect(body['items']).toMatchObject([
      { template: 'long', templateVersion: 1, language: 'de', choices: 600, taken: 300, logged: 0.11 },
      { template: 'short', templateVersion: 2, choices: 600, taken: 300 },
    ])
    expect(await send('GET', '/script-quality/estimates?targetGroup=private')).toMatchObject({ code: 200, body })
    expect((await send('GET', '/script-quality/estimates?targetGroup=other')).body).toEqual({ items: [] })
    const [long, short] = body['items'] as readonly {
      readonly [name: string]: { readonly value: number; readonly lower: number; readonly upper: number }
    }[]
    expect(long!['inversePropensity']!.value).toBeCloseTo(0.2, 12)
    expect(short!['selfNormalised']!.value).toBeCloseTo(0.02, 12)
    expect(long!['uplift']!.lower).toBeGreaterThan(0)
    expect(short!['uplift']!.upper).toBeLessThan(0)
  })

  test('choices are read in batches, each once, in order of time', async () => {
    const ids: string[] = []
    const times: number[] = []
    for await (const batch of decidedChoices(api.database, { since: new Date(0), batch: 100 })) {
      expect(batch.length).toBeLessThanOrEqual(100)
      ids.push(...batch.map(({ callId }) => callId))
      times.push(...batch.map(({ occurredAt }) => occurredAt.getTime()))
    }
    expect(new Set(ids).size).toBe(600)
    expect(ids).toHaveLength(600)
    expect(times).toEqual([...times].sort((one, other) => one - other))
  })

  test('the worse one is retired with its figures, once, is no longer chosen, and a person can restore it', async () => {
    const [decision, ...others] = await judge()
    expect(others).toEqual([])
    expect(decision).toMatchObject({
      ...{ template: 'short', templateVersion: 2, targetGroup: 'private', decision: 'retired', number: 1 },
      ...{ decided: 300, converted: 6, decidedBy: 'scoreline', evidence: 200, bound: 0.01 },
      peers: [{ template: 'long', decided: 300, converted: 60 }],
    })
    expect(decision!.reason).toMatch(/^6 of 300 calls converted \(2 %\)\. .* below the bound of 1 %\.$/)
    // Until the sink has stored the decision, it is made again, as the same record.
    expect((await judge()).map(({ id }) => id)).toEqual([decision!.id])
    await put(api.database, scriptRetirements, [decision!, decision!])
    expect(await judge()).toEqual([])
    expect(await chosen('private', 'after-3')).toMatchObject({ template: 'long', candidates: [{ template: 'long' }] })
    // Other target groups still get the script.
    expect(await chosen('retail', 'after-4')).toMatchObject({ template: 'short' })
    expect(await quality()).toMatchObject([{ status: 'chosen' }, { status: 'retired', retiredAt: expect.any(String) }])
    expect((await send('GET', '/script-retirements?template=short')).body['items']).toMatchObject([
      { decision: 'retired', probabilityBest: decision!.probabilityBest },
    ])

    now = NOW + 24 * HOUR_MS
    const restoring = { template: 'short', templateVersion: 2, targetGroup: 'private', decision: 'restored' }
    const by = { decidedBy: 'li', reason: 'The offer was changed.' }
    expect(await send('POST', '/script-retirements', { ...restoring, ...by, targetGroup: null })).toMatchObject({
      code: 409,
      body: { detail: expect.stringMatching(/^short, version 2, is not retired for customers in no group\. GET /) },
    })
    expect(await send('POST', '/script-retirements', { ...restoring, ...by })).toMatchObject({
      code: 200,
      body: { decision: 'restored', number: 2, decided: 300, converted: 6, decidedBy: 'li' },
    })
    await put(api.database, scriptRetirements, published<ScriptRetirement>(scriptRetirements).slice(-1))
    expect((await chosen('private', 'after-5')).candidates).toHaveLength(2)
    // The restored script gets a new chance: it is retired again only after as many new calls.
    expect(await judge()).toEqual([])
    now += HOUR_MS
    await told('short', 199, 4)
    expect(await judge()).toEqual([])
    await told('short', 1, 0)
    expect(await judge()).toMatchObject([{ template: 'short', decision: 'retired', number: 3, decided: 500 }])
  })
})
