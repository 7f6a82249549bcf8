import type { Measure } from '../../models/drift/block-series.ts'
import type { StabilityBand } from '../../models/drift/stability-index.ts'

/** A place in the stream. */
export interface StreamPlace {
  /** From 1, in order of time. */
  readonly row: number
  /** Of the file. */
  readonly line?: number
  /** As the file has it. */
  readonly time?: string
}

/**
 * `input`: the values of a column; `missing`: how many are missing; `unseen-category`: names that were not there before;
 * `target`: how often each label comes; `concept`: what a frozen model learned does not hold any more.
 */
export type AlarmKind = 'input' | 'missing' | 'unseen-category' | 'target' | 'concept'

export interface Evidence {
  readonly measure: Measure
  readonly of?: string
  /** Standard deviations of single rows, Cohen's h of shares; up is positive. */
  readonly effect: number
  /** After the correction for all tests of the run, at most 1. */
  readonly pValue: number
}

/** A drift of a feature, or of the target. */
export interface Alarm extends StreamPlace {
  readonly feature: string
  readonly kind: AlarmKind
  /** Where it probably began: at the alarm or before. */
  readonly onset: StreamPlace
  /** The first row from which the stream was steady again; not given: it was not before the end. */
  readonly steadyFrom?: StreamPlace
  /** `abrupt`, or spread over more than a window, or along a line; `unsettled`: it was not over before the end. */
  readonly shape: 'abrupt' | 'gradual' | 'incremental' | 'unsettled'
  /** How large it came to be: a distance from 0 to 1, by the name of its measure. */
  readonly effect: number
  readonly effectMeasure: 'Kolmogorov-Smirnov distance' | "Cramér's V" | 'difference of shares' | 'standard deviations'
  /** Two-sample test of the rows before with those after, as if rows were independent. */
  readonly twoSamplePValue: number | null
  readonly psi: number | null
  readonly band: StabilityBand | null
  /** Of the test that raised it, after the correction. */
  readonly pValue: number
  readonly evidence: readonly Evidence[]
  /** In words: what it was and what it became. */
  readonly before: string
  readonly after: string
  /** It is like it was before this row. */
  readonly backTo?: StreamPlace
  /** Where it ended: it was as before from there on. */
  readonly ended?: StreamPlace
  /** With groups: the p-value of exchanging whole groups; at least 0.001. */
  readonly permutationPValue?: number
}
