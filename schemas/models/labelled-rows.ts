import {
  array,
  boolean,
  documented,
  double,
  enumeration,
  event,
  float,
  int,
  nullable,
  string,
  timestamp,
  withDefault,
  type TypeOf,
} from '../avro/schema.ts'
import { topic } from '../topic.ts'
import { byKey } from '../persons.ts'

export const labelStatuses = ['unknown', 'labelled', 'unmatched', 'contradicted', 'withdrawn'] as const
export type LabelStatus = (typeof labelStatuses)[number]

export const LabelledRow = event(
  'LabelledRow',
  'A served row with its label, or why there is none. The last one of a `labelId` applies.',
  {
    labelId: documented('Names what is labelled: task, subject, and the time that the label is about.', string),
    customerId: string,
    task: string,
    subjectId: documented('Subject of the outcome: the opportunity, the customer, the call, the product.', string),
    status: documented(
      '`labelled`; `unknown`: no outcome within the horizon; `unmatched`: no row was served at the outcome’s time; `contradicted`: outcomes of the same revision and time differ; `withdrawn`: an outcome came after all.',
      enumeration('LabelStatus', labelStatuses),
    ),
    cause: documented(
      '`outcome`, or `horizon` if the task’s horizon passed without one.',
      enumeration('LabelCause', ['outcome', 'horizon']),
    ),
    label: documented('1 or 0 for a class, or a rate; null unless `labelled`.', nullable(double)),
    training: documented(
      'Whether it belongs to the training row of its customer, task and week: one served row, selected by hash.',
      withDefault(boolean, false),
    ),
    joined: documented('1 if the label has joined a row, now or earlier; otherwise 0.', withDefault(int, 0)),
    asOf: documented('Time that the label is about: rows served later do not count.', timestamp),
    knownAt: documented('When the label became known, or the end of the horizon.', timestamp),
    outcomeId: nullable(string),
    outcomeSource: documented('Source of the outcome; null for a label by the horizon.', nullable(string)),
    reviewer: nullable(string),
    revision: withDefault(int, 0),
    scoreId: documented('Id of the score that carried the row.', nullable(string)),
    servedAt: documented('Event time of the row.', nullable(timestamp)),
    featureSet: documented('Name and version of the feature set that names the numbers of the row.', nullable(string)),
    row: documented('Input of the model, NaN if unknown; empty unless `labelled`.', array(float)),
    text: documented('Text that the model read; null if it reads none, or unless `labelled`.', nullable(string)),
    lineTimes: documented('When each line of the text was written.', nullable(array(timestamp))),
    probability: documented('Probability or estimate that was served with the row.', nullable(double)),
    modelId: nullable(string),
    propensity: documented(
      'Probability with which the task acted on a subject with this score; null if unknown. Weigh acted rows by its reciprocal.',
      nullable(double),
    ),
    acted: documented('Whether the task acted on the subject; null if unknown.', nullable(boolean)),
  },
)
export type LabelledRow = TypeOf<typeof LabelledRow>

export const labelledRows = topic<LabelledRow>({
  name: 'labelled-rows',
  schema: LabelledRow,
  key: 'customerId',
  persons: byKey,
  keyOf: (row) => row.customerId,
  retention: { days: 400 },
  role: 'output',
  producer: 'label-join processor',
})
