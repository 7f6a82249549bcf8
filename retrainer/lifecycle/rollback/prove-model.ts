import { modelFrom } from '../../../models/artefact.ts'
import { SAME_SCORE, type Model } from '../../../models/model.ts'
import type { ScoringRuntimes } from '../../../models/scoring-runtimes.ts'
import type { Database } from '../../../store/database.ts'
import { keptScores } from '../../../store/models/kept-scores.ts'
import { modelIdOf } from '../../../store/models/model-id.ts'
import { ModelStateError, type StoredModel } from '../../../store/models/models.ts'
import { rescored } from '../rescored.ts'

/** Number of kept scores that are computed again, the newest. */
const ROWS_MAX = 1_000

/** Proof that a stored model still gives the scores that it gave. */
export interface ModelProof {
  readonly modelId: string
  /** Number of kept rows that it was tried on; all of them gave the same score. */
  readonly rows: number
  /** 0: the scores have the same bytes. Above 0: they are the same within it, as far as the model’s runtime repeats. */
  readonly tolerance: number
}

/** Loads a stored model. Throws `ModelStateError` for an artefact that is damaged or can’t be read. */
export function usableModel({ id, artefact }: StoredModel, runtimes: ScoringRuntimes | undefined): Model {
  const hash = modelIdOf(artefact)
  if (hash !== id) throw new ModelStateError(`The artefact of ${id} has the hash ${hash}: it was damaged or replaced.`)
  try {
    return modelFrom(artefact, id, runtimes)
  } catch (error) {
    throw new ModelStateError(`The artefact of ${id} can’t be used: ${(error as Error).message}`, { cause: error })
  }
}

/**
 * Scores the kept rows of a model again. Throws `ModelStateError` if a score differs from the kept one, or if no row is
 * kept: then nothing is proved.
 */
export async function proveModel(
  database: Database,
  stored: StoredModel,
  runtimes: ScoringRuntimes | undefined,
): Promise<ModelProof> {
  const model = usableModel(stored, runtimes)
  const kept = await keptScores(database, stored.task, stored.id, ROWS_MAX)
  if (kept.length === 0)
    throw new ModelStateError(`${stored.id} can’t be proved: no score that it gave is kept. Promote it instead.`)
  const width = model.featureNames.length
  const strange = kept.find(({ row }) => row.length !== width)
  if (strange !== undefined)
    throw new ModelStateError(
      `The kept score ${strange.id} has ${strange.row.length} numbers; the model reads ${width}.`,
    )
  const given = await rescored(model, kept)
  const tolerance = model.runtime === undefined ? 0 : SAME_SCORE
  const differing = kept.filter(({ probability }, index) => !(Math.abs(given[index]! - probability) <= tolerance))
  if (differing.length > 0)
    throw new ModelStateError(
      `${stored.id} gives another score for ${differing.length} of ${kept.length} kept rows, such as ${differing[0]!.id}: it is not rolled back to.`,
    )
  return { modelId: stored.id, rows: kept.length, tolerance }
}
