import {
  array,
  documented,
  double,
  event,
  float,
  identifier,
  int,
  nullable,
  personal,
  string,
  timestamp,
  type TypeOf,
} from '../avro/schema.ts'
import { topic } from '../topic.ts'
import { byKey } from '../persons.ts'

/**
 * `waiting`: to be called from `dueAt` on. `calling`: dispatched and not completed. `unknown`: no outcome was reported.
 * `done`: not to be called again. `removed`: taken off the list.
 */
export const entryStates = ['waiting', 'calling', 'unknown', 'done', 'removed'] as const
export type EntryState = (typeof entryStates)[number]

export const QueuedEntry = event('QueuedEntry', 'State of a customer on the call list of a campaign.', {
  customerId: identifier,
  campaign: identifier,
  list: string,
  phone: personal('contact', nullable(string)),
  state: documented(`${entryStates.join(', ')}.`, string),
  dueAt: documented('Earliest time of the next call, if waiting; null: at once.', nullable(timestamp)),
  attempts: documented('Number of calls for this campaign so far.', int),
  lastAttemptId: nullable(string),
  lastAttemptAt: nullable(timestamp),
  lastDisposition: documented('Disposition of the last completed call.', nullable(string)),
  value: double,
  probability: documented(
    'Probability that a call succeeds; null if no model has scored the customer.',
    nullable(double),
  ),
  expectedValue: documented('Value times probability; without a score the probability counts as 0.001.', double),
  interest: documented(
    'Probability that the customer wants the campaign’s product, if the list is ordered by interest; null if unknown.',
    nullable(double),
  ),
  interestValue: documented(
    'Value times interest, which counts as at least 0.001, also if it is unknown. The list is ordered by it; null if the list is ordered by expectedValue.',
    nullable(double),
  ),
  bestHour: documented(
    'Local hour, 0 to 23, in which the customer is most likely to answer; null if there are too few calls to tell.',
    nullable(int),
  ),
  answerRates: documented(
    'Share of calls answered, by local hour of the customer; empty if there are too few calls to tell.',
    array(float),
  ),
  timeZone: documented('Time zone of the customer’s profile; null if unknown.', nullable(string)),
})
export type QueuedEntry = TypeOf<typeof QueuedEntry>

export const campaignQueue = topic<QueuedEntry>({
  name: 'campaign-queue',
  schema: QueuedEntry,
  key: 'customerId',
  persons: byKey,
  keyOf: ({ customerId }) => customerId,
  retention: { days: 30 },
  role: 'output',
  producer: 'campaign-queue processor',
})
