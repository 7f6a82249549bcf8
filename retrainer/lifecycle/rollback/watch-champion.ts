import type { ScoringRuntimes } from '../../../models/scoring-runtimes.ts'
import type { Database } from '../../../store/database.ts'
import { liveLabels } from '../../../store/models/kept-scores.ts'
import { actsOfModel, formerChampion, freezeOf, SYSTEM } from '../../../store/models/model-acts.ts'
import { championOf } from '../../../store/models/models.ts'
import { gateOf } from '../gate/task-gate.ts'
import { liveQuality } from './live-quality.ts'
import type { ModelProof } from './prove-model.ts'
import { rollBack } from './roll-back.ts'

/** Number of labels that a champion is judged by, the newest. */
const LABELS_MAX = 1_000

/** A rollback by the platform, with its reason. */
export interface AutomaticRollback extends ModelProof {
  readonly from: string
  readonly reason: string
}

/**
 * Returns a task to its former champion if the live scores of the champion break a bound of the gate. A champion that
 * was itself returned to stays: its former one has failed already. A frozen task stays as it is. `undefined`: nothing
 * was done. Throws as `rollBack` does if the former champion can’t be proved.
 */
export async function watchChampion(
  database: Database,
  task: string,
  runtimes: ScoringRuntimes | undefined,
): Promise<AutomaticRollback | undefined> {
  const champion = await championOf(database, task)
  if (champion === undefined || (await freezeOf(database, task)) !== undefined) return undefined
  const [newest] = (await actsOfModel(database, champion.id)).filter(
    ({ act }) => act === 'promote' || act === 'rollback',
  )
  if (newest?.act === 'rollback' || (await formerChampion(database, task, champion.id)) === undefined) return undefined
  const { rules } = await gateOf(database, task)
  const labelled = await liveLabels(database, task, champion.id, LABELS_MAX)
  if (labelled.length < rules.liveLabelsMin) return undefined
  const { breach, loss, auc, labels, releasedLoss } = liveQuality(labelled, champion.metrics, rules)
  if (breach === undefined) return undefined
  const reason = `The live scores of ${champion.id} break the gate: ${breach}`
  const numbers = {
    labels,
    loss: loss.estimate,
    lossLower: loss.lower,
    ...(releasedLoss === undefined ? {} : { releasedLoss }),
    ...(auc === undefined ? {} : { auc: auc.estimate }),
  }
  return { ...(await rollBack(database, { task, by: SYSTEM, reason, numbers }, runtimes)), from: champion.id, reason }
}
