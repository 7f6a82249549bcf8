import type { ScoringRuntimes } from '../../../models/scoring-runtimes.ts'
import type { Database } from '../../../store/database.ts'
import { formerChampion, type Actor } from '../../../store/models/model-acts.ts'
import { championOf, modelById, ModelStateError, UnknownModelError } from '../../../store/models/models.ts'
import { promoteModel } from '../../../store/models/release-models.ts'
import { proveModel, type ModelProof } from './prove-model.ts'

export interface Rollback extends Actor {
  readonly task: string
  /** The model to return to; by default the champion before the current one. */
  readonly to?: string | undefined
}

/**
 * Returns a task to an earlier champion, once its scores on kept rows are proved to be the same as they were. Throws
 * `UnknownModelError`, and `ModelStateError` if there is no earlier one or if it can’t be proved.
 */
export async function rollBack(
  database: Database,
  { task, to, by, reason, numbers }: Rollback,
  runtimes: ScoringRuntimes | undefined,
): Promise<ModelProof> {
  const champion = await championOf(database, task)
  const id = to ?? (await formerChampion(database, task, champion?.id))
  if (id === undefined) throw new ModelStateError(`${task} had no other champion to return to.`)
  if (id === champion?.id) throw new ModelStateError(`${id} is the champion of ${task} already.`)
  const model = await modelById(database, id)
  if (model?.task !== task) throw new UnknownModelError(`There is no model ${id} of ${task}.`)
  if (model.releasedAt === null) throw new ModelStateError(`${id} was never the champion of ${task}: promote it.`)
  const proof = await proveModel(database, model, runtimes)
  await promoteModel(database, id, reason, {
    by,
    act: 'rollback',
    numbers: { ...numbers, rowsProved: proof.rows, tolerance: proof.tolerance },
  })
  return proof
}
