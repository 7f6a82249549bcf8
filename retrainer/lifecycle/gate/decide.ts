import type { Interval } from '../../../models/evaluation/bootstrap.ts'
import type { SelectionReport } from '../../../models/evaluation/selection-report.ts'
import type { GateRules } from '../../../processors/models/release-gate-setting.ts'
import type { GateCheck, GateDecision, GateRule } from '../../../store/models/gate-decision.ts'

/** The version of a gate that applies, and its rules. */
export interface Gate {
  readonly version: number
  readonly rules: GateRules
}

/** What was measured of a challenger; `undefined` for what can't be measured. */
export interface GateMeasures {
  /** Its loss minus that of the model in use, with the confidence of the gate; negative is better. */
  readonly difference: Interval
  /** What it was compared with. */
  readonly against: string
  /** Number of labelled rows that it was measured on. */
  readonly labels: number
  /** Those of the reference sources among them, if there are any. */
  readonly reference: ReferenceLoss | undefined
  /** What the rows that its task acted on say about all its subjects, if their propensities are on record. */
  readonly selection: SelectionReport | undefined
  readonly calibrationError: number | undefined
  /** The group whose loss rises most. */
  readonly worstGroup: GroupRise | undefined
  /** Time to score a row in a batch, ms. */
  readonly rowMs: number | undefined
  readonly outcomes: OutcomeShift | undefined
}

export interface ReferenceLoss {
  readonly rows: number
  /** Its loss on these rows minus that of the model in use. */
  readonly difference: number
}

export interface GroupRise {
  readonly attribute: string
  readonly group: string
  readonly rows: number
  /** Its loss in the group minus that of the model in use. */
  readonly rise: number
}

/** What would change for the subjects that are scored now. */
export interface OutcomeShift {
  readonly subjects: number
  readonly customers: number
  /** Customers who would move across the threshold, in either direction. */
  readonly moved: number
  readonly threshold: number
  /** Population stability index between its scores and those in use. */
  readonly stabilityIndex: number
}

/** Minimum number of rows of the reference sources: fewer show no harm. */
const REFERENCE_ROWS_MIN = 30

/** Minimum effective number of weighted rows: fewer say little. */
const EFFECTIVE_ROWS_MIN = 30

/** Applies the rules of a gate. A rule that can't be measured does not stop a release, and is shown as not measured. */
export function decideGate({ version, rules }: Gate, measures: GateMeasures): GateDecision {
  const { difference, against, labels, reference, selection, calibrationError, worstGroup, rowMs, outcomes } = measures
  const margin = `${100 * rules.confidence} % interval ${numbers(difference.lower)} to ${numbers(difference.upper)}`
  const checks: GateCheck[] = [
    {
      rule: 'better',
      passed: difference.upper < -rules.lossMarginMin,
      value: difference.upper,
      bound: 0 - rules.lossMarginMin,
      says: `Loss ${numbers(difference.estimate)} compared with the ${against} (${margin}).`,
    },
    {
      rule: 'labels',
      passed: labels >= rules.labelsMin,
      value: labels,
      bound: rules.labelsMin,
      says: `${labels} labelled rows to measure it on.`,
    },
    referenceCheck(reference),
    selectionCheck(selection, against),
    atMost(
      'calibration',
      calibrationError,
      rules.calibrationErrorMax,
      (value) => `Calibration error ${numbers(value)}.`,
    ),
    atMost('groups', worstGroup?.rise, rules.groupLossRiseMax, (rise) => {
      const { attribute, group, rows } = worstGroup!
      return `The loss changes most in the group ${attribute} ${group}: by ${numbers(rise)} on ${rows} rows.`
    }),
    atMost('latency', rowMs, rules.rowMsMax, (value) => `${numbers(value)} ms to score a row.`),
    atMost(
      'shift',
      outcomes?.stabilityIndex,
      rules.scoreShiftMax,
      (value) => `Population stability index ${numbers(value)} on ${outcomes!.subjects} current scores.`,
    ),
    atMost('moved', outcomes && outcomes.moved / outcomes.customers, rules.movedShareMax, () => {
      const { moved, customers, threshold } = outcomes!
      return `${moved} of ${customers} customers would move across the threshold ${threshold}.`
    }),
  ]
  const failed = checks.filter(({ passed }) => passed === false)
  return {
    version,
    passed: failed.length === 0,
    held: checks[0]!.passed === true && failed.some(({ rule }) => rule === 'moved'),
    checks,
  }
}

/** Describes the rules that a challenger did not meet. */
export function refusalOf({ checks }: GateDecision): string {
  return checks
    .filter(({ passed }) => passed === false)
    .map(({ rule, says, bound }) => `${says.slice(0, -1)}; the rule \`${rule}\` sets ${numbers(bound!)}.`)
    .join(' ')
}

/** Rejects on negative impact: a challenger must not lose on the labels that are sure to be honest. */
function referenceCheck(reference: ReferenceLoss | undefined): GateCheck {
  if (reference === undefined)
    return { rule: 'reference', passed: null, value: null, bound: null, says: 'There are no reference sources.' }
  const { rows, difference } = reference
  const passed = rows >= REFERENCE_ROWS_MIN && difference <= 0
  const value = Number.isNaN(difference) ? null : difference
  return { rule: 'reference', passed, value, bound: 0, says: `On the reference sources: ${referenceSays(reference)}.` }
}

/**
 * A challenger must not be worse where nobody looked: its loss, weighted for all subjects that could have been acted on,
 * must not lie above that of the model in use with its whole interval.
 */
function selectionCheck(selection: SelectionReport | undefined, against: string): GateCheck {
  const unknown = { rule: 'selection', passed: null, value: null, bound: null } as const
  if (selection === undefined) return { ...unknown, says: 'No propensities are on record.' }
  const { explored, effectiveRows, difference } = selection
  if (explored === 0) return { ...unknown, says: 'None of the newest rows was selected at random.' }
  const { estimate, lower, upper } = difference.weighted
  const says = `Weighted for all subjects by ${explored} explored rows, loss ${numbers(estimate)} compared with the ${against} (interval ${numbers(lower)} to ${numbers(upper)}).`
  if (effectiveRows < EFFECTIVE_ROWS_MIN)
    return {
      ...unknown,
      says: `${says.slice(0, -1)}; that is worth ${numbers(effectiveRows)} rows, and ${EFFECTIVE_ROWS_MIN} are needed.`,
    }
  return { rule: 'selection', passed: lower <= 0, value: lower, bound: 0, says }
}

export function referenceSays({ rows, difference }: ReferenceLoss): string {
  return rows < REFERENCE_ROWS_MIN
    ? `only ${rows} of the newest rows, and ${REFERENCE_ROWS_MIN} are needed`
    : `loss ${numbers(Math.abs(difference))} ${difference > 0 ? 'higher' : 'lower'} on ${rows} rows`
}

function atMost(
  rule: GateRule,
  value: number | undefined,
  bound: number | null,
  says: (value: number) => string,
): GateCheck {
  if (value === undefined || Number.isNaN(value))
    return { rule, passed: null, value: null, bound, says: 'It could not be measured.' }
  return { rule, passed: bound === null ? null : value <= bound, value, bound, says: says(value) }
}

function numbers(value: number): string {
  return String(Number(value.toFixed(4)))
}
