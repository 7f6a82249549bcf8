import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { SAME_SCORE } from '../../models/model.ts'

/** Thrown for a folder whose model is not the one that was trained. The folder is made unreadable. */
class FolderCheckError extends Error {
  override readonly name = 'FolderCheckError'
}

/** Scores of the test rows by the model in a folder, read as `predict` would read it. */
export interface FolderScores {
  /** Outputs per row. */
  readonly outputs: number
  /** Scores by the model in the folder, and by the model that was trained: [rows × outputs]. */
  readonly folderScores: Float64Array
  readonly trained: Float64Array
  /** Tolerated difference of scores; by default that between runs of one model. */
  readonly tolerance?: number
  /** Describes the location of a row. */
  placeOf(row: number): string
  /** Loss of each row by the model in the folder, and by the model whose metrics are reported. */
  readonly losses: Float64Array
  readonly measuredLosses: Float64Array
}

/**
 * Limits, in standard errors and as a share of the loss, by which the final model may be worse on the test rows, which
 * it has seen, than the measured one. It fails only if it exceeds both.
 */
const WORSE_ERRORS = 5
const WORSE_SHARE = 0.05

/**
 * Throws `FolderCheckError` and deletes the folder's manifest if the scores are not those of the trained model, or if
 * that model, although it has seen these rows, is clearly worse on them than the measured one.
 */
export function requireSameModel(folder: string, scored: FolderScores): void {
  const { outputs, folderScores, trained, tolerance = SAME_SCORE, placeOf, losses, measuredLosses } = scored
  if (folderScores.length !== trained.length)
    invalidateFolder(
      folder,
      `gives ${folderScores.length} numbers for the test rows, and the trained model ${trained.length}`,
    )
  const wrong = folderScores.findIndex((score, place) => !isSame(score, trained[place]!, tolerance))
  if (wrong !== -1)
    invalidateFolder(
      folder,
      `gives ${placeOf(Math.floor(wrong / outputs))} the score ${folderScores[wrong]}, and the trained model ${trained[wrong]}`,
    )
  const { mean, error } = meanOf(losses.map((loss, row) => loss - measuredLosses[row]!))
  if (mean > WORSE_ERRORS * error && mean > WORSE_SHARE * meanOf(measuredLosses).mean)
    invalidateFolder(
      folder,
      `has a mean loss of ${meanOf(losses).mean.toFixed(4)} on the test rows, and the measured model ${meanOf(measuredLosses).mean.toFixed(4)}`,
    )
}

function invalidateFolder(folder: string, why: string): never {
  rmSync(join(folder, 'manifest.json'))
  throw new FolderCheckError(
    `The model in ${folder} is not the one that was measured: it ${why}. It was made unusable.`,
  )
}

function isSame(score: number, other: number, tolerance: number): boolean {
  return Math.abs(score - other) <= tolerance * Math.max(1, Math.abs(other))
}

function meanOf(values: Float64Array): { readonly mean: number; readonly error: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, error: Math.sqrt(squares / Math.max(1, values.length - 1) / values.length) }
}
