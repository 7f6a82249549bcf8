/** Two scripts with results, of which one was retired, a wording that confuses, and a call that goes on. */
import { calls } from '../../../../schemas/calls/calls.ts'
import { scriptChoices } from '../../../../schemas/calls/script-choices.ts'
import { scriptRetirements } from '../../../../schemas/calls/script-retirements.ts'
import { sessionSteps, type SessionStep } from '../../../../schemas/calls/session-steps.ts'
import { MINUTE_MS } from '../../../../schemas/durations.ts'
import { firstOutcome, outcomes } from '../../../../schemas/models/outcomes.ts'
import type { ApiUnderTest } from '../../../api/api-under-test.ts'
import { NOW } from '../../../api/stored-world.ts'
import { put } from '../../../store/store-under-test.ts'

const CALLS = 200
const CONVERTED = { 'any-product-en': 60, 'second-en': 6 } as const
type Template = keyof typeof CONVERTED
export const SECOND = {
  ...{ language: 'en', products: [], groups: [], answers: [], changedBy: 'li' },
  parts: [{ id: 'opening', text: 'Good day, {{ name }}.', fallback: 'Good day.' }],
}
const versionOf = (template: Template) => (template === 'any-product-en' ? 0 : 1)
const versions = [
  { template: 'any-product-en', templateVersion: 0 },
  { template: 'second-en', templateVersion: 1 },
]

export async function storeScripts(api: ApiUnderTest): Promise<void> {
  const { server, database } = api
  const headers = { 'if-match': '"0"' }
  const put1 = await server.inject({ method: 'PUT', url: '/script-templates/second-en', headers, payload: SECOND })
  expect(put1.statusCode).toBe(200)
  for (const name of ['any-product-en', 'second-en'] as const) await storeResults(api, name)
  await put(database, scriptRetirements, [
    {
      ...{ id: 'retired-1', occurredAt: NOW - MINUTE_MS, source: 'test', template: 'second-en', templateVersion: 1 },
      ...{ targetGroup: null, decision: 'retired', number: 1, decided: CALLS, converted: 6, probabilityBest: 0.0004 },
      ...{ peers: [{ ...versions[0]!, decided: CALLS, converted: 60, probabilityBest: 0.9996 }] },
      ...{ evidence: 200, bound: 0.01, policyVersion: 0, decidedBy: 'scoreline' },
      reason: 'Its probability of being the best is below the bound.',
    },
  ])
  const payload = { callId: 'generated', language: 'en', agent: 'Mary' }
  expect((await server.inject({ method: 'POST', url: '/customers/c-2/script-choices', payload })).statusCode).toBe(200)
  await put(
    database,
    sessionSteps,
    Array.from({ length: 60 }, (_, index) => confusedStep(index)),
  )
}

async function storeResults({ database }: ApiUnderTest, template: Template): Promise<void> {
  const ids = Array.from({ length: CALLS }, (_, index) => ({ index, callId: `${template}-${index}` }))
  const frame = (callId: string, index: number) => ({
    ...{ id: callId, occurredAt: NOW - (index + 60) * MINUTE_MS, source: 'test', customerId: `of-${callId}` },
  })
  const candidate = { alpha: 1, beta: 19, probabilityBest: 0.5, propensity: 0.5 }
  const choice = { ...{ language: 'en', targetGroup: null, template, templateVersion: versionOf(template) } }
  const policy = { scriptId: null, propensity: 0.5, floor: 0.05, adapts: true, policyVersion: 0 }
  const candidates = versions.map((one) => ({ ...one, ...candidate }))
  await put(
    database,
    scriptChoices,
    ids.map(({ callId, index }) => ({ ...frame(callId, index), callId, ...choice, ...policy, candidates })),
  )
  await put(
    database,
    calls,
    ids.map(({ callId, index }) => ({
      ...{ ...frame(callId, index), callId, agentId: 'mary', direction: 'outbound' as const, answered: true },
      ...{ durationS: 60 + (index % 7), campaign: null, product: null, clicks: 0, satisfaction: 4, turns: [] },
      ...{ context: {}, script: template, scriptVersion: versionOf(template) },
    })),
  )
  await put(
    database,
    outcomes,
    ids.map(({ callId, index }) => ({
      ...{ ...frame(callId, index), task: 'call-conversion', subjectId: `of-${callId}` },
      ...{ ...firstOutcome, value: index < CONVERTED[template] ? 1 : 0, asOf: frame(callId, index).occurredAt },
    })),
  )
}

const confusedStep = (index: number): SessionStep => ({
  ...{ id: `confused-${index}`, occurredAt: NOW, source: 'test', customerId: 'c-3', callId: `confused-${index}` },
  ...{ step: 1, report: 'turn', turn: 0, spoken: index < 20 ? 'What do you mean?' : 'Yes', intent: null },
  ...{ objection: null, confusedBy: index < 20 ? 'offer' : null, template: 'any-product-en', templateVersion: 0 },
  ...{ policyVersion: 0, say: [{ partId: 'offer', text: 'An offer.', required: false }], next: 'listen' },
  ...{ reasons: [], unsaid: [] },
})

/** Starts a call as a call system does, and stores its steps as the sink does. */
export async function storeLiveCall(api: ApiUnderTest, callId: string, turns: readonly string[]): Promise<void> {
  const post = async (path: string, payload: object) =>
    expect((await api.server.inject({ method: 'POST', url: `/call-sessions${path}`, payload })).statusCode).toBe(200)
  await post('', { callId, customerId: 'c-1', language: 'en', agent: 'Mary' })
  for (const [number, text] of turns.entries()) await post(`/${callId}/turns`, { number, text })
  await storeSteps(api)
}

/** Stores the steps in the outbox as the sink does. They are read there, since the cases’ carrier publishes it. */
export async function storeSteps({ database }: ApiUnderTest): Promise<void> {
  const { rows } = await database.pool.query<{ event: SessionStep }>('select event from outbox where topic = $1', [
    sessionSteps.name,
  ])
  await put(
    database,
    sessionSteps,
    rows.map(({ event }) => event),
  )
}
