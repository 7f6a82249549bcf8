import type { CommandContext } from '../../composition/context.ts'
import { withDatabase } from '../../composition/database.ts'
import { modelLifePort } from '../../composition/models/model-life-port.ts'
import { backboneOf } from '../../composition/training/backbone.ts'
import type { ModelLife } from '../../api/ports.ts'
import { openScoringRuntimes } from '../../runtimes/scoring-runtimes.ts'
import type { Database } from '../../store/database.ts'
import type { Actor } from '../../store/models/model-acts.ts'
import { freezeTask, promoteModel, tryModel, withdrawModel } from '../../store/models/release-models.ts'
import { scoredTasks } from '../../subjects/subjects.ts'
import { auditFields } from '../audit-fields.ts'

/** Who acts, and why. */
export interface Who {
  readonly by: string
  readonly reason: string
}

interface ActContext {
  readonly database: Database
  readonly life: ModelLife
  readonly actor: Actor
}

export function promote(here: CommandContext, id: string, who: Who): Promise<void> {
  return acting(here, who, async ({ database, life, actor }) => {
    await life.requireUsable(id)
    await promoteModel(database, id, actor.reason, { by: actor.by })
    return { act: 'promote', modelId: id }
  })
}

export function tryBeside(here: CommandContext, id: string, share: number | undefined, who: Who): Promise<void> {
  return acting(here, who, async ({ database, life, actor }) => {
    await life.requireUsable(id)
    await tryModel(database, id, share === undefined ? { mode: 'shadow' } : { mode: 'canary', share }, actor)
    return share === undefined ? { act: 'shadow', modelId: id } : { act: 'canary', modelId: id, share }
  })
}

export function withdraw(here: CommandContext, id: string, who: Who): Promise<void> {
  return acting(here, who, async ({ database, actor }) => {
    await withdrawModel(database, id, actor)
    return { act: 'withdraw', modelId: id }
  })
}

export function rollBackTask(here: CommandContext, task: string, to: string | undefined, who: Who): Promise<void> {
  requireTask(task)
  return acting(here, who, async ({ life, actor }) => ({
    act: 'rollback',
    task,
    ...(await life.rollBack({ task, to, by: actor.by, reason: actor.reason })),
  }))
}

export function freeze(here: CommandContext, task: string, frozen: boolean, who: Who): Promise<void> {
  requireTask(task)
  return acting(here, who, async ({ database, actor }) => {
    await freezeTask(database, task, frozen, actor)
    return { act: frozen ? 'freeze' : 'unfreeze', task }
  })
}

/** Acts, and prints what was done by whom as a line of JSON. */
async function acting(here: CommandContext, who: Who, act: (at: ActContext) => Promise<object>): Promise<void> {
  const { changedBy: by, reason } = auditFields(who)
  const runtimes = openScoringRuntimes({ backbone: backboneOf(here.config) })
  try {
    const done = await withDatabase(here, 'models', (database) =>
      act({ database, life: modelLifePort(database, runtimes), actor: { by, reason } }),
    )
    here.print(JSON.stringify({ ...done, by, reason }))
  } finally {
    await runtimes.close()
  }
}

function requireTask(name: string): void {
  const names = scoredTasks.map(({ task }) => task)
  if (!names.includes(name)) throw new Error(`There is no task ${name}. The tasks: ${names.join(', ')}.`)
}
