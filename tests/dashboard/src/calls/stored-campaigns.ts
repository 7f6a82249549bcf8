/** A running campaign in the middle of its day, and an ended one. */
import { callAttempts, type CallAttempt } from '../../../../schemas/calls/call-attempts.ts'
import { campaignQueue, type QueuedEntry } from '../../../../schemas/calls/campaign-queue.ts'
import { contactRefusals } from '../../../../schemas/calls/contact-refusals.ts'
import { HOUR_MS, MINUTE_MS } from '../../../../schemas/durations.ts'
import { setPacing } from '../../../../store/calls/campaign-pacing.ts'
import { deferCustomers } from '../../../../store/calls/dispatched-calls.ts'
import type { ApiUnderTest } from '../../../api/api-under-test.ts'
import { queuedEntry } from '../../../api/calls/queued-entry.ts'
import { NOW } from '../../../api/stored-world.ts'
import { put } from '../../../store/store-under-test.ts'

export const CAMPAIGN = 'autumn-loans-for-small-businesses-of-the-northern-provinces'
export const campaignValue = {
  ...{ description: 'Loans for the autumn', purpose: 'marketing', channel: 'call', jurisdiction: 'cn' },
  ...{ state: 'running', pacing: 'predictive' },
}
const frame = { source: 'test', campaign: CAMPAIGN }

const entry = (customerId: string, changes: Partial<QueuedEntry>): QueuedEntry =>
  queuedEntry(CAMPAIGN, customerId, { occurredAt: NOW, ...changes })

const step = (minutes: number, customerId: string, disposition: string | null): CallAttempt => ({
  ...{ id: `${customerId}/${minutes}`, occurredAt: NOW - minutes * MINUTE_MS, ...frame, customerId },
  ...{ attemptId: `call-of-${customerId}`, step: disposition === null ? 'dispatched' : 'completed', disposition },
  ...{ callbackAt: null, agentId: disposition === null ? null : 'mary' },
})

export async function storeCampaigns({ server, database }: ApiUnderTest): Promise<void> {
  const set = (name: string, state: string) =>
    server.inject({
      ...{ method: 'PUT', url: `/campaigns/${name}`, headers: { 'if-match': '"0"' } },
      payload: { ...campaignValue, state, changedBy: 'li' },
    })
  expect([await set(CAMPAIGN, 'running'), await set('old-cards', 'ended')]).toMatchObject(
    Array(2).fill({ statusCode: 200 }),
  )
  await put(database, campaignQueue, [
    entry('c-1', { expectedValue: 180, probability: 0.9, bestHour: 10 }),
    entry('c-2', { expectedValue: 120, attempts: 1, lastDisposition: 'busy' }),
    entry('c-3', { state: 'done', attempts: 1, lastDisposition: 'converted' }),
    entry('c-4', { probability: null, expectedValue: 0.2 }),
  ])
  await put(database, callAttempts, [
    ...[step(50, 'c-2', null), step(49, 'c-2', 'busy'), step(30, 'c-3', null)],
    ...[step(25, 'c-3', 'interested'), step(20, 'c-3', 'converted')],
  ])
  await put(database, contactRefusals, [
    {
      ...{
        id: 'r-1',
        occurredAt: NOW - 2 * HOUR_MS,
        ...frame,
        customerId: 'c-2',
        purpose: 'marketing',
        channel: 'call',
      },
      ...{ jurisdiction: 'cn', rule: 'attempts', ruleVersion: 0, until: NOW + 5 * HOUR_MS },
      detail: 'Called 1 time today; 1 is allowed.',
      otherRules: [],
    },
  ])
  await deferCustomers(database, CAMPAIGN, new Map([['c-2', new Date(NOW + 5 * HOUR_MS)]]))
  await setPacing(database, { campaign: CAMPAIGN, level: 1.3, abandonShare: 0, adaptedAt: new Date(NOW - MINUTE_MS) })
}
