import { between, notNegative, timeZone } from './rules.ts'
import {
  array,
  boolean,
  documented,
  double,
  enumeration,
  event,
  int,
  map,
  nullable,
  record,
  identifier,
  string,
  timestamp,
  withDefault,
  type TypeOf,
} from './schema.ts'
import { topic } from './topic.ts'

const Turn = record('Turn', 'One turn of a conversation.', {
  speaker: enumeration('Speaker', ['customer', 'agent', 'system']),
  text: string,
  offsetMs: documented('From the beginning of the call.', withDefault(int, 0)),
})

export const Call = event('Call', 'An outbound or inbound call with its interaction data. Event time is its end.', {
  customerId: identifier,
  callId: identifier,
  agentId: nullable(identifier),
  direction: enumeration('CallDirection', ['outbound', 'inbound']),
  answered: boolean,
  durationS: documented('Talk time in seconds, 0 when not answered.', notNegative(double)),
  campaign: nullable(string),
  product: nullable(string),
  clicks: documented('Links of the call that were clicked.', withDefault(notNegative(int), 0)),
  satisfaction: documented('1 to 5, where the customer gave one.', nullable(between(1, 5))),
  turns: array(Turn),
  context: documented('Named numbers that were known before the call.', map(double)),
})
export type Call = TypeOf<typeof Call>

export const calls = topic<Call>({
  name: 'calls',
  schema: Call,
  key: 'customerId',
  keyOf: (call) => call.customerId,
  retention: { days: 365 },
  role: 'input',
  producer: 'call centre',
})

export const Interaction = event('Interaction', 'A behaviour of the customer outside calls.', {
  customerId: identifier,
  kind: enumeration('InteractionKind', [
    'other',
    'page_view',
    'click',
    'mail_opened',
    'mail_answered',
    'campaign_joined',
    'bill_query',
    'wealth_search',
    'chat',
  ]),
  channel: nullable(string),
  item: documented('The page, the link, the campaign or the product.', nullable(string)),
  durationS: documented('Seconds spent, where it takes time.', nullable(notNegative(double))),
  responseS: documented('Seconds from our message to the answer.', nullable(notNegative(double))),
})
export type Interaction = TypeOf<typeof Interaction>

export const interactions = topic<Interaction>({
  name: 'interactions',
  schema: Interaction,
  key: 'customerId',
  keyOf: (interaction) => interaction.customerId,
  retention: { days: 365 },
  role: 'input',
  producer: 'web site, mail, chat',
})

export const Profile = event('Profile', 'Who the customer is, as known since its event time.', {
  customerId: identifier,
  name: nullable(string),
  sex: nullable(enumeration('Sex', ['unknown', 'female', 'male', 'other'])),
  birthYear: nullable(between(1800, 2200, int)),
  registeredPlace: nullable(string),
  residence: nullable(string),
  timeZone: documented('IANA name, e.g. Asia/Shanghai.', withDefault(timeZone, 'UTC')),
  segment: nullable(string),
  attributes: documented('Anything else, by name.', map(string)),
})
export type Profile = TypeOf<typeof Profile>

export const profiles = topic<Profile>({
  name: 'profiles',
  schema: Profile,
  key: 'customerId',
  keyOf: (profile) => profile.customerId,
  retention: { days: 3650 },
  role: 'input',
  producer: 'CRM, core banking',
})

export const Outcome = event('Outcome', 'A labelled truth that arrives later. Event time is when it became known.', {
  customerId: identifier,
  task: documented('What it is the truth of: conversion, loan-demand, call-conversion, …', identifier),
  subjectId: documented('The opportunity, the customer or the call.', identifier),
  value: documented('1 or 0 for classes, the rate for rates.', double),
  asOf: documented('The truth is about what could be known until then; null: until the outcome itself.', nullable(timestamp)),
})
export type Outcome = TypeOf<typeof Outcome>

export const outcomes = topic<Outcome>({
  name: 'outcomes',
  schema: Outcome,
  key: 'customerId',
  keyOf: (outcome) => outcome.customerId,
  retention: { days: 3650 },
  role: 'input',
  producer: 'CRM, core banking, call centre',
})

const Tick = event('Tick', 'Time as an event: fires the timers that are due.', {
  partition: notNegative(int),
})
type Tick = TypeOf<typeof Tick>

export const clock = topic<Tick>({
  name: 'clock',
  schema: Tick,
  key: 'partition',
  keyOf: (tick) => String(tick.partition),
  retention: { days: 7 },
  role: 'input',
  producer: 'the platform, once in each partition every few seconds',
})
