import { documented, double, event, identifier, nullable, timestamp, type TypeOf } from '../avro/schema.ts'
import { topic } from '../topic.ts'

export const Outcome = event('Outcome', 'A true label that arrives later. Event time is when it became known.', {
  customerId: identifier,
  task: documented('Task that it labels: conversion, loan-demand, call-conversion, …', identifier),
  subjectId: documented('Id of the opportunity, the customer or the call.', identifier),
  value: documented('The label: 1 or 0 for a class, or a rate.', double),
  asOf: documented(
    'Time up to which a model may know the inputs for this label; null: up to the outcome itself.',
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
