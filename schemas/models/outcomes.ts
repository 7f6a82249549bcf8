import { documented, double, event, identifier, nullable, timestamp, type TypeOf } from '../avro/schema.ts'
import { topic } from '../topic.ts'

export const Outcome = event('Outcome', 'A true label that arrives later. Event time is when it became known.', {
  customerId: identifier,
  task: documented('The task that it labels: conversion, loan-demand, call-conversion, …', identifier),
  subjectId: documented('The opportunity, the customer or the call.', identifier),
  value: documented('1 or 0 for a class; the rate for a rate.', double),
  asOf: documented(
    'The label applies to what could be known until then; null: until the outcome itself.',
    nullable(timestamp),
  ),
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
