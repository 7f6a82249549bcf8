import { Type, type Static } from 'typebox'
import { modelReports, monitoringRules, type ModelReport } from '../../store/models/model-reports.ts'
import { byNumber } from '../http/cursor.ts'
import { isoTimes } from '../http/iso-times.ts'
import { listRoutes } from '../http/list-routes.ts'
import { filter, nullable, Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'

const Share = nullable(Type.Number())

const Input = Type.Object({
  feature: Type.String(),
  stabilityIndex: nullable(Type.Number(), 'Population stability index of the known values; null with too few of them.'),
  band: Type.Union([Type.Enum(['none', 'moderate', 'large']), Type.Null()], {
    description: 'none: index below 0.1; moderate: below 0.25; otherwise large.',
  }),
  distance: nullable(Type.Number(), 'Kolmogorov–Smirnov distance, from 0 to 1.'),
  pValue: Type.Number({ description: 'Corrected for the number of inputs.' }),
  drifted: Type.Boolean({ description: 'Whether the tests and the size of the change agree.' }),
  missingBefore: Type.Number({ description: 'Share of missing values in the rows that the model learned from.' }),
  missingNow: Type.Number(),
  stabilityIndexAtRelease: nullable(Type.Number(), 'In the first report on the model; null in that report.'),
  missingAtRelease: nullable(Type.Number()),
})

const Report = Type.Object({
  id: Type.Integer(),
  task: Type.String(),
  modelId: Type.String(),
  measuredAt: Time,
  asOf: Type.String({ format: 'date-time', description: 'Event time of the newest score.' }),
  referenceRows: Type.Integer({ description: 'Rows that the model learned from, of those compared.' }),
  recentRows: Type.Integer({ description: 'Newest rows that it scored, of those compared.' }),
  inputsTested: Type.Integer(),
  inputsDrifted: Type.Integer(),
  missingBefore: Share,
  missingNow: Share,
  scoreStabilityIndex: nullable(
    Type.Number(),
    'Between the scores of the rows that it was compared on before its release and its newest scores.',
  ),
  scoreStabilityIndexAtRelease: nullable(Type.Number(), 'In the first report on the model; null in that report.'),
  meanScoreBefore: Share,
  meanScoreNow: Share,
  ageDays: nullable(Type.Number(), 'Days of event time from the newest row that it learned from to the newest score.'),
  labels: Type.Integer({ description: 'Newest live scores whose label is known.' }),
  loss: nullable(Type.Number(), 'Log loss of probabilities or root mean squared error of estimates on these labels.'),
  lossAtRelease: nullable(Type.Number()),
  auc: nullable(Type.Number(), 'null: not known, for example without positive labels.'),
  calibrationError: nullable(Type.Number()),
  bias: nullable(Type.Number(), 'Mean label minus mean score.'),
  lossExpected: nullable(Type.Number(), 'What the newest scores lead to expect before their labels are known.'),
  lossExpectedError: nullable(
    Type.Number(),
    'How wrong that was in earlier weeks, root mean square; null with fewer than two.',
  ),
  aucExpected: nullable(Type.Number()),
  aucExpectedError: nullable(Type.Number()),
  inputs: Type.Array(Input, { description: 'The inputs that changed most.' }),
  warnings: Type.Array(Type.Object({ rule: Type.Enum([...monitoringRules]), says: Type.String() }), {
    description: 'Bounds of the gate that the model does not keep.',
  }),
})

/** Routes of the reports on models in use. */
export function modelReportsRoutes(server: Server, { database }: ApiPorts): void {
  listRoutes(server, database, {
    path: '/model-reports',
    access: 'read-models',
    tag: 'models',
    summary: 'What monitoring found about the models in use: inputs, scores, calibration, quality; newest first',
    filters: { task: filter(), modelId: filter() },
    item: Report,
    cursor: byNumber(({ id }: ModelReport) => id),
    load: modelReports,
    toItems: (_reader, rows) => rows.map(reportJson),
  })
}

function reportJson({ inputs, warnings, ...rest }: ModelReport): Static<typeof Report> {
  return { ...isoTimes(rest), inputs: [...inputs], warnings: [...warnings] }
}
