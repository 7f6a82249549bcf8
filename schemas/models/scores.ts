import {
  array,
  documented,
  double,
  event,
  float,
  int,
  long,
  nullable,
  string,
  timestamp,
  type TypeOf,
} from '../avro/schema.ts'
import { topic } from '../topic.ts'

export const Score = event('Score', "A model's probability or estimate, with everything that the model saw.", {
  task: documented('conversion, loan-demand, call-conversion, …', string),
  subjectId: documented('The opportunity or the customer.', string),
  customerId: string,
  opportunityId: nullable(string),
  salespersonId: nullable(string),
  visitCount: documented('Visits of the opportunity so far, for conversion.', nullable(int)),
  probability: documented('null: no model is released for the task.', nullable(double)),
  modelId: nullable(string),
  absent: documented('Why there is no probability.', nullable(string)),
  featureSet: documented('Name and version of the feature set that names the numbers of the row.', string),
  row: documented(
    'What the model saw, NaN if unknown: a point-in-time correct training row. Empty if `featuresId` refers to it.',
    array(float),
  ),
  text: documented('The text that the model read, if it reads text.', nullable(string)),
  lineTimes: documented(
    'When each line of the text was written; null if its lines have no times of their own.',
    nullable(array(timestamp)),
  ),
  inputTopic: documented(
    'The record that caused the score; null for a sweep after a change of model or policy.',
    nullable(string),
  ),
  inputPartition: nullable(int),
  inputOffset: nullable(long),
  featuresId: documented(
    'The id of the record of customer-features whose values are the row; null: the row is in this record.',
    nullable(string),
  ),
})
export type Score = TypeOf<typeof Score>

export const scores = topic<Score>({
  name: 'scores',
  schema: Score,
  key: 'customerId',
  keyOf: (score) => score.customerId,
  retention: { days: 90 },
  role: 'output',
  producer: 'scoring processors',
})
