import { send } from '../api.ts'
import { SignedDecision } from '../signed-decision.tsx'
import { shortId, type ModelTask } from './model-text.ts'
import { t } from '../words/words.ts'

interface TaskActionsProps {
  readonly task: ModelTask
  readonly onChange: () => void
}

/** Form to return a task to its former champion, or to freeze it. */
export function TaskActions({ task: { task, frozen }, onChange }: TaskActionsProps) {
  const path = `/model-tasks/${encodeURIComponent(task)}`

  async function decide(choice: 'rollback' | 'freeze', changedBy: string, reason: string): Promise<string> {
    const done = choice === 'rollback' ? await rollBack(changedBy, reason) : await freeze(changedBy, reason)
    onChange()
    return done
  }

  async function rollBack(changedBy: string, reason: string): Promise<string> {
    const proof = await send<{ modelId: string; rows: number }>('POST', `${path}/rollback`, { changedBy, reason })
    return t('models.rolledBackToTheSameScores', { modelId: shortId(proof.modelId), rows: proof.rows })
  }

  async function freeze(changedBy: string, reason: string): Promise<string> {
    await send('PUT', `${path}/freeze`, { changedBy, reason, frozen: frozen === null })
    return frozen === null ? t('models.frozenThePlatformItselfChangesNothing') : t('models.noLongerFrozen')
  }

  return (
    <section class="group" aria-labelledby="task-actions-title">
      <h3 id="task-actions-title">{t('models.theWholeTask')}</h3>
      <SignedDecision
        label={t('models.reasonForTheTask')}
        choices={[
          ['rollback', t('common.rollBack')],
          ['freeze', frozen === null ? t('models.freeze') : t('models.unfreeze')],
        ]}
        decide={decide}
      />
    </section>
  )
}
