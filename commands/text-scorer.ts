import type { TextCase } from '../models/text/text-case.ts'
import type { CaseFields } from '../retrainer/text-cases.ts'

/** A model of texts that was trained on a file, ready for another one. */
export interface TextScorer {
  readonly labels: readonly string[]
  readonly fields: CaseFields
  /** A probability for each class, case by case. */
  probabilities(cases: readonly TextCase[]): Promise<Float64Array>
}
