import fc from 'fast-check'
import { campaignQueueProcessor } from '../../../../processors/calls/lists/campaign-queue.ts'
import { callAttempts, type CallAttempt } from '../../../../schemas/calls/call-attempts.ts'
import { campaignEntries, type CampaignEntry } from '../../../../schemas/calls/campaign-entries.ts'
import type { QueuedEntry } from '../../../../schemas/calls/campaign-queue.ts'
import { calls, type Call } from '../../../../schemas/calls/calls.ts'
import { campaigns, type Campaign } from '../../../../schemas/calls/campaigns.ts'
import { dispositions } from '../../../../schemas/calls/dispositions.ts'
import { profiles } from '../../../../schemas/customers/profiles.ts'
import { scores } from '../../../../schemas/models/scores.ts'
import { interests } from '../../../../schemas/recommendations/interests.ts'
import { clock } from '../../../../schemas/platform/clock.ts'
import { message, type GlobalTopic, type Message } from '../../../../schemas/topic.ts'
import { createReplay, noGlobals, type ReplayInput } from '../../../../streams/replay/replay.ts'
import { emptyTables, globalsVersion, withRecord } from '../../../../streams/settings/global-tables.ts'
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
const wants = (
  minute: number,
  ...wanted: readonly (readonly [product: string, probability: number])[]
): ReplayInput => ({
  topic: interests,
  value: {
    ...frame(minute),
    ...{ interests: wanted.map(([product, probability]) => ({ product, probability })), lookedAt: [] },
    ...{ modelId: wanted.length === 0 ? null : 'm', absent: null },
  },
})
const campaign = (changes: Partial<Campaign> = {}): Message =>
  message(campaigns, {
    ...{ id: 'spring/1', occurredAt: START, source: 'test', name: 'spring', version: 1, description: 'Loans' },
    ...{ purpose: 'service', channel: 'call', jurisdiction: 'cn', state: 'running', pacing: 'progressive' },
    ...{ order: 'best-interest', product: 'loan', changedBy: 'li', ...changes },
  })
const byInterest = globals({ settings: [campaign()] })
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

test('in order of interest, value times the newest interest in the product counts, and at least a thousandth', async () => {
  const told = await queueOf(
    [
      ...[
        wants(0, ['card', 0.9], ['loan', 0.25]),
        entry(1),
        scored(2, 0.5),
        wants(3, ['loan', 0.5]),
        wants(2, ['loan', 0.9]),
      ],
      ...[wants(4, ['loan', 0.0001]), wants(5, ['card', 0.9]), wants(6)],
    ],
    byInterest,
    1,
  )
  expect(told.map(({ interest, interestValue }) => [interest, interestValue])).toEqual([
    [0.25, 50],
    [0.25, 50],
    [0.5, 100],
    [0.0001, 0.2],
    [null, 0.2],
  ])
  expect(told.at(-1)).toMatchObject({ probability: 0.5, expectedValue: 100 })
})

test('interests that another model estimates at the same moment replace the previous ones', async () => {
  const [former, latter] = [wants(2, ['loan', 0.9]), wants(2, ['loan', 0.1])]
  expect(await lastOf([entry(0), former, latter], byInterest)).toMatchObject({ interest: 0.1 })
  expect(await lastOf([entry(0), latter, former], byInterest)).toMatchObject({ interest: 0.9 })
})

test('without that order, or without a product, interests change nothing', async () => {
  const one = [entry(0), wants(1, ['loan', 0.5])]
  for (const changes of [{ order: 'expected-value' as const }, { product: null }])
    expect(await queueOf(one, globals({ settings: [campaign(changes)] }), 1)).toMatchObject([
      { interest: null, interestValue: null },
    ])
})

test('another order or product re-evaluates all customers; a pause does not', () => {
  const versionOf = (changes?: Partial<Campaign>) => {
    const table = campaigns as GlobalTopic
    const tables = emptyTables([table])
    const { key, value } = campaign(changes)
    const set = changes === undefined ? tables : withRecord(tables, table, key, value, () => undefined as never)
    return globalsVersion(set, []).settingsVersion(campaignQueueProcessor)
  }
  expect(versionOf({ order: 'expected-value' })).toBe(versionOf())
  expect(versionOf({ state: 'paused', version: 2 })).toBe(versionOf({}))
  expect(new Set([versionOf(), versionOf({}), versionOf({ product: 'card' }), versionOf({ name: 'fall' })]).size).toBe(
    4,
  )
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

test('a call without a reported end is unknown after half an hour, until it is reported', async () => {
  const lost = [entry(0), step(1, 'a1'), tick(30), tick(31)]
  expect(await lastOf(lost)).toMatchObject({ state: 'unknown', attempts: 1 })
  expect(await lastOf([...lost, ended(50, 'a1', 'no-answer')])).toMatchObject({ state: 'waiting' })
  // The call record says whether the call was answered; a more detailed report takes precedence in either order.
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

test('the meaning of a code is the one that people have set', async () => {
  const busy = { ...dispositionOf('busy'), recycle: null }
  expect(
    await lastOf([entry(0), step(1, 'a'), ended(2, 'a', 'busy')], globals({ settings: [message(dispositions, busy)] })),
  ).toMatchObject({
    state: 'done',
  })
})

test('the best hour is given once there are enough calls and the customer’s zone is known', async () => {
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
    ...[wants(9, ['loan', 0.2]), wants(11, ['loan', 0.5]), wants(10, ['loan', 0.25])],
  ]
  const rest = (told: QueuedEntry) => ({ ...told, id: '', occurredAt: 0 })
  const lastWord = (told: readonly QueuedEntry[]) => rest(told.findLast((one) => one.campaign === 'spring')!)
  const expected = lastWord(await queueOf(events, byInterest))
  expect(expected).toMatchObject({ state: 'done', attempts: 2, expectedValue: 120, lastDisposition: 'answered' })
  expect(expected).toMatchObject({ interest: 0.5, interestValue: 150 })
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(events, { minLength: events.length }), async (shuffled) => {
      expect(lastWord(await queueOf(shuffled, byInterest, 1))).toEqual(expected)
    }),
    { numRuns: 60 },
  )
})

test('a customer on too many lists is refused there, and the other lists continue', async () => {
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
