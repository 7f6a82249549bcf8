import { decodeArtefact } from '../../models/artefact.ts'
import { rowLosses } from '../../models/text/text-metrics.ts'
import type { IntentTraining } from '../../retrainer/training/intents/train-on-intents.ts'
import { readModelBytes } from '../../retrainer/training/model-folder.ts'
import type { JsonLine } from '../../retrainer/training/read-json-lines.ts'
import { requireSameModel } from '../../retrainer/training/require-same-model.ts'
import { scoreIntents } from './score-intents.ts'

/**
 * Scores the test texts with the model in the folder, as `predict` would. Throws unless it is the model that was
 * trained (`requireSameModel`).
 *
 * @param labels intent of every row; −1 for none of them
 */
export async function checkIntentFolder(
  folder: string,
  rows: readonly JsonLine[],
  labels: Int32Array,
  { allTestRows, probabilities, finalProbabilities }: IntentTraining,
): Promise<void> {
  const artefact = decodeArtefact(readModelBytes(folder).bytes)
  const { outputs, probabilities: folderScores } = await scoreIntents(
    artefact,
    Array.from(allTestRows, (row) => rows[row]!),
  )
  const expected = allTestRows.map((row) => (labels[row] === -1 ? outputs.length - 1 : labels[row]!))
  requireSameModel(folder, {
    outputs: outputs.length,
    folderScores,
    trained: finalProbabilities,
    placeOf: (row) => `the test text ${JSON.stringify(rows[allTestRows[row]!])}`,
    losses: rowLosses(expected, folderScores, outputs.length),
    measuredLosses: rowLosses(expected, probabilities, outputs.length),
  })
}
