import fc from 'fast-check'
import { campaignQueueProcessor } from '../../../../processors/calls/lists/campaign-queue.ts'
import { callAttempts, type CallAttempt } from '../../../../schemas/calls/call-attempts.ts'
import { campaignEntries, type CampaignEntry } from '../../../../schemas/calls/campaign-entries.ts'
import type { QueuedEntry } from '../../../../schemas/calls/campaign-queue.ts'
import { calls, type Call } from '../../../../schemas/calls/calls.ts'
import { dispositions } from '../../../../schemas/calls/dispositions.ts'
import { profiles } from '../../../../schemas/customers/profiles.ts'
import { scores } from '../../../../schemas/models/scores.ts'
import { clock } from '../../../../schemas/platform/clock.ts'
import { message } from '../../../../schemas/topic.ts'
import { createReplay, noGlobals, type ReplayInput } from '../../../../streams/replay/replay.ts'
import { validEvent } from '../../../schemas/valid-event.ts'
import { globals, score, START } from '../../scoring-fixtures.ts'

const MINUTE_MS = 60_000

let ids = 0
const frame = (minute: number) => ({
  id: `e${ids++}`,
  occurredAt: START + minute * MINUTE_MS,
  source: 'test',
  customerId: 'c1',
})
const entry = (minute: number, changes: Partial<CampaignEntry> = {}): ReplayInput => ({
  topic: campaignEntries,
  value: {
    ...frame(minute),
    ...{ campaign: 'spring', list: 'spring.csv', phone: null, value: 200, notBefore: null, removed: false },
    ...changes,
  },
})
const step = (minute: number, attemptId: string, changes: Partial<CallAttempt> = {}): ReplayInput => ({
  topic: callAttempts,
  value: {
    ...frame(minute),
    ...{ campaign: 'spring', attemptId, step: 'dispatched', disposition: null, callbackAt: null, agentId: null },
    ...changes,
  },
})
const ended = (minute: number, attemptId: string, disposition: string) =>
  step(minute, attemptId, { step: 'completed', disposition })
const call = (minute: number, callId: string, changes: Partial<Call> = {}): ReplayInput => ({
  topic: calls,
  value: {
    ...frame(minute),
    ...{ callId, agentId: null, direction: 'outbound', answered: false, durationS: 0, campaign: null, product: null },
    ...{ clicks: 0, satisfaction: null, turns: [], context: {}, script: null, scriptVersion: null },
    ...changes,
  },
})
const scored = (minute: number, probability: number | null): ReplayInput => ({
  topic: scores,
  value: { ...score(0, probability), ...frame(minute), task: 'call-conversion', opportunityId: null, subjectId: 'c1' },
})
const tick = (minute: number): ReplayInput => ({
  topic: clock,
  value: { id: `tick${minute}`, occurredAt: START + minute * MINUTE_MS, source: 'test', partition: 0 },
})

async function queueOf(inputs: readonly ReplayInput[], of = noGlobals, batchSize = 500): Promise<QueuedEntry[]> {
  const run = createReplay(campaignQueueProcessor, { batchSize })
  const messages = await run.run(inputs, of)
  expect(run.refused).toEqual([])
  return messages.map(({ value }) => value as QueuedEntry)
}
const lastOf = async (inputs: readonly ReplayInput[], of = noGlobals) => (await queueOf(inputs, of)).at(-1)!

test('a customer is valued by the newest score, before and after the listing, each change once', async () => {
  const told = await queueOf([scored(0, 0.25), entry(1), scored(2, 0.5), scored(3, 0.5), scored(1, 0.9)], noGlobals, 1)
  expect(told.map(({ probability, expectedValue }) => [probability, expectedValue])).toEqual([
    [0.25, 50],
    [0.5, 100],
  ])
  expect(await lastOf([entry(1)])).toMatchObject({ probability: null, expectedValue: 0.2, state: 'waiting' })
})

test('dispatched, busy, due again after half an hour, and done after the sale', async () => {
  const told = await queueOf(
    [entry(0), step(1, 'a1'), ended(2, 'a1', 'busy'), step(40, 'a2'), ended(41, 'a2', 'converted')],
    noGlobals,
    1,
  )
  expect(told.map(({ state, attempts, lastDisposition }) => [state, attempts, lastDisposition])).toEqual([
    ['waiting', 0, null],
    ['calling', 1, null],
    ['waiting', 1, 'busy'],
    ['calling', 2, 'busy'],
    ['done', 2, 'converted'],
  ])
  expect(told[2]!.dueAt).toBe(START + 32 * MINUTE_MS)
})

test('a call that nobody tells the end of is unknown after half an hour, until somebody does', async () => {
  const lost = [entry(0), step(1, 'a1'), tick(30), tick(31)]
  expect(await lastOf(lost)).toMatchObject({ state: 'unknown', attempts: 1 })
  expect(await lastOf([...lost, ended(50, 'a1', 'no-answer')])).toMatchObject({ state: 'waiting' })
  // The call itself tells whether it was answered; who tells more is right, whenever.
  expect(await lastOf([...lost, call(50, 'a1')])).toMatchObject({ state: 'waiting', lastDisposition: 'no-answer' })
  const both = [ended(49, 'a1', 'interested'), call(50, 'a1', { answered: true, durationS: 60 })]
  expect(await lastOf([...lost, ...both])).toMatchObject({ lastDisposition: 'interested' })
  expect(await lastOf([...lost, ...both.toReversed()])).toMatchObject({ lastDisposition: 'interested' })
})

test('a call of the campaign that the platform did not dispatch counts too, a call of no campaign does not', async () => {
  expect(await lastOf([entry(0), call(5, 'x', { campaign: 'spring' })])).toMatchObject({
    attempts: 1,
    state: 'waiting',
  })
  expect(await lastOf([entry(0), call(5, 'x')])).toMatchObject({ attempts: 0 })
})

test('what a code means is what people have set', async () => {
  const busy = { ...dispositionOf('busy'), recycle: null }
  expect(
    await lastOf([entry(0), step(1, 'a'), ended(2, 'a', 'busy')], globals({ settings: [message(dispositions, busy)] })),
  ).toMatchObject({
    state: 'done',
  })
})

test('the best hour is told once there are calls enough and the customer’s zone is known', async () => {
  const answered = Array.from({ length: 6 }, (_, day) =>
    call(day * 1_440 + 120, `h${day}`, { answered: true, durationS: 5 }),
  )
  expect(await lastOf([entry(0), ...answered])).toMatchObject({ bestHour: null, answerRates: [], timeZone: null })
  const home = { topic: profiles, value: validEvent(profiles, 1, { ...frame(9_000), timeZone: 'Asia/Shanghai' }) }
  const told = await lastOf([entry(0), ...answered, home])
  expect(told).toMatchObject({ bestHour: 10, timeZone: 'Asia/Shanghai' })
  expect(told.answerRates).toHaveLength(24)
})

test('the last word is the same whatever the order in which events arrive', async () => {
  const events = [
    ...[entry(0), entry(3, { value: 300 }), step(5, 'a1'), ended(6, 'a1', 'busy'), ended(7, 'a1', 'no-answer')],
    ...[
      step(300, 'a2'),
      call(301, 'a2', { answered: true, durationS: 30 }),
      scored(8, 0.4),
      entry(2, { campaign: 'b' }),
    ],
  ]
  const rest = (told: QueuedEntry) => ({ ...told, id: '', occurredAt: 0 })
  const expected = rest((await queueOf(events)).findLast(({ campaign }) => campaign === 'spring')!)
  expect(expected).toMatchObject({ state: 'done', attempts: 2, expectedValue: 120, lastDisposition: 'answered' })
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(events, { minLength: events.length }), async (shuffled) => {
      const last = (await queueOf(shuffled, noGlobals, 1)).findLast(({ campaign }) => campaign === 'spring')!
      expect(rest(last)).toEqual(expected)
    }),
    { numRuns: 60 },
  )
})

test('who is on too many lists is refused there, and the other lists go on', async () => {
  const run = createReplay(campaignQueueProcessor)
  await run.run(
    Array.from({ length: 202 }, (_, index) => entry(index, { campaign: `c${index}` })),
    noGlobals,
  )
  expect(run.refused).toHaveLength(2)
  expect(run.refused[0]!.failure.message).toContain('is on 200 lists already')
})

function dispositionOf(code: string) {
  return {
    ...{ id: `${code}/1`, occurredAt: START, source: 'test', code, version: 1, description: 'Busy.', changedBy: 'li' },
    ...{ answeredBy: 'nobody' as const, interested: false, refused: false, abandoned: false, unworkable: false },
    ...{ doNotCall: false, retired: false },
  }
}
