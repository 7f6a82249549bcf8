/** One rule of a gate, applied to a challenger. */
export interface GateCheck {
  readonly rule: GateRule
  /** null: it could not be measured, or the gate sets no bound. */
  readonly passed: boolean | null
  readonly value: number | null
  readonly bound: number | null
  /** The result in words. */
  readonly says: string
}

export const gateRules = [
  'better',
  'labels',
  'reference',
  'selection',
  'calibration',
  'groups',
  'latency',
  'shift',
  'moved',
] as const
export type GateRule = (typeof gateRules)[number]

/** Decision of a gate on a challenger, stored with the model. */
export interface GateDecision {
  /** Version of the gate; 0: the built-in default. */
  readonly version: number
  readonly passed: boolean
  /** Whether it is better but would move too many customers across the threshold, so that a person must decide. */
  readonly held: boolean
  readonly checks: readonly GateCheck[]
}
