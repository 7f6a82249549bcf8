import {
  array,
  boolean,
  documented,
  double,
  event,
  float,
  int,
  long,
  nullable,
  personal,
  string,
  timestamp,
  type TypeOf,
} from '../avro/schema.ts'
import { topic } from '../topic.ts'
import { byKey } from '../persons.ts'

export const Score = event('Score', "A model's probability or estimate, with everything that the model saw.", {
  task: documented('Task: conversion, loan-demand, call-conversion, …', string),
  subjectId: documented('Id of the opportunity or the customer.', string),
  customerId: string,
  opportunityId: nullable(string),
  salespersonId: nullable(string),
  visitCount: documented('Number of visits of the opportunity so far; only for conversion.', nullable(int)),
  probability: documented('Probability or estimate; null if no model is released for the task.', nullable(double)),
  modelId: nullable(string),
  absent: documented('Why there is no probability.', nullable(string)),
  featureSet: documented('Name and version of the feature set that names the numbers of the row.', string),
  row: documented(
    'Input of the model, NaN if unknown: a point-in-time correct training row. Empty if `featuresId` refers to it.',
    array(float),
  ),
  text: personal('texts', documented('Text that the model read; null if it reads none.', nullable(string))),
  lineTimes: documented(
    'When each line of the text was written; null if its lines have no times of their own.',
    nullable(array(timestamp)),
  ),
  inputTopic: documented(
    'Topic of the record that caused the score; null for a sweep after a change of model or policy.',
    nullable(string),
  ),
  inputPartition: nullable(int),
  inputOffset: nullable(long),
  featuresId: documented(
    'Id of the customer-features record whose values are the row; null if the row is in this record.',
    nullable(string),
  ),
  propensity: documented(
    'Probability with which the task acts on a subject with this score: 1 from its threshold on, below it the explored share; null if unknown.',
    nullable(double),
  ),
  acted: documented(
    'Whether the task acts on the subject, so that there will be a label; null if unknown.',
    nullable(boolean),
  ),
})
export type Score = TypeOf<typeof Score>

export const scores = topic<Score>({
  name: 'scores',
  schema: Score,
  key: 'customerId',
  persons: byKey,
  keyOf: (score) => score.customerId,
  retention: { days: 90 },
  role: 'output',
  producer: 'scoring processors',
})
