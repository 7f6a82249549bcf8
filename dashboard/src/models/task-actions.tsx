import { send } from '../api.ts'
import { SignedDecision } from '../signed-decision.tsx'
import { shortId, type ModelTask } from './model-text.ts'

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
    return `Rolled back to ${shortId(proof.modelId)}: the same scores on ${proof.rows} kept rows.`
  }

  async function freeze(changedBy: string, reason: string): Promise<string> {
    await send('PUT', `${path}/freeze`, { changedBy, reason, frozen: frozen === null })
    return frozen === null ? 'Frozen: the platform itself changes nothing.' : 'No longer frozen.'
  }

  return (
    <section class="group" aria-labelledby="task-actions-title">
      <h3 id="task-actions-title">The whole task</h3>
      <SignedDecision
        label="Reason for the task"
        choices={[
          ['rollback', 'Roll back'],
          ['freeze', frozen === null ? 'Freeze' : 'Unfreeze'],
        ]}
        decide={decide}
      />
    </section>
  )
}
