import { byColumn, noPersons, type PersonTables } from '../persons.ts'

export const modelPersons: PersonTables = {
  scores: byColumn('customer_id'),
  score_history: byColumn('customer_id'),
  shadow_scores: byColumn('customer_id'),
  outcomes: byColumn('customer_id'),
  labelled_rows: byColumn('customer_id'),
  models: noPersons('parameters of models'),
  model_acts: noPersons('models, and who in the bank changed them'),
  model_reports: noPersons('distributions of inputs and scores, and measures of models'),
  trainings: noPersons('trainings and their results'),
  label_holds: noPersons('numbers of labels'),
}
