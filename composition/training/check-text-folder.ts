import { decodeArtefact } from '../../models/artefact.ts'
import { rowLosses } from '../../models/text/text-metrics.ts'
import { readModelBytes } from '../../retrainer/training/model-folder.ts'
import { requireSameModel } from '../../retrainer/training/require-same-model.ts'
import { joinedCases, type TextFiles } from '../../retrainer/training/texts/joined-cases.ts'
import type { Encoders } from '../../runtimes/text/encoders.ts'
import { textScorer } from './with-text-scorer.ts'

/** What a model of texts gave for its test cases when it was trained. */
export interface TestedTexts {
  readonly files: TextFiles
  readonly seed: number
  /** Places among the cases, and their labels; −1: none. */
  readonly testRows: Int32Array
  readonly labels: Int32Array
  /** By the model that was written, and by the one whose metrics are reported: [cases × classes]. */
  readonly trained: Float64Array
  readonly measured: Float64Array
  /** Of the scores; not given: `SAME_SCORE`. */
  readonly tolerance?: number
}

/**
 * Scores the test cases with the folder as `predict` would, from the rows of the files. Throws if it does not hold the
 * model that was trained (`requireSameModel`).
 */
export async function checkTextFolder(
  folder: string,
  { files, seed, testRows, labels, trained, measured, ...options }: TestedTexts,
  encoders: Pick<Encoders, 'encoder'>,
): Promise<void> {
  const scorer = textScorer(decodeArtefact(readModelBytes(folder).bytes), encoders)
  const { rows, cases, placeOf } = joinedCases(files, scorer.fields, seed)
  const given = await scorer.probabilities(Array.from(testRows, (row) => cases.cases[row]!))
  const classes = scorer.labels.length
  requireSameModel(folder, {
    ...options,
    outputs: classes,
    given,
    trained,
    placeOf: (row) => `the case of ${placeOf(cases.newest[testRows[row]!]!)} of ${rows.length}`,
    losses: rowLosses(labels, given, classes),
    measuredLosses: rowLosses(labels, measured, classes),
  })
}
