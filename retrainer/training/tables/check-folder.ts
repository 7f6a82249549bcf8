import { lossesOf } from '../../../models/evaluation/losses.ts'
import { chosenRows } from '../../../models/split.ts'
import type { Table } from '../../../models/table/table.ts'
import { rowLosses } from '../../../models/text/text-metrics.ts'
import { readModelFolder } from '../model-folder.ts'
import { requireSameModel } from '../require-same-model.ts'
import { rowsForModel, scoreRows } from './score-table.ts'
import type { ClassesTraining } from './train-on-classes.ts'
import type { TableTraining } from './train-on-table.ts'
import { pickedRows } from '../../../models/picked-rows.ts'

/**
 * Scores the test rows from the cells of the table with the model in the folder, as `predict` would. Throws if it is
 * not the model that was trained (`requireSameModel`).
 */
export async function checkFolder(folder: string, table: Table, training: TableTraining): Promise<void> {
  const { prepared, testScores, finalTestScores } = training
  const { model, artefact } = readModelFolder(folder)
  const scores = await scoreRows(model, rowsForModel(table, artefact))
  const folderScores = Float64Array.from(prepared.split.test, (place) => scores[prepared.tableRows[place]!]!)
  const { labels } = chosenRows(prepared.data, prepared.split.test)
  requireSameModel(folder, {
    outputs: 1,
    folderScores,
    trained: finalTestScores,
    placeOf: (row) => `row ${prepared.tableRows[prepared.split.test[row]!]! + 1} of the table`,
    losses: lossesOf(prepared.kind, labels, folderScores),
    measuredLosses: lossesOf(prepared.kind, labels, testScores),
  })
}

/** Checks the folder of a model of several classes. */
export async function checkClassesFolder(folder: string, table: Table, training: ClassesTraining): Promise<void> {
  const { prepared, classes, testLabels, testProbabilities, finalProbabilities } = training
  const { model, artefact } = readModelFolder(folder)
  const outputs = classes.length
  const scores = await scoreRows(model, rowsForModel(table, artefact))
  const rows = prepared.split.test.map((place) => prepared.tableRows[place]!)
  const folderScores = pickedRows(scores, outputs, rows)
  requireSameModel(folder, {
    outputs,
    folderScores,
    trained: finalProbabilities,
    placeOf: (row) => `row ${rows[row]! + 1} of the table`,
    losses: rowLosses(testLabels, folderScores, outputs),
    measuredLosses: rowLosses(testLabels, testProbabilities, outputs),
  })
}
