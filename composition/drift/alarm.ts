import type { Measure } from '../../models/drift/block-series.ts'
import type { StabilityBand } from '../../models/drift/stability-index.ts'

/** A position in the stream. */
export interface StreamPlace {
  /** Row number from 1, in time order. */
  readonly row: number
  /** Line in the file. */
  readonly line?: number
  /** Position in the files if there are several, or if the format has no lines. */
  readonly place?: string
  /** Time as written in the file. */
  readonly time?: string
}

/**
 * `input`: the values of a column; `missing`: its missing rate; `unseen-category`: new categories; `target`: the label
 * rates; `concept`: what a frozen model learned no longer holds.
 */
export type AlarmKind = 'input' | 'missing' | 'unseen-category' | 'target' | 'concept'

export interface Evidence {
  readonly measure: Measure
  readonly of?: string
  /** Effect size: standard deviations of single rows, or Cohen's h for shares. Positive means upwards. */
  readonly effect: number
  /** p-value corrected for all tests of the run, at most 1. */
  readonly pValue: number
}

/** A detected drift of a feature or of the target. */
export interface Alarm extends StreamPlace {
  readonly feature: string
  readonly kind: AlarmKind
  /** Where the drift probably began, at the alarm or earlier. */
  readonly onset: StreamPlace
  /** First row of the steady stretch after the drift; omitted if the stream was not steady again before its end. */
  readonly steadyFrom?: StreamPlace
  /** `gradual`: spread over more than a window; `incremental`: along a line; `unsettled`: not over at the end. */
  readonly shape: 'abrupt' | 'gradual' | 'incremental' | 'unsettled'
  /** Effect size, in the measure named by `effectMeasure`. */
  readonly effect: number
  readonly effectMeasure: 'Kolmogorov-Smirnov distance' | "Cramér's V" | 'difference of shares' | 'standard deviations'
  /** p-value of a two-sample test of the rows before and after, as if rows were independent. */
  readonly twoSamplePValue: number | null
  readonly psi: number | null
  readonly band: StabilityBand | null
  /** Corrected p-value of the test that raised the alarm. */
  readonly pValue: number
  readonly evidence: readonly Evidence[]
  /** Descriptions of the values before and after. */
  readonly before: string
  readonly after: string
  /** Onset of the earlier drift that this one reverts. */
  readonly backTo?: StreamPlace
  /** Row from which the stream was again as before the drift. */
  readonly ended?: StreamPlace
  /** With clustered rows: p-value of permuting whole clusters; at least 0.001. */
  readonly permutationPValue?: number
}
