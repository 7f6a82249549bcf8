import type { Database } from '../../../store/database.ts'
import type { GateDecision } from '../../../store/models/gate-decision.ts'
import { freezeOf } from '../../../store/models/model-acts.ts'
import { holdModel, promoteModel } from '../../../store/models/release-models.ts'
import { refusalOf } from './decide.ts'

/** A trained challenger with the decision of the gate. */
export interface DecidedChallenger {
  readonly task: string
  readonly modelId: string
  /** Id of the champion, which is not released again. */
  readonly championId: string | undefined
  readonly decision: GateDecision
  /** Why it is better. */
  readonly reason: string
}

/**
 * Releases a challenger that passed the gate, unless its task is frozen; records that it is held if it would change too
 * many decisions. Returns what happened, in words.
 */
export async function releaseChallenger(
  database: Database,
  { task, modelId, championId, decision, reason }: DecidedChallenger,
): Promise<{ readonly promote: boolean; readonly reason: string }> {
  if (modelId === championId) return { promote: false, reason }
  const numbers = Object.fromEntries(
    decision.checks.flatMap(({ rule, value }) => (value === null ? [] : [[rule, value]])),
  )
  if (decision.held) {
    const refusal = refusalOf(decision)
    await holdModel(database, modelId, refusal, numbers)
    return { promote: false, reason: `${reason}. It is held: ${refusal}` }
  }
  if (!decision.passed) return { promote: false, reason: `${reason}. ${refusalOf(decision)}` }
  const freeze = await freezeOf(database, task)
  if (freeze !== undefined)
    return { promote: false, reason: `${reason}. ${task} is frozen by ${freeze.actedBy}: ${freeze.reason}` }
  await promoteModel(database, modelId, reason, { numbers })
  return { promote: true, reason }
}
