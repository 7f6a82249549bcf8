import type { GateRules } from '../../../processors/models/release-gate-setting.ts'
import type { MonitoringWarning, NewModelReport } from '../../../store/models/model-reports.ts'

const MISSING_NAMED_MAX = 3

/** Returns which bounds of its gate a model in use does not keep, in words. What is not known breaks no bound. */
export function warningsOf(report: Omit<NewModelReport, 'warnings'>, rules: GateRules): readonly MonitoringWarning[] {
  const { labels, calibrationError, loss, lossAtRelease, ageDays, scoreStabilityIndex } = report
  const { inputShiftMax, missingRiseMax, liveScoreShiftMax, calibrationErrorMax, liveLossRiseMax, ageDaysMax } = rules
  const enoughLabels = labels >= rules.liveLabelsMin
  return [
    inputsWarning(report, inputShiftMax),
    missingWarning(report, missingRiseMax),
    above(
      scoreStabilityIndex,
      liveScoreShiftMax,
      (value, bound) => `The stability index of its scores is ${value}, and at most ${bound} wanted.`,
      'scores',
    ),
    above(
      enoughLabels ? calibrationError : null,
      calibrationErrorMax,
      (value, bound) => `Calibration error ${value} on its ${labels} newest labels, and at most ${bound} wanted.`,
      'calibration',
    ),
    above(
      enoughLabels && loss !== null && lossAtRelease !== null ? loss - lossAtRelease : null,
      liveLossRiseMax,
      (value, bound) =>
        `The loss on its ${labels} newest labels is ${value} above that at release, and ${bound} allowed.`,
      'loss',
    ),
    above(
      ageDays,
      ageDaysMax,
      (value, bound) => `The newest row that it learned from is ${value} days old, and at most ${bound} wanted.`,
      'age',
    ),
  ].filter((warning) => warning !== undefined)
}

function inputsWarning(
  { inputs, inputsTested, inputsDrifted }: Pick<NewModelReport, 'inputs' | 'inputsTested' | 'inputsDrifted'>,
  bound: number | null,
) {
  if (bound === null) return undefined
  const over = inputs.filter(
    ({ drifted, stabilityIndex }) => drifted && stabilityIndex !== null && stabilityIndex > bound,
  )
  if (over.length === 0) return undefined
  const [worst] = over
  const says = `${inputsDrifted} of ${inputsTested} inputs are distributed differently from the rows that it learned from. ${worst!.feature} changed most: stability index ${rounded(worst!.stabilityIndex!)}, and at most ${bound} wanted.`
  return { rule: 'inputs', says } as const
}

function missingWarning({ inputs }: Pick<NewModelReport, 'inputs'>, bound: number | null) {
  if (bound === null) return undefined
  const over = inputs.filter(({ drifted, missingBefore, missingNow }) => drifted && missingNow - missingBefore > bound)
  if (over.length === 0) return undefined
  const named = over
    .slice(0, MISSING_NAMED_MAX)
    .map(({ feature, missingBefore, missingNow }) => `${feature} (${percent(missingBefore)} to ${percent(missingNow)})`)
  const more = over.length > named.length ? ` and ${over.length - named.length} more` : ''
  return {
    rule: 'missing',
    says: `Missing more often than in the rows that it learned from: ${named.join(', ')}${more}.`,
  } as const
}

function above(
  value: number | null,
  bound: number | null,
  says: (value: string, bound: number) => string,
  rule: MonitoringWarning['rule'],
): MonitoringWarning | undefined {
  return value === null || bound === null || value <= bound ? undefined : { rule, says: says(rounded(value), bound) }
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(3)))
}

function percent(share: number): string {
  return `${rounded(100 * share)} %`
}
