import type { QueuedEntry } from '../../../schemas/calls/campaign-queue.ts'

/** Returns an entry that is waiting on a list and has not been called. */
export const queuedEntry = (campaign: string, customerId: string, changes: Partial<QueuedEntry> = {}): QueuedEntry => ({
  ...{ id: `q/${customerId}`, occurredAt: 0, source: 'test', customerId, campaign, list: 'list.csv', phone: null },
  ...{ state: 'waiting', dueAt: null, attempts: 0, lastAttemptId: null, lastAttemptAt: null, lastDisposition: null },
  ...{ value: 200, probability: 0.5, expectedValue: 100, interest: null, interestValue: null },
  ...{ bestHour: null, answerRates: [], timeZone: null },
  ...changes,
})
