import { DAY_MS } from '../../../schemas/durations.ts'

/** How the outcomes of a task become labels of served rows. */
export interface LabelRule {
  readonly task: string
  /** An outcome labels a row if it became known at most this long after the row was served, ms. */
  readonly horizonMs: number
  /** What a subject’s newest row becomes if no outcome came within the horizon. */
  readonly afterHorizon: 'negative' | 'unknown'
  /** Served rows kept per customer, besides those that have a label. */
  readonly rowsMax: number
}

/** Of each customer and task, one served row per period is a training row. Periods are counted from 1970-01-01 UTC. */
export const PERIOD_MS = 7 * DAY_MS

/** Labels kept per customer and task. */
export const LABELS_MAX = 512

const rules: readonly LabelRule[] = [
  // An opportunity without a visit or a decision for half a year counts as lost.
  { task: 'conversion', horizonMs: 180 * DAY_MS, afterHorizon: 'negative', rowsMax: 256 },
  // Without a credit line there is no usage, so silence means nothing.
  { task: 'loan-demand', horizonMs: 120 * DAY_MS, afterHorizon: 'unknown', rowsMax: 512 },
  // Customers who were not called have not refused.
  { task: 'call-conversion', horizonMs: 120 * DAY_MS, afterHorizon: 'unknown', rowsMax: 512 },
  { task: 'recommendation', horizonMs: 120 * DAY_MS, afterHorizon: 'unknown', rowsMax: 256 },
  { task: 'preferences', horizonMs: 120 * DAY_MS, afterHorizon: 'unknown', rowsMax: 256 },
]

/** Rules by task. Outcomes of other tasks, such as intents, are not joined with served rows. */
export const labelRules: ReadonlyMap<string, LabelRule> = new Map(rules.map((rule) => [rule.task, rule]))

/** After the horizon, rows and labels are kept this long for corrections. */
const CORRECTIONS_MS = 30 * DAY_MS

/** Returns how long rows and labels of a task are kept, ms of the customer’s event time. */
export function keptMsOf({ horizonMs }: LabelRule): number {
  return horizonMs + CORRECTIONS_MS
}
