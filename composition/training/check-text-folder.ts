import { decodeArtefact } from '../../models/artefact.ts'
import { rowLosses } from '../../models/text/text-metrics.ts'
import { readModelBytes } from '../../retrainer/training/model-folder.ts'
import { requireSameModel } from '../../retrainer/training/require-same-model.ts'
import { joinCases, type TextFiles } from '../../retrainer/training/texts/join-cases.ts'
import type { Encoders } from '../../runtimes/text/encoders.ts'
import { textScorer } from './with-text-scorer.ts'

/** Test results of a text model from its training. */
export interface TestedTexts {
  readonly files: TextFiles
  readonly seed: number
  /** Indexes of the test cases. */
  readonly testRows: Int32Array
  /** Returns the loss of each test case for given probabilities. */
  readonly lossesOf: (probabilities: Float64Array) => Float64Array
  /** Probabilities of the final model and of the one whose metrics are reported: [cases × classes]. */
  readonly trained: Float64Array
  readonly measured: Float64Array
  /** Tolerance of scores; default: `SAME_SCORE`. */
  readonly tolerance?: number
}

/**
 * Scores the test cases with the model in the folder, as `predict` would, from the rows of the files. Throws unless it
 * is the model that was trained (`requireSameModel`).
 */
export async function checkTextFolder(
  folder: string,
  { files, seed, testRows, lossesOf, trained, measured, ...options }: TestedTexts,
  encoders: Pick<Encoders, 'encoder'>,
): Promise<void> {
  const scorer = textScorer(decodeArtefact(readModelBytes(folder).bytes), encoders)
  const { rows, cases, placeOf } = joinCases(files, scorer.fields, seed)
  const folderScores = await scorer.probabilities(Array.from(testRows, (row) => cases.cases[row]!))
  requireSameModel(folder, {
    ...options,
    outputs: scorer.labels.length,
    folderScores,
    trained,
    placeOf: (row) => `the case of ${placeOf(cases.newest[testRows[row]!]!)} of ${rows.length}`,
    losses: lossesOf(folderScores),
    measuredLosses: lossesOf(measured),
  })
}

/**
 * Returns the loss function for cases with exactly one class each.
 *
 * @param labels class of every case; −1 for none
 */
export function textLossesOf(labels: Int32Array, testRows: Int32Array, classes: number): TestedTexts['lossesOf'] {
  const ofTest = testRows.map((row) => labels[row]!)
  return (probabilities) => rowLosses(ofTest, probabilities, classes)
}
