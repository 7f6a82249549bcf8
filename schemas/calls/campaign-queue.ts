import {
  array,
  documented,
  double,
  event,
  float,
  identifier,
  int,
  nullable,
  string,
  timestamp,
  type TypeOf,
} from '../avro/schema.ts'
import { topic } from '../topic.ts'

/**
 * `waiting`: to be called from `dueAt` on. `calling`: dispatched and not completed. `unknown`: no outcome was reported.
 * `done`: not to be called again. `removed`: taken off the list.
 */
export const entryStates = ['waiting', 'calling', 'unknown', 'done', 'removed'] as const
export type EntryState = (typeof entryStates)[number]

export const QueuedEntry = event('QueuedEntry', 'Where a customer stands on the list of a campaign.', {
  customerId: identifier,
  campaign: identifier,
  list: string,
  phone: nullable(string),
  state: documented(`${entryStates.join(', ')}.`, string),
  dueAt: documented('Called from then on, if waiting; null: at once.', nullable(timestamp)),
  attempts: documented('Calls for this campaign so far.', int),
  lastAttemptId: nullable(string),
  lastAttemptAt: nullable(timestamp),
  lastDisposition: documented('Of the last completed call.', nullable(string)),
  value: double,
  probability: documented('That a call succeeds; null: no model has scored the customer.', nullable(double)),
  expectedValue: documented('Value times probability; a customer without a score counts with 0.001.', double),
  interest: documented(
    'The probability that the customer wants the campaign’s product, where the list is in order of it; null: not known.',
    nullable(double),
  ),
  interestValue: documented(
    'Value times interest, which counts as 0.001 at least and where it is not known. The list is in order of it; null: the list is in order of expectedValue.',
    nullable(double),
  ),
  bestHour: documented(
    'The hour of the customer’s day, 0 to 23, in which calls are answered most likely; null: too few calls to say.',
    nullable(int),
  ),
  answerRates: documented(
    'The share of calls that are answered, by hour of the customer’s day; empty: too few calls to say.',
    array(float),
  ),
  timeZone: documented('Of the profile; null: not known.', nullable(string)),
})
export type QueuedEntry = TypeOf<typeof QueuedEntry>

export const campaignQueue = topic<QueuedEntry>({
  name: 'campaign-queue',
  schema: QueuedEntry,
  key: 'customerId',
  keyOf: ({ customerId }) => customerId,
  retention: { days: 30 },
  role: 'output',
  producer: 'campaign-queue processor',
})
