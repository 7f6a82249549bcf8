import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { lossesOf } from '../../../models/evaluation/losses.ts'
import { SAME_SCORE } from '../../../models/model.ts'
import { chosenRows } from '../../../models/split.ts'
import type { Table } from '../../../models/table/table.ts'
import { readModelFolder } from '../model-folder.ts'
import { rowsForModel, scoreRows } from './score-table.ts'
import type { TableTraining } from './train-on-table.ts'

/** A folder whose model is not the one that was trained; it can't be read afterwards. */
class FolderCheckError extends Error {
  override readonly name = 'FolderCheckError'
}

/** Standard errors, and share of the loss, by which a model that has seen the test rows may be worse on them. */
const WORSE_ERRORS = 5
const WORSE_SHARE = 0.05

/**
 * Scores the test rows with the folder as `predict` would, from the cells of the table. Throws `FolderCheckError`, and
 * takes the folder's manifest away, if the scores are not those of the trained model, or if that model, which has seen
 * these rows, is clearly worse on them than the one whose metrics are reported.
 */
export async function checkFolder(folder: string, table: Table, training: TableTraining): Promise<void> {
  const { prepared, testScores, finalTestScores } = training
  const { model, artefact } = readModelFolder(folder)
  const scores = await scoreRows(model, rowsForModel(table, artefact))
  const ofFolder = Float64Array.from(prepared.split.test, (place) => scores[prepared.tableRows[place]!]!)
  const wrong = ofFolder.findIndex((score, row) => !isSame(score, finalTestScores[row]!))
  if (wrong !== -1)
    refuse(
      folder,
      `gives row ${prepared.tableRows[prepared.split.test[wrong]!]! + 1} of the table the score ${ofFolder[wrong]}, and the trained model ${finalTestScores[wrong]}`,
    )
  const { labels } = chosenRows(prepared.data, prepared.split.test)
  const [before, after] = [lossesOf(prepared.kind, labels, testScores), lossesOf(prepared.kind, labels, ofFolder)]
  const { mean, error } = meanOf(after.map((loss, row) => loss - before[row]!))
  if (mean > WORSE_ERRORS * error && mean > WORSE_SHARE * meanOf(before).mean)
    refuse(
      folder,
      `has a mean loss of ${meanOf(after).mean.toFixed(4)} on the test rows, and the measured model ${meanOf(before).mean.toFixed(4)}`,
    )
}

function refuse(folder: string, why: string): never {
  rmSync(join(folder, 'manifest.json'))
  throw new FolderCheckError(
    `The model in ${folder} is not the one that was measured: it ${why}. It was made unusable.`,
  )
}

function isSame(score: number, other: number): boolean {
  return Math.abs(score - other) <= SAME_SCORE * Math.max(1, Math.abs(other))
}

function meanOf(values: Float64Array): { readonly mean: number; readonly error: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, error: Math.sqrt(squares / Math.max(1, values.length - 1) / values.length) }
}
