import { createMetrics } from '../../../api/operations/metrics.ts'
import type { ModelReport } from '../../../store/models/model-reports.ts'

const report: ModelReport = {
  ...{ id: 1, task: 'conversion', modelId: 'm', measuredAt: new Date(60_000), asOf: new Date(0) },
  ...{ referenceRows: 400, recentRows: 2_000, inputsTested: 174, inputsDrifted: 3, missingBefore: 0, missingNow: 0.25 },
  ...{
    scoreStabilityIndex: 0.3,
    scoreStabilityIndexAtRelease: 0.1,
    meanScoreBefore: 0.2,
    meanScoreNow: 0.4,
    ageDays: 2,
    labels: 0,
    loss: null,
  },
  ...{ lossAtRelease: 0.5, auc: null, calibrationError: null, bias: null, lossExpected: 0.45, lossExpectedError: null },
  ...{ aucExpected: 0.8, aucExpectedError: null, inputs: [], warnings: [{ rule: 'scores', says: 'They moved.' }] },
}

test('reports are shown as metrics by task; what is unknown or no longer in use is not', async () => {
  const metrics = createMetrics()
  metrics.modelsReported([report, { ...report, task: 'loan-demand', inputsTested: 0, warnings: [] }])
  const series = async () =>
    (await metrics.text()).split('\n').filter((line) => line.startsWith('scoreline_model_') && !line.startsWith('#'))
  expect((await series()).filter((line) => line.includes('"conversion"'))).toEqual([
    'scoreline_model_drifted_inputs{task="conversion"} 3',
    'scoreline_model_missing_ratio{task="conversion"} 0.25',
    'scoreline_model_score_stability_index{task="conversion"} 0.3',
    'scoreline_model_release_loss{task="conversion"} 0.5',
    'scoreline_model_expected_loss{task="conversion"} 0.45',
    'scoreline_model_age_seconds{task="conversion"} 172800',
    'scoreline_model_warnings{task="conversion",rule="scores"} 1',
    'scoreline_model_report_timestamp_seconds{task="conversion"} 60',
  ])
  expect((await series()).some((line) => /drifted_inputs.*loan-demand|warnings.*loan-demand/.test(line))).toBe(false)
  metrics.modelsReported([{ ...report, warnings: [] }])
  expect((await series()).some((line) => line.includes('loan-demand') || line.includes('warnings'))).toBe(false)
})
