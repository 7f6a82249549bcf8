import { sql, type Kysely, type Migration } from 'kysely'

const shown = `task, model_id, measured_at, as_of, reference_rows, recent_rows, inputs_tested, inputs_drifted,
  missing_before, missing_now, score_stability_index, score_stability_index_at_release, mean_score_before, mean_score_now, age_days, labels, loss,
  loss_at_release, auc, calibration_error, bias, loss_expected, loss_expected_error, auc_expected, auc_expected_error`

const columns: Readonly<Record<string, string>> = {
  task: 'The task.',
  model_id: 'The model that was in use.',
  measured_at: 'When monitoring looked.',
  as_of: 'Event time of the newest score.',
  reference_rows: 'Rows that the model learned from, of those compared.',
  recent_rows: 'Newest rows that it scored, of those compared.',
  inputs_tested: 'Inputs that were compared.',
  inputs_drifted: 'Inputs that are distributed differently now.',
  missing_before: 'Share of missing values in the rows that it learned from.',
  missing_now: 'Share of missing values in the newest rows.',
  score_stability_index:
    'Population stability index between its newest scores and those of the rows that it was compared on before its release.',
  score_stability_index_at_release: 'The same in the first report on the model.',
  mean_score_before: 'Mean score of the rows that it was compared on before its release.',
  mean_score_now: 'Mean of its newest scores.',
  age_days: 'Days of event time from the newest row that it learned from to the newest score.',
  labels: 'Newest live scores whose label is known.',
  loss: 'Log loss of probabilities or root mean squared error of estimates on these labels.',
  loss_at_release: 'The same before its release.',
  auc: 'AUC on these labels; null if it is not known.',
  calibration_error: 'Calibration error on these labels.',
  bias: 'Mean label minus mean score.',
  loss_expected: 'Log loss that the newest scores lead to expect before their labels are known.',
  loss_expected_error: 'How wrong such expectations were in earlier weeks (root mean square).',
  auc_expected: 'AUC that the newest scores lead to expect.',
  auc_expected_error: 'How wrong such expectations were in earlier weeks (root mean square).',
  warnings: 'Bounds of its gate that it does not keep.',
}

const inputColumns: Readonly<Record<string, string>> = {
  task: columns['task']!,
  model_id: columns['model_id']!,
  measured_at: columns['measured_at']!,
  feature: 'The input.',
  stability_index: 'Population stability index of the known values; null with too few of them.',
  band: 'none below a stability index of 0.1, moderate below 0.25, otherwise large.',
  distance: 'Kolmogorov–Smirnov distance, from 0 to 1.',
  p_value: 'Corrected for the number of inputs.',
  drifted: 'Whether the tests and the size of the change agree.',
  missing_before: 'Share of missing values in the rows that the model learned from.',
  missing_now: 'Share of missing values in the newest rows.',
  stability_index_at_release: 'The index in the first report on the model.',
  missing_at_release: 'Share of missing values in the first report on the model.',
}

const commentsOn = (view: string, words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([name, text]) => `comment on column ${view}.${name} is '${text}'`)

const statements = [
  `create table model_reports (
    id bigint generated always as identity primary key,
    task text not null, model_id text not null references models (id),
    measured_at timestamptz not null default now(), as_of timestamptz not null,
    reference_rows integer not null, recent_rows integer not null,
    inputs_tested integer not null, inputs_drifted integer not null,
    missing_before double precision, missing_now double precision,
    score_stability_index double precision, score_stability_index_at_release double precision, mean_score_before double precision, mean_score_now double precision,
    age_days double precision, labels integer not null, loss double precision, loss_at_release double precision,
    auc double precision, calibration_error double precision, bias double precision,
    loss_expected double precision, loss_expected_error double precision,
    auc_expected double precision, auc_expected_error double precision,
    inputs jsonb not null, warnings jsonb not null
  )`,
  `comment on table model_reports is 'What monitoring found about the models in use.'`,
  `create index on model_reports (task, id)`,
  `create view bi_model_reports as select ${shown},
    array(select jsonb_array_elements(warnings) ->> 'rule') as warnings from model_reports`,
  `comment on view bi_model_reports is 'What monitoring found about the models in use, each time that it looked.'`,
  ...commentsOn('bi_model_reports', columns),
  `create view bi_input_drift as
    select r.task, r.model_id, r.measured_at, i.feature, i."stabilityIndex" as stability_index, i.band, i.distance,
      i."pValue" as p_value, i.drifted, i."missingBefore" as missing_before, i."missingNow" as missing_now,
      i."stabilityIndexAtRelease" as stability_index_at_release, i."missingAtRelease" as missing_at_release
    from model_reports r cross join lateral jsonb_to_recordset(r.inputs) as i(feature text,
      "stabilityIndex" double precision, band text, distance double precision, "pValue" double precision,
      drifted boolean, "missingBefore" double precision, "missingNow" double precision,
      "stabilityIndexAtRelease" double precision, "missingAtRelease" double precision)`,
  `comment on view bi_input_drift is 'The inputs of each model in use that changed most, each time that monitoring looked.'`,
  ...commentsOn('bi_input_drift', inputColumns),
]

/** Reports of monitoring on the models in use. */
export default {
  async up(database: Kysely<never>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
