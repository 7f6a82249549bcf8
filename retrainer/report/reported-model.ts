import type { Interval } from '../../models/evaluation/bootstrap.ts'
import type { PartialDependence } from '../../models/evaluation/partial-dependence.ts'

/** Another model on the same rows. */
export interface ComparedModel {
  readonly name: string
  /** The one that the report is about. */
  readonly isChosen: boolean
  /** By the names of `metricsOf`. */
  readonly metrics: Readonly<Record<string, number | Interval>>
  readonly note?: string | undefined
}

/** What the report says about a model in addition to its metrics. */
export interface ReportedModel {
  readonly title: string
  readonly task: string
  readonly algorithm: string
  readonly trainedRows: number
  readonly testRows: number
  /** What a row is, if it is none of a table: cases, texts. */
  readonly unit?: string
  /** How the test rows were chosen, as a sentence. */
  readonly split: string
  /** Columns that the model must not see, each with why. */
  readonly leftOut: readonly string[]
  readonly notes: readonly string[]
  /** Why the model should not be used as it is; not given: nothing speaks against it. */
  readonly warning?: string | undefined
  /** Shares of 1. */
  readonly importance: readonly { readonly name: string; readonly share: number }[]
  readonly partialDependence: readonly PartialDependence[]
  readonly comparison?: readonly ComparedModel[] | undefined
}
