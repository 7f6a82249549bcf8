import { DAY_MS } from '../../schemas/durations.ts'
import type { ModelReport } from '../../store/models/model-reports.ts'
import type { Instruments } from './instruments.ts'

/** Shows the reports on the models in use as metrics. What is not known, or no longer in use, has none. */
export function showReports(gauges: Instruments['gauges'], reports: readonly ModelReport[]): void {
  const of = {
    modelDriftedInputs: ({ inputsTested, inputsDrifted }: ModelReport) => (inputsTested === 0 ? null : inputsDrifted),
    modelMissing: ({ missingNow }: ModelReport) => missingNow,
    modelScoreShift: ({ scoreStabilityIndex }: ModelReport) => scoreStabilityIndex,
    modelLoss: ({ loss }: ModelReport) => loss,
    modelLossAtRelease: ({ lossAtRelease }: ModelReport) => lossAtRelease,
    modelLossExpected: ({ lossExpected }: ModelReport) => lossExpected,
    modelCalibration: ({ calibrationError }: ModelReport) => calibrationError,
    modelAge: ({ ageDays }: ModelReport) => (ageDays === null ? null : (ageDays * DAY_MS) / 1_000),
    modelReported: ({ measuredAt }: ModelReport) => measuredAt.getTime() / 1_000,
  } as const
  for (const [name, valueOf] of Object.entries(of) as [keyof typeof of, (report: ModelReport) => number | null][]) {
    gauges[name].reset()
    for (const report of reports) {
      const value = valueOf(report)
      if (value !== null) gauges[name].set({ task: report.task }, value)
    }
  }
  gauges.modelWarnings.reset()
  for (const { task, warnings } of reports) for (const { rule } of warnings) gauges.modelWarnings.set({ task, rule }, 1)
}
