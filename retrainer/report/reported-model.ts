import type { Interval } from '../../models/evaluation/bootstrap.ts'
import type { PartialDependence } from '../../models/evaluation/partial-dependence.ts'

/** A model compared on the same rows. */
export interface ComparedModel {
  readonly name: string
  /** Whether the report is about this model. */
  readonly isChosen: boolean
  /** Metrics by the names of `metricsOf`. */
  readonly metrics: Readonly<Record<string, number | Interval>>
  readonly note?: string | undefined
}

/** Contents of a report besides the evaluation. */
export interface ReportedModel {
  readonly title: string
  readonly task: string
  readonly algorithm: string
  readonly trainedRows: number
  readonly testRows: number
  /** What a row is, in the plural, if not a table row: cases, texts. */
  readonly unit?: string
  /** How the test rows were chosen, as a sentence. */
  readonly split: string
  /** Columns withheld from the model, each with the reason. */
  readonly excluded: readonly string[]
  readonly notes: readonly string[]
  /** Reason not to use the model as it is, if there is one. */
  readonly warning?: string | undefined
  /** Importance of features as shares of 1. */
  readonly importance: readonly { readonly name: string; readonly share: number }[]
  readonly partialDependence: readonly PartialDependence[]
  readonly comparison?: readonly ComparedModel[] | undefined
}
