import {
  documented,
  double,
  event,
  identifier,
  int,
  nullable,
  timestamp,
  withDefault,
  type TypeOf,
} from '../avro/schema.ts'
import { nonNegative } from '../rules.ts'
import { topic } from '../topic.ts'
import { byKey } from '../persons.ts'

export const Outcome = event('Outcome', 'A true label that arrives later. Event time is when it became known.', {
  customerId: identifier,
  task: documented('Task that it labels: conversion, loan-demand, call-conversion, …', identifier),
  subjectId: documented('Id of the opportunity, the customer or the call.', identifier),
  value: documented('The label: 1 or 0 for a class, or a rate.', double),
  asOf: documented(
    'Time up to which a model may know the inputs for this label; null: up to the outcome itself.',
    nullable(timestamp),
  ),
  reviewer: documented(
    'Who determined the label; null if no person did, or the source does not say.',
    nullable(identifier),
  ),
  revision: documented(
    'Raised with each correction. The highest revision about a subject and an `asOf` replaces the others; of equal ones, the one that became known last.',
    withDefault(nonNegative(int), 0),
  ),
})
export type Outcome = TypeOf<typeof Outcome>

/** Fields of an outcome that no person determined and that corrects no other. */
export const firstOutcome = { reviewer: null, revision: 0 } as const

export const outcomes = topic<Outcome>({
  name: 'outcomes',
  schema: Outcome,
  key: 'customerId',
  persons: byKey,
  keyOf: (outcome) => outcome.customerId,
  retention: { days: 3650 },
  role: 'input',
  producer: 'CRM, core banking, call centre',
})
