import { callsToRouteProcessor } from '../../../../processors/calls/routing/calls-to-route.ts'
import type { CallToRoute } from '../../../../schemas/calls/calls-to-route.ts'
import { calls, type Call } from '../../../../schemas/calls/calls.ts'
import { routingRequests, type RoutingRequest } from '../../../../schemas/calls/routing-requests.ts'
import { turnAnalyses } from '../../../../schemas/calls/turns.ts'
import { createReplay, noGlobals, type ReplayInput } from '../../../../streams/replay/replay.ts'
import { validEvent } from '../../../schemas/valid-event.ts'
import { START } from '../../scoring-fixtures.ts'

let ids = 0
const frame = (second: number) => ({
  ...{ id: `e${ids++}`, occurredAt: START + second * 1_000, source: 'test', customerId: 'c1' },
})
const request = (second: number, requestId: string, changes: Partial<RoutingRequest> = {}): ReplayInput => ({
  topic: routingRequests,
  value: {
    ...frame(second),
    ...{ requestId, callId: 'call1', desk: 'sales', queue: null, intent: null, language: null, requiredSkills: [] },
    ...{ priority: 0, withdrawn: false, ...changes },
  },
})
const turn = (second: number, number: number, intent: string | null): ReplayInput => ({
  topic: turnAnalyses,
  value: validEvent(turnAnalyses, 1, { ...frame(second), callId: 'call1', turn: number, intent }),
})
const ended = (second: number, changes: Partial<Call>): ReplayInput => ({
  topic: calls,
  value: validEvent(calls, 1, { ...frame(second), callId: 'call1', answered: true, satisfaction: null, ...changes }),
})

async function toldOf(inputs: readonly ReplayInput[]) {
  const run = createReplay(callsToRouteProcessor, { batchSize: 1 })
  const told = (await run.run(inputs, noGlobals)).map(({ value }) => value as CallToRoute)
  return { told, refused: run.refused }
}
const brief = (told: readonly CallToRoute[]) =>
  told.map(({ requestId, desk, step, intent }) => `${requestId} ${desk} ${step} ${intent}`)

test('the intent comes from what the customer says, unless the call system states it', async () => {
  const { told } = await toldOf([
    ...[turn(0, 0, 'card'), request(1, 'r1'), turn(2, 2, 'loan'), turn(3, 1, 'card'), turn(4, 3, null)],
    ...[turn(5, 4, 'loan'), request(6, 'r2', { intent: 'complaint' })],
  ])
  expect(brief(told)).toEqual(['r1 sales asked card', 'r1 sales changed loan', 'r2 sales asked complaint'])
})

test('a request that is withdrawn, or whose call has ended, is over and not repeated', async () => {
  const { told } = await toldOf([
    ...[request(1, 'r1'), request(2, 'r1', { withdrawn: true }), request(3, 'r1')],
    ...[request(4, 'r2'), request(4, 'r3', { callId: 'call2' }), ended(5, { agentId: 'ann' }), request(6, 'r2')],
  ])
  expect(brief(told)).toEqual([
    ...['r1 sales asked null', 'r1 sales withdrawn null', 'r2 sales asked null', 'r3 sales asked null'],
    'r2 sales withdrawn null',
  ])
})

test('late events no longer count, and a request that moves to another desk leaves the first', async () => {
  const { told } = await toldOf([
    ...[request(5, 'r1', { priority: 1 }), request(3, 'r1', { priority: 5 }), request(6, 'r1', { desk: 'loans' })],
    request(4, 'r1', { withdrawn: true }),
  ])
  expect(brief(told)).toEqual(['r1 sales asked null', 'r1 sales withdrawn null', 'r1 loans asked null'])
  expect(new Set(told.map(({ id }) => id)).size).toBe(3)
})

test('agents whom the customer knows are named, the latest first, except those who disappointed', async () => {
  const others = ['a', 'b', 'c', 'd', 'e', 'f'].map((agentId, index) =>
    ended(index, { callId: `old${index}`, agentId, ...(agentId === 'd' ? { satisfaction: 1 } : {}) }),
  )
  const unanswered = ended(7, { callId: 'old7', agentId: 'g', answered: false })
  const { told } = await toldOf([...others, unanswered, request(10, 'r1')])
  expect(told[0]!.knownAgents).toEqual(['f', 'e', 'c', 'b', 'a'])
})

test('the open requests of a customer are limited; withdrawn and day-old ones make room', async () => {
  const many = Array.from({ length: 51 }, (_, index) => request(index, `r${index}`))
  const { told, refused } = await toldOf([
    ...[...many, request(60, 'r0', { withdrawn: true }), request(61, 'more'), request(100_000, 'tomorrow')],
  ])
  expect(refused.map(({ failure }) => failure.message)).toEqual([
    expect.stringContaining('has 50 open requests') as string,
  ])
  expect(brief(told.slice(-2))).toEqual(['more sales asked null', 'tomorrow sales asked null'])
})
