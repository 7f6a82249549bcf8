import type { GateRules } from '../../../processors/models/release-gate-setting.ts'
import type { MonitoringWarning, NewModelReport } from '../../../store/models/model-reports.ts'

const MISSING_NAMED_MAX = 3

/** Returns which bounds of its gate a model in use does not keep, in words. What is not known breaks no bound. */
export function warningsOf(report: Omit<NewModelReport, 'warnings'>, rules: GateRules): readonly MonitoringWarning[] {
  const { labels, calibrationError, loss, lossAtRelease, ageDays, scoreStabilityIndex: now } = report
  const { scoreStabilityIndexAtRelease: then } = report
  const { inputShiftMax, missingRiseMax, liveScoreShiftMax, calibrationErrorMax, liveLossRiseMax, ageDaysMax } = rules
  const enoughLabels = labels >= rules.liveLabelsMin
  return [
    inputsWarning(report, inputShiftMax),
    missingWarning(report, missingRiseMax),
    above(
      now === null || then === null ? null : now - then,
      liveScoreShiftMax,
      (rise, bound) =>
        `The stability index of its scores rose by ${rise} since its release, and at most ${bound} wanted.`,
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

/** Only what changed since release is told: a gate has decided on what was different then. */
function inputsWarning({ inputs }: Pick<NewModelReport, 'inputs'>, bound: number | null) {
  if (bound === null) return undefined
  const over = inputs
    .filter(({ drifted }) => drifted)
    .map(({ feature, stabilityIndex, stabilityIndexAtRelease: before }) => ({
      ...{ feature, before, now: stabilityIndex },
      rise: stabilityIndex === null || before === null ? 0 : stabilityIndex - before,
    }))
    .filter(({ rise }) => rise > bound)
    .sort((one, other) => other.rise - one.rise)
  const [worst] = over
  if (worst === undefined) return undefined
  const says = `${over.length} of ${inputs.length} inputs moved away from the rows that it learned from since its release. ${worst.feature} moved most: stability index ${rounded(worst.before!)} then, ${rounded(worst.now!)} now, and at most ${bound} more wanted.`
  return { rule: 'inputs', says } as const
}

function missingWarning({ inputs }: Pick<NewModelReport, 'inputs'>, bound: number | null) {
  if (bound === null) return undefined
  const over = inputs.flatMap(({ feature, drifted, missingAtRelease: before, missingNow: now }) =>
    drifted && before !== null && now - before > bound ? [{ feature, before, now }] : [],
  )
  if (over.length === 0) return undefined
  const named = over
    .slice(0, MISSING_NAMED_MAX)
    .map(({ feature, before, now }) => `${feature} (${percent(before)} to ${percent(now)})`)
  const more = over.length > named.length ? ` and ${over.length - named.length} more` : ''
  return { rule: 'missing', says: `Missing more often than at its release: ${named.join(', ')}${more}.` } as const
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
